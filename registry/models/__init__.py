"""The tables of the register; `changes.py`, `opening.py`, `divisions.py` write them."""

from registry.models.exports import Export, ExportFetch, ExportLayout, ExportState
from registry.models.households import Household, Person
from registry.models.imports import (
    ImportFinding,
    ImportRun,
    ImportVillage,
    RunState,
    VillageState,
)
from registry.models.kin import DeclaredKin
from registry.models.ledgers import Uncounted, VillageFigures
from registry.models.places import Place
from registry.models.record import Change, ChangeKind, Opening
from registry.models.years import HouseholdYear, PersonYear

__all__ = [
    "Change",
    "ChangeKind",
    "DeclaredKin",
    "Export",
    "ExportFetch",
    "ExportLayout",
    "ExportState",
    "Household",
    "HouseholdYear",
    "ImportFinding",
    "ImportRun",
    "ImportVillage",
    "Opening",
    "Person",
    "PersonYear",
    "Place",
    "RunState",
    "Uncounted",
    "VillageFigures",
    "VillageState",
]
