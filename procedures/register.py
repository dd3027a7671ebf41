"""Puts the procedures, their forms, papers and rulebooks before the engine."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from permissions.models import Appointment
from procedures import (
    comparing,
    eligibility,
    entering_changes,
    load,
    look_back,
    papers,
    recomputing,
    states,
)
from procedures.forms.desks import FORMS_OF
from procedures.household_exit import HouseholdExit, HouseholdExitFlow
from procedures.household_identification import (
    HouseholdIdentification,
    HouseholdIdentificationFlow,
)
from procedures.household_removal import HouseholdRemoval, HouseholdRemovalFlow
from procedures.natural_change import NaturalChange, NaturalChangeFlow
from procedures.record import Record
from registry.codes import Standing
from registry.refusals import Refusal
from registry.standing import set_standing
from workflows import campaign, procedure, rulebook
from workflows.models import Case
from workflows.procedure import Procedure

IDENTIFICATION = "household_identification"
EXIT = "household_exit"
REMOVAL = "household_removal"
NATURAL_CHANGE = "natural_change"
# Records are Chinese, whatever language the officer reads.
IDENTIFIED = gettext_noop("贫困户识别登记建档")
LEFT = gettext_noop("贫困户退出销号")
TAKEN_OUT = gettext_noop("不符合条件，清退除名")
RULEBOOKS = Path(__file__).parent / "rulebooks"


def enter_register(cases: Sequence[Case], by: Appointment, on: date) -> list[Refusal]:
    """Identification's end: the households are on the register."""
    return set_standing(
        [case.household_id for case in cases if case.household_id],
        Standing.REGISTERED,
        on=on,
        by=by.officer,
        reason=IDENTIFIED,
    )


def leave_register(cases: Sequence[Case], by: Appointment, on: date) -> list[Refusal]:
    """Exit's end: the households have left poverty."""
    return set_standing(
        [case.household_id for case in cases if case.household_id],
        Standing.EXITED,
        on=on,
        by=by.officer,
        reason=LEFT,
    )


def take_out_of_register(
    cases: Sequence[Case], by: Appointment, on: date
) -> list[Refusal]:
    """Removal's end: the households never belonged there; their trace stays."""
    return set_standing(
        [case.household_id for case in cases if case.household_id],
        Standing.REMOVED,
        on=on,
        by=by.officer,
        reason=TAKEN_OUT,
    )


def everything() -> None:
    """Register rulebooks and procedures; called once at start-up.

    Raises:
        LawError: a rulebook that cannot be read stops the start.
    """
    rulebook.register(RULEBOOKS)
    # A comparison is asked by a county, not by a list: it has rules, but no steps.
    rulebook.register(RULEBOOKS / "comparing")
    procedure.register(
        Procedure(
            slug=IDENTIFICATION,
            title=_("贫困户识别"),
            letter="识",
            case_class=HouseholdIdentification,
            flow_class=HouseholdIdentificationFlow,
            record=Record,
            facts=load.load_facts,
            forms=FORMS_OF[IDENTIFICATION],
            papers=papers.write,
            states=states.IDENTIFICATION,
            eligible=eligibility.for_identification,
            settle=enter_register,
            refusal_paper="not_eligible",
            compared=comparing.take_over,
        )
    )
    procedure.register(_exit())
    procedure.register(_removal())
    procedure.register(_natural_change())
    campaign.register(look_back.KIND)


def _exit() -> Procedure:
    return Procedure(
        slug=EXIT,
        title=_("贫困户退出"),
        letter="退",
        case_class=HouseholdExit,
        flow_class=HouseholdExitFlow,
        record=Record,
        facts=load.load_facts,
        forms=FORMS_OF[EXIT],
        papers=papers.write,
        states=states.EXIT,
        eligible=eligibility.for_exit,
        settle=leave_register,
        refusal_paper="not_eligible",
    )


def _removal() -> Procedure:
    return Procedure(
        slug=REMOVAL,
        title=_("贫困户清退"),
        letter="清",
        case_class=HouseholdRemoval,
        flow_class=HouseholdRemovalFlow,
        record=Record,
        facts=load.load_facts,
        forms=FORMS_OF[REMOVAL],
        papers=papers.write,
        states=states.REMOVAL,
        eligible=eligibility.for_removal,
        settle=take_out_of_register,
        refusal_paper="not_eligible",
        by_wish=False,
        removes=True,
    )


def _natural_change() -> Procedure:
    return Procedure(
        slug=NATURAL_CHANGE,
        title=_("家庭成员自然增减"),
        letter="变",
        case_class=NaturalChange,
        flow_class=NaturalChangeFlow,
        record=Record,
        facts=load.load_facts,
        forms=FORMS_OF[NATURAL_CHANGE],
        papers=papers.write,
        states=states.NATURAL_CHANGE,
        eligible=eligibility.for_natural_change,
        settle=entering_changes.enter_changes,
        assesses=False,
        remarks=recomputing.remarks,
    )
