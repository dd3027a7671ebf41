"""Lists written and files compared in the background; run twice, they do it once.

A task is told a row's key, never a number of a person.
"""

from datetime import datetime, timedelta
from typing import Final

from django_tasks import task

from workflows import clock
from workflows.comparing import lists, reading
from workflows.models import ComparisonRound, DepartmentFile

# A worker killed in the middle leaves its work waiting; after this it is queued again.
PATIENCE: Final = timedelta(minutes=15)


@task()
def seal_lists(round_id: int) -> int:
    """Write the sealed lists of a round."""
    return lists.write_lists(round_id, at=clock.now())


@task()
def compare_file(file_id: int) -> int:
    """Compare what a department sent; return how many rows are about somebody."""
    return reading.compare(file_id, at=clock.now())


def resume(now: datetime) -> int:
    """Queue again what has waited too long; return how many tasks that were."""
    late = now - PATIENCE
    rounds = ComparisonRound.objects.filter(sealed_at=None, opened_at__lt=late)
    for pk in rounds.values_list("pk", flat=True):
        seal_lists.enqueue(pk)
    stage = DepartmentFile.Stage
    files = DepartmentFile.objects.filter(
        stage__in=[stage.WAITING, stage.READING], received_at__lt=late
    )
    for pk in files.values_list("pk", flat=True):
        compare_file.enqueue(pk)
    return len(rounds) + len(files)
