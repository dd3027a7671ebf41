"""Fictitious households for demonstrations, stories and benches; nobody in them lives.

The same village, count and seed give the same households. It must not touch the
database, except `bulk_enter`, which goes through the one writer.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from registry.changes import enter_households
from registry.codes import Attribute, Cause, Health, HousingGrade, Labour, Sex
from registry.drafts import HouseholdDraft, MemberDraft
from registry.fictitious_persons import SURNAMES, Dice, Sketch, Village, person
from registry.fictitious_sizes import fitted
from registry.kinship import Relation
from registry.models import Household, Place

# Characters that old fonts and old systems do not have, as real names do.
RARE_HEADS = ("石㛃生", "龙𬱖")
REFERENCE = date(2014, 1, 1)
_GROUPS = ("第一组", "第二组", "第三组", "第四组", "第五组", "第六组")
_CHILDREN = (
    ((Relation.SON_1, Sex.MALE), (Relation.DAUGHTER_1, Sex.FEMALE)),
    ((Relation.DAUGHTER_1, Sex.FEMALE), (Relation.SON_1, Sex.MALE)),
    ((Relation.SON_1, Sex.MALE), (Relation.SON_2, Sex.MALE)),
    ((Relation.DAUGHTER_1, Sex.FEMALE), (Relation.DAUGHTER_2, Sex.FEMALE)),
)
_OTHER_CAUSES = (
    Cause.NO_SKILL,
    Cause.NO_SKILL,
    Cause.NO_CAPITAL,
    Cause.NO_CAPITAL,
    Cause.REMOTENESS,
    Cause.NO_LAND,
    Cause.NO_WATER,
    Cause.DISASTER,
    Cause.NO_DRIVE,
)
_HOUSING = "AABBBCCCD"


def households(
    village: Place,
    count: int,
    seed: int,
    *,
    on: date = REFERENCE,
    sizes: Sequence[int] = (),
) -> list[HouseholdDraft]:
    """Return `count` drafts for a village as it may have been on that day.

    `sizes` says how many persons each has; without it the stories do.

    One call per village and register: a second call for the same village hands out
    the same ID numbers again.
    """
    dice = Dice(f"{seed}:{village.pk}")
    book = Village(village.pk, on.year)
    rare = {count // 3: 0, 2 * count // 3: 1} if count > 1 else {}
    return [
        _household(
            book,
            dice,
            RARE_HEADS[rare[n]] if n in rare else "",
            sizes[n] if sizes else 0,
        )
        for n in range(count)
    ]


def bulk_enter(drafts: Sequence[HouseholdDraft], on: date) -> list[Household]:
    """Enter drafts by the hundred thousand through the one writer.

    Raises: ValueError when the register refuses one of them.
    """
    entered = enter_households(drafts, on=on, by=None, reason="虚构数据")
    if isinstance(entered, dict):
        raise ValueError(entered)
    return entered


def _household(
    book: Village, dice: Dice, rare_name: str, size: int = 0
) -> HouseholdDraft:
    surname = rare_name[:1] or dice.pick(tuple(SURNAMES))
    story = dice.pick(_STORIES)
    sketches = story(dice, surname)
    if rare_name:
        head = sketches[0]
        sketches[0] = Sketch(
            relation=head.relation,
            sex=head.sex,
            age=head.age,
            surname=surname,
            name=rare_name,
            health=head.health,
        )
    if size:
        sketches = fitted(sketches, size, dice)
    members = tuple(person(s, book, dice) for s in sketches)
    main, others = _causes(members, dice)
    return HouseholdDraft(
        village=book.code,
        group=dice.pick(_GROUPS),
        members=members,
        attribute=_attribute(members, dice),
        main_cause=main,
        other_causes=others,
        housing_grade=HousingGrade(dice.pick(_HOUSING)),
        water_safe=dice.chance(70),
        farmland_mu=Decimal(dice.between(2, 60)) / 10 * len(members),
        phone=f"1990743{dice.below(10_000):04d}",
    )


def _couple(dice: Dice, surname: str) -> list[Sketch]:
    age = dice.between(32, 52)
    return [
        _head(surname, Sex.MALE, age, dice),
        _other(Relation.WIFE, Sex.FEMALE, age - dice.between(0, 5), dice),
    ]


def _couple_with_children(dice: Dice, surname: str) -> list[Sketch]:
    couple = _couple(dice, surname)
    # The elder child was born when the mother was twenty or older.
    eldest = min(couple[1].age - 20, dice.between(6, 20))
    ages = (eldest, max(eldest - dice.between(2, 4), 1))
    pairs = zip(dice.pick(_CHILDREN)[: dice.between(1, 2)], ages, strict=False)
    return couple + [
        Sketch(relation=r, sex=s, age=age, surname=surname) for (r, s), age in pairs
    ]


def _three_generations(dice: Dice, surname: str) -> list[Sketch]:
    family = _couple_with_children(dice, surname)
    age = family[0].age + dice.between(20, 28)
    health = Health.CHRONIC if dice.chance(60) else Health.HEALTHY
    mother = Sketch(
        relation=Relation.MOTHER,
        sex=Sex.FEMALE,
        age=age,
        surname=dice.pick(tuple(SURNAMES)),
        health=health,
    )
    return [*family, mother]


def _disabled_son(dice: Dice, surname: str) -> list[Sketch]:
    couple = _couple(dice, surname)
    son = Sketch(
        relation=Relation.ONLY_SON,
        sex=Sex.MALE,
        age=couple[1].age - 20,
        surname=surname,
        health=Health.DISABLED,
    )
    return [*couple, son]


def _sick_wife(dice: Dice, surname: str) -> list[Sketch]:
    head, wife, *children = _couple_with_children(dice, surname)
    sick = Sketch(
        relation=wife.relation,
        sex=wife.sex,
        age=wife.age,
        surname=wife.surname,
        health=Health.SERIOUS,
    )
    return [head, sick, *children]


def _lone_elder(dice: Dice, surname: str) -> list[Sketch]:
    return [_head(surname, dice.pick(tuple(Sex)), dice.between(66, 84), dice)]


def _elders(dice: Dice, surname: str) -> list[Sketch]:
    age = dice.between(62, 80)
    return [
        _head(surname, Sex.MALE, age, dice),
        _other(Relation.WIFE, Sex.FEMALE, age - dice.between(0, 4), dice),
    ]


def _widow(dice: Dice, surname: str) -> list[Sketch]:
    age = dice.between(30, 45)
    relation, sex = dice.pick(_CHILDREN)[0]
    child = Sketch(relation=relation, sex=sex, age=min(age - 20, 17), surname=surname)
    return [_head(surname, Sex.FEMALE, age, dice), child]


_STORIES: tuple[Callable[[Dice, str], list[Sketch]], ...] = (
    _couple_with_children,
    _couple_with_children,
    _three_generations,
    _three_generations,
    _disabled_son,
    _sick_wife,
    _lone_elder,
    _elders,
    _widow,
)


def _head(surname: str, sex: Sex, age: int, dice: Dice) -> Sketch:
    health = Health.CHRONIC if dice.chance(age // 3) else Health.HEALTHY
    return Sketch(
        relation=Relation.HEAD, sex=sex, age=age, surname=surname, health=health
    )


def _other(relation: Relation, sex: Sex, age: int, dice: Dice) -> Sketch:
    surname = dice.pick(tuple(SURNAMES))
    return Sketch(relation=relation, sex=sex, age=age, surname=surname)


def _causes(members: Sequence[MemberDraft], dice: Dice) -> tuple[str, tuple[str, ...]]:
    healths = {h for m in members for h in m.health}
    seen = []
    if Health.SERIOUS in healths:
        seen.append(Cause.ILLNESS)
    if Health.DISABLED in healths:
        seen.append(Cause.DISABILITY)
    if not any(Labour(m.labour).works for m in members):
        seen.append(Cause.NO_LABOUR)
    if sum(bool(m.student_status) for m in members) > 1:
        seen.append(Cause.SCHOOLING)
    further = dice.pick(_OTHER_CAUSES)
    causes = [c.value for c in (*seen, further)]
    return causes[0], tuple(causes[1:3])


def _attribute(members: Sequence[MemberDraft], dice: Dice) -> str:
    if not any(Labour(m.labour).works for m in members) and len(members) == 1:
        return Attribute.DESTITUTE_POOR.value
    if dice.chance(25):
        return Attribute.LOW_INCOME_POOR.value
    return Attribute.GENERAL_POOR.value
