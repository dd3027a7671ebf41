"""What papers say of a household by the register alone: its condition, its members.

Never an ID number, never a phone. Must not know cases; labels are in the language in
force, which is Chinese wherever a paper is made.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from registry.codes import Cause, Health
from registry.models import Household, Person


def condition(household: Household) -> dict[str, Any]:
    """Return what the register says of a household's condition."""
    return {
        "attribute": household.get_attribute_display(),
        "main_cause": household.get_main_cause_display(),
        "other_causes": _labels(household.other_causes, Cause),
        "farmland_mu": household.farmland_mu,
        "housing_grade": household.housing_grade,
        "water_safe": household.water_safe,
    }


def member(person: Person, on: date) -> dict[str, Any]:
    """Return a member as he is on a day."""
    return {
        "name": person.name,
        "relation": person.get_relation_display(),
        "sex": person.get_sex_display(),
        "age": _age(person.birth, on),
        "education": person.get_education_display(),
        "student": person.get_student_status_display(),
        "health": "、".join(_labels(person.health, Health)),
        "labour": person.get_labour_display(),
    }


def net_per_head(household: Household) -> Decimal | None:
    """Return the newest year's net income per head, in yuan; None where unknown."""
    newest = household.years.order_by("-year").first()
    said = newest.values.get("net_income_per_head") if newest else None
    try:
        return None if said is None else Decimal(str(said))
    except InvalidOperation:
        return None


def _age(birth: date, on: date) -> int:
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def _labels(codes: Iterable[str], of: type[Cause] | type[Health]) -> list[str]:
    known: Mapping[str, object] = dict(of.choices)
    return [str(known.get(code, code)) for code in codes]
