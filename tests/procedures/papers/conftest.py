"""The two procedures, until procedures.register puts them before the engine."""

from procedures import papers
from procedures.household_exit import HouseholdExit, HouseholdExitFlow
from procedures.household_identification import (
    HouseholdIdentification,
    HouseholdIdentificationFlow,
)
from workflows import procedure
from workflows.procedure import Procedure

try:
    procedure.named("household_exit")
except KeyError:
    for slug, title, letter, case, flow in (
        (
            "household_identification",
            "贫困户识别",
            "识",
            HouseholdIdentification,
            HouseholdIdentificationFlow,
        ),
        ("household_exit", "贫困户退出", "退", HouseholdExit, HouseholdExitFlow),
    ):
        procedure.register(
            Procedure(
                slug=slug,
                title=title,
                letter=letter,
                case_class=case,
                flow_class=flow,
                facts=None,
                forms={},
                papers=papers.write,
                eligible=None,
                settle=None,
                refusal_paper="not_eligible",
            )
        )
