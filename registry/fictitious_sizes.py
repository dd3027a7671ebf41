"""Fits an invented family to a number of persons, for registers whose sums are given.

It must not touch the database.
"""

from collections.abc import Sequence

from registry.codes import Sex
from registry.fictitious_persons import Dice, Sketch
from registry.kinship import Relation

# Who else lives under the roof, in this order; the young ones go to school.
_FURTHER = (
    (Relation.YOUNGER_BROTHER, Sex.MALE),
    (Relation.YOUNGER_SISTER, Sex.FEMALE),
)
_YOUNG = (
    (Relation.BROTHERS_SON, Sex.MALE),
    (Relation.BROTHERS_DAUGHTER, Sex.FEMALE),
    (Relation.SISTERS_SON, Sex.MALE),
    (Relation.SISTERS_DAUGHTER, Sex.FEMALE),
)
LARGEST = 1 + len(_FURTHER) + len(_YOUNG)


def fitted(family: Sequence[Sketch], size: int, dice: Dice) -> list[Sketch]:
    """Return the family with exactly so many persons, the head first.

    Raises: ValueError for a size no family has.
    """
    if not 1 <= size <= LARGEST:
        raise ValueError(size)
    head, wanted = family[0], size - len(family)
    grown = [
        Sketch(
            relation=relation,
            sex=sex,
            age=head.age - dice.between(1, 6),
            surname=head.surname,
        )
        for relation, sex in _FURTHER
    ]
    young = [
        Sketch(
            relation=relation, sex=sex, age=dice.between(3, 16), surname=head.surname
        )
        for relation, sex in _YOUNG
    ]
    return [*family[:size], *[*grown, *young][: max(wanted, 0)]]
