"""Fictitious facts for training, demo, tests and benches: a step filled in at once.

Writes through the same models and under the same appointments as officers do;
never decides anything. What a household is to have differently stands in its
deviations.
"""

from procedures.rehearsal.rehearse import rehearse
from procedures.rehearsal.scene import Deviations
from procedures.rehearsal.walk import Stuck, Walk

__all__ = ["Deviations", "Stuck", "Walk", "rehearse"]
