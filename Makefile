# Two commands matter: `make run` and `make test`. Both prepare what they need and
# may be repeated at any time.
.POSIX:
.SUFFIXES:

PY = .venv/bin/python
CODE = config procedures workflows notices permissions registry
SQLITE = DATABASE_URL=sqlite:///$(CURDIR)/var/cunxian.sqlite3
# Two processes: what the smallest office server has. PYTEST_ARGS narrows a run.
PYTEST = .venv/bin/pytest -q -n 2 --dist=worksteal
RUN_PACKAGES = gettext libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
# No page of theirs is shown in English; papers are Chinese for every reader.
NOT_SPOKEN = .venv var tests bench templates/papers
TEST_PACKAGES = chromium postgresql poppler-utils

.PHONY: run setup setup-dev messages strings data test test-sqlite test-postgresql \
	check lint verapdf format docs bench coverage lock clean

run: setup data
	@exec bin/serve

setup:
	@bin/need-debian $(RUN_PACKAGES)
	@bin/venv requirements.txt
	@bin/secrets
	@$(MAKE) -s messages

setup-dev: setup
	@bin/need-debian $(TEST_PACKAGES)
	@bin/venv requirements-dev.txt

messages:
	@if [ -d locale/en ]; then cd locale && ../$(PY) ../manage.py compilemessages -v 0; fi

# Collect what the source says into the English catalogue; then translate what is new.
strings:
	$(PY) manage.py makemessages -l en --no-location --no-wrap --no-obsolete \
		$(NOT_SPOKEN:%=--ignore=%)

data:
	@$(PY) manage.py migrate -v 0
	@$(PY) manage.py load_divisions
	@$(PY) manage.py demo

test: setup-dev lint test-sqlite test-postgresql

check: test

test-sqlite:
	$(SQLITE) $(PYTEST) $(PYTEST_ARGS)

test-postgresql:
	bin/pg-throwaway $(PYTEST) -m "not chromium" $(PYTEST_ARGS)

# Optional: an outside validator looks at every paper; needs Java, fetches the rest.
verapdf:
	@bin/verapdf >/dev/null
	$(SQLITE) .venv/bin/pytest -q -n 0 -m verapdf tests/verapdf

lint:
	.venv/bin/ruff format --check --quiet .
	.venv/bin/ruff check --quiet .
	.venv/bin/lint-imports --no-logo
	.venv/bin/mypy
	.venv/bin/djlint --lint --quiet templates
	$(SQLITE) $(PY) manage.py check --fail-level WARNING
	$(SQLITE) $(PY) manage.py makemigrations --check --dry-run
	$(SQLITE) $(PY) manage.py make_docs --check

format:
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

docs:
	$(PY) manage.py make_docs
	$(PY) -W ignore -m tests.notices.gallery

screenshots:
	$(PY) -m tests.e2e.shots

bench:
	bin/pg-throwaway $(PY) bench/desk.py
	$(SQLITE) $(PY) bench/papers.py
	$(SQLITE) $(PY) bench/ledger.py
	bin/pg-throwaway $(PY) bench/register.py --households 2000
	bin/pg-throwaway $(PY) bench/replay.py --households 2000 --workers 2

coverage:
	$(SQLITE) .venv/bin/coverage run -m pytest -q -m "not chromium" $(PYTEST_ARGS)
	.venv/bin/coverage report

lock:
	.venv/bin/pip-compile --quiet --no-header --no-emit-options --strip-extras \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		--annotation-style=line -o constraints.txt requirements-dev.txt

clean:
	rm -rf var/test-*.sqlite3* .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis
