"""What officers do to batches and cases; the only writers of ``Case.state``."""

from workflows.actions.acting import Done, Refused, act, close_clock
from workflows.actions.asides import hold, recall, release, withdraw
from workflows.actions.opening import open_batch
from workflows.judge import PASS, Kind, Verdict

__all__ = [
    "PASS",
    "Done",
    "Kind",
    "Refused",
    "Verdict",
    "act",
    "close_clock",
    "hold",
    "open_batch",
    "recall",
    "release",
    "withdraw",
]
