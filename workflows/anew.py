"""When a posted list must be put up anew: an objection to its notice was upheld.

Source: P17 (practice), law-2 §7 (assumed). Knows no step by name.
"""

from __future__ import annotations

from notices import objections
from workflows.machine import Step
from workflows.models import Batch
from workflows.procedure import named


def posting_step(batch: Batch) -> Step | None:
    """Return the step at which a contested list is put up anew; None for any other.

    A list is contested while it is at the step that closes its notice.
    """
    if not batch.step:
        return None
    steps = named(batch.procedure).steps
    here = next(n for n, step in enumerate(steps) if step.name == batch.step)
    posting = steps[here - 1]
    if not posting.posts or posting.name not in steps[here].returns:
        return None
    upheld = objections.upheld_about(batch.about, posting.posts)
    return posting if upheld.exists() else None
