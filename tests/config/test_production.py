"""What an installation must have before it may start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.production import refuse_unfit

ROOT = Path(__file__).resolve().parents[2]
FIELD_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
SECRETS = {
    "SECRET_KEY": "s",
    "FIELD_KEY": FIELD_KEY,
    "INDEX_KEY": "i",
    "PAPER_KEY": "p",
}


def refusals(**changed: object) -> list[str]:
    fit = {
        "secrets": SECRETS,
        "production": True,
        "debug": False,
        "training": False,
        "hosts": ["register.example"],
        "signing": {"KEY": "", "PASSPHRASE": ""},
    }
    return refuse_unfit(**(fit | changed))


def test_a_fit_installation_starts() -> None:
    assert refusals() == []


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("production", [True, False])
def test_a_missing_secret_is_named(name: str, production: bool) -> None:
    found = refusals(secrets=SECRETS | {name: ""}, production=production)

    assert found == [f"{name} is not set; `make setup` writes one."]


@pytest.mark.parametrize("key", ["short", "MDEy", "MDEy" * 16, "密钥"])
def test_a_field_key_of_the_wrong_length_is_refused(key: str) -> None:
    assert refusals(secrets=SECRETS | {"FIELD_KEY": key}) == [
        "FIELD_KEY is not 32 bytes in URL-safe base64."
    ]


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"debug": True}, "CUNXIAN_DEBUG"),
        ({"training": True}, "CUNXIAN_TRAINING"),
        ({"hosts": []}, "ALLOWED_HOSTS"),
        ({"hosts": ["*"]}, "ALLOWED_HOSTS"),
    ],
)
def test_production_refuses(changed: dict[str, object], word: str) -> None:
    (found,) = refusals(**changed)

    assert found.startswith(word)
    assert refusals(**changed, production=False) == []


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import config.settings as s; print(s.DATABASES)"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "CUNXIAN_ENV_FILE": os.devnull, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_settings_refuse_to_load_without_any_secret() -> None:
    answer = start(CUNXIAN_PRODUCTION="true")

    assert answer.returncode != 0
    for name in (*SECRETS, "ALLOWED_HOSTS"):
        assert name in answer.stderr


def test_the_settings_load_in_production_with_every_secret() -> None:
    answer = start(CUNXIAN_PRODUCTION="1", ALLOWED_HOSTS="a.example", **SECRETS)

    assert answer.stderr == ""
    assert "sqlite3" in answer.stdout


def test_the_training_clock_is_refused_in_production() -> None:
    answer = start(
        CUNXIAN_PRODUCTION="1",
        CUNXIAN_TRAINING="1",
        ALLOWED_HOSTS="a.example",
        **SECRETS,
    )

    assert "CUNXIAN_TRAINING" in answer.stderr


def test_every_deploy_check_is_clean_and_none_is_silenced() -> None:
    answer = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level=WARNING"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "CUNXIAN_ENV_FILE": os.devnull,
            "CUNXIAN_PRODUCTION": "1",
            "CUNXIAN_LOG": "json",
            "ALLOWED_HOSTS": "register.example",
            **SECRETS,
            "SECRET_KEY": "".join(map(chr, range(33, 93))),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.stderr == ""
    assert answer.stdout == "System check identified no issues (0 silenced).\n"
