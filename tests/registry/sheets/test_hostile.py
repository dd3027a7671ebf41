"""Hostile files: none kills a process, none is accepted, each is told why, and soon."""

import resource
import subprocess
import sys
from time import process_time

import pytest

from registry.sheets.apart import worker
from registry.sheets.reading import Unreadable, read
from registry.sheets.sentences import SENTENCES, said_of
from tests.registry.sheets.corpus import HOSTILE

MEGABYTE = 1024  # ru_maxrss counts kilobytes
ONE_CHILD = """
import os, resource, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
import django
django.setup()
from registry.sheets.reading import Unreadable, read
from tests.registry.sheets.corpus import HOSTILE
try:
    list(read(HOSTILE["ten million commas"][1]()))
except Unreadable:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def spent() -> float:
    """Return the processor time of this process and its children."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime + process_time()


def test_the_corpus_is_wide() -> None:
    assert len(HOSTILE) >= 60
    assert len({kind for kind, _make, _word in HOSTILE.values()}) >= 20


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_time(name: str) -> None:
    _kind, make, word = HOSTILE[name]
    data = make()
    before = spent()

    with pytest.raises(Unreadable) as refused:
        list(read(data))

    assert refused.value.word == word
    assert said_of(word, refused.value.numbers)
    assert spent() - before < 5


def test_no_child_took_more_memory_than_it_may() -> None:
    # In a process of its own: this one has had other children, browsers among them.
    spoken = subprocess.run(
        [sys.executable, "-c", ONE_CHILD], capture_output=True, text=True, check=True
    )

    assert worker.LIMITS.megabytes <= 512
    assert 0 < int(spoken.stdout) <= 512 * MEGABYTE


def test_every_word_has_its_sentence() -> None:
    words = {word for _kind, _make, word in HOSTILE.values()}

    assert words <= SENTENCES.keys()
