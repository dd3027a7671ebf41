"""Fictitious persons: names of the region, valid but invented ID numbers.

Everything follows from a key, on every Python alike; it must not touch the database.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from registry.codes import Education, Health, Labour, Sex, StudentStatus
from registry.divisions import village_ordinals
from registry.drafts import MemberDraft
from registry.identity import check_digit, parse_id
from registry.nationalities import Nationality
from registry.refusals import Refusal

T = TypeVar("T")

SURNAMES = {
    "石": Nationality.MIAO,
    "龙": Nationality.MIAO,
    "麻": Nationality.MIAO,
    "施": Nationality.MIAO,
    "吴": Nationality.MIAO,
    "隆": Nationality.MIAO,
    "彭": Nationality.TUJIA,
    "田": Nationality.TUJIA,
    "向": Nationality.TUJIA,
    "覃": Nationality.TUJIA,
    "杨": Nationality.HAN,
    "张": Nationality.HAN,
}
_EITHER = (
    "立春春分清明谷雨立夏小满夏至小暑立秋处暑白露秋分寒露霜降立冬小雪冬至小寒"
    "正月端阳重阳月半映山金秋禾苗三月五月七月和平"
)
_FOR_MEN = "春生秋生腊生青山青松岩生岩宝溪生水生木生杉木老满丰收"
_FOR_WOMEN = "春桃秋桂冬梅夏荷腊梅水秀木英银花茶香桐花稻香米花麦穗豆苗满妹幺妹"


def _pairs(text: str) -> tuple[str, ...]:
    return tuple(text[n : n + 2] for n in range(0, len(text), 2))


GIVEN: dict[str, tuple[str, ...]] = {
    Sex.MALE: _pairs(_EITHER + _FOR_MEN),
    Sex.FEMALE: _pairs(_EITHER + _FOR_WOMEN),
}
_MONTHS, _DAYS, _SEQUENCES = 12, 28, 500
_SLOTS = _MONTHS * _DAYS * _SEQUENCES
_STRIDE = 100_003  # prime, so that it visits every slot once
_UNLISTED = 1000

_SCHOOL = {
    3: StudentStatus.KINDERGARTEN,
    6: StudentStatus.PRIMARY,
    12: StudentStatus.JUNIOR_1,
    13: StudentStatus.JUNIOR_2,
    14: StudentStatus.JUNIOR_3,
    15: StudentStatus.SENIOR_1,
    16: StudentStatus.SENIOR_2,
    17: StudentStatus.SENIOR_3,
}
LEAVES_SCHOOL = 18
_RETIRES = 60
_TOO_OLD = 70


class Dice:
    """Draws that depend on a key alone."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()
        self._drawn = 0

    def below(self, limit: int) -> int:
        """Return a number from 0 up to, not including, `limit`."""
        self._drawn += 1
        drawn = hashlib.blake2b(
            self._drawn.to_bytes(8, "big"), key=self._key[:64], digest_size=8
        )
        return int.from_bytes(drawn.digest(), "big") % limit

    def between(self, low: int, high: int) -> int:
        """Return a number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """Return yes that often."""
        return self.below(100) < percent

    def pick(self, values: Sequence[T]) -> T:
        """Return one of the values."""
        return values[self.below(len(values))]


@dataclass
class Village:
    """Gives the people of one village numbers nobody else in the county has."""

    code: str
    year: int
    taken: Counter[tuple[int, str]] = field(default_factory=Counter)

    def id_number(self, age: int, sex: str) -> str:
        """Return the next number for that age and sex.

        Each village of a county owns its own share of the (day, sequence) slots of
        a birth year, so that no two villages ever meet.
        """
        born = self.year - age
        nth = self.taken[born, sex]
        self.taken[born, sex] += 1
        unlisted = int(self.code[6:]) % _UNLISTED, _UNLISTED
        ordinal, villages = village_ordinals().get(self.code, unlisted)
        slot = (ordinal + nth * villages) * _STRIDE % _SLOTS
        day, sequence = divmod(slot, _SEQUENCES)
        month, day = divmod(day, _DAYS)
        parity = 1 if sex == Sex.MALE else 0
        body = f"{self.code[:6]}{born}{month + 1:02d}{day + 1:02d}"
        body += f"{sequence * 2 + parity:03d}"
        return body + check_digit(body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A person as the household's story needs them."""

    relation: str
    sex: str
    age: int
    surname: str
    name: str = ""
    health: Health = Health.HEALTHY


def person(sketch: Sketch, village: Village, dice: Dice) -> MemberDraft:
    """Return the member a sketch describes."""
    number = parse_id(village.id_number(sketch.age, sketch.sex))
    if isinstance(number, Refusal):
        raise TypeError(number)
    student = _student_status(sketch.age)
    return MemberDraft(
        name=sketch.name or sketch.surname + dice.pick(GIVEN[sketch.sex]),
        relation=sketch.relation,
        id_number=number.text,
        sex=number.sex,
        birth=number.birth,
        nationality=SURNAMES[sketch.surname],
        student_status=student,
        education="" if student else _education(sketch.age, dice),
        health=(sketch.health.value,),
        labour=_labour(sketch, dice),
    )


def _student_status(age: int) -> str:
    if age >= LEAVES_SCHOOL:
        return ""
    begun = [status for start, status in _SCHOOL.items() if start <= age]
    return begun[-1].value if begun else StudentStatus.TODDLER.value


def _education(age: int, dice: Dice) -> str:
    if age >= _RETIRES:
        return dice.pick((Education.ILLITERATE, Education.PRIMARY)).value
    choices = (Education.PRIMARY, Education.JUNIOR, Education.JUNIOR, Education.SENIOR)
    return dice.pick(choices).value


def _labour(sketch: Sketch, dice: Dice) -> str:
    if sketch.age < LEAVES_SCHOOL or sketch.age >= _TOO_OLD:
        return Labour.NONE.value
    if sketch.health in {Health.SERIOUS, Health.DISABLED}:
        return dice.pick((Labour.LOST, Labour.WEAK)).value
    if sketch.age >= _RETIRES:
        return Labour.WEAK.value
    return (Labour.SKILLED if dice.chance(15) else Labour.ORDINARY).value
