"""A county that compares: its officers, its round, what departments send back."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from notices.photos import Picture
from permissions.models import Appointment
from permissions.posts import Post
from registry.comparing.kinds import Decision
from registry.identity import unseal
from registry.kin import KinDraft, declare_kin
from registry.models import DeclaredKin, Household, Person, Place
from registry.models.kin import KinRelation
from registry.places import Level, ancestor
from registry.refusals import Refusal
from tests.registry.factories import id_number
from tests.world import World
from workflows.comparing import deciding, lists, reading, receiving, rounds
from workflows.comparing.deciding import Ruling
from workflows.models import ComparisonRound, DepartmentFile, Match, RoundDepartment

IDENTIFICATION = "household_identification"
HEADERS = {
    "vehicles": ("所有人", "公民身份号码", "车辆类型", "初次登记日期"),
    "payroll": ("姓名", "身份证号", "工作单位", "数据日期"),
}
Row = tuple[object, ...]


@dataclass(kw_only=True)
class County:
    """花垣县 with its clerk and leader; the world's day is the round's."""

    world: World

    @property
    def clerk(self) -> Appointment:
        return self.world.hats[Post.COUNTY_CLERK]

    @property
    def leader(self) -> Appointment:
        return self.world.hats[Post.COUNTY_LEADER]

    @property
    def now(self) -> datetime:
        return self.world.now

    def wish(self, **changed: object) -> rounds.Wish:
        """Return a round that nothing stands against, but for what is changed."""
        county = ancestor(self.world.village, Level.COUNTY)
        given: dict[str, object] = {
            "place": Place.objects.get(pk=county),
            "areas": [county],
            "groups": ["registered", "applicants"],
            "sources": ["vehicles", "payroll"],
            "purpose": "四类对象清理",
            "basis": "花扶〔2018〕3号",
            "authorised": True,
        }
        return rounds.Wish(**(given | changed))

    def open(self, **changed: object) -> ComparisonRound:
        """Open a round and write its lists, as the worker would."""
        opened = rounds.open_round(self.wish(**changed), by=self.clerk, now=self.now)
        assert isinstance(opened, ComparisonRound), opened
        lists.write_lists(opened.pk, at=self.now)
        opened.refresh_from_db()
        return opened

    def released(
        self, round_: ComparisonRound, source: str = "vehicles"
    ) -> RoundDepartment:
        """Return the list of a department, released by the leader."""
        department = round_.departments.get(source=source)
        refused = lists.release(department, by=self.leader, now=self.now)
        assert refused is None, refused
        return round_.departments.select_related("round").get(source=source)

    def answer(
        self, department: RoundDepartment, rows: Iterable[Row], **how: object
    ) -> DepartmentFile:
        """Take in a department's rows and compare them, as the worker would."""
        given = {"name": "车辆.csv", "adds": False} | how
        file = receiving.receive(
            department,
            sheet(department.source, rows),
            by=self.clerk,
            now=self.now,
            **given,
        )
        assert isinstance(file, DepartmentFile), file
        reading.compare(file.pk, at=self.now)
        file.refresh_from_db()
        return file

    def hit(self, person: Person, **changed: object) -> Match:
        """Return the hit of a car registered to a person."""
        department = self.released(self.open())
        self.answer(department, [car(person, **changed)])
        return Match.objects.get()

    def decide(
        self, match: Match, decision: Decision = Decision.ACCEPTED, **said: object
    ) -> list[Refusal]:
        """Decide a hit as the clerk, with a photo unless told otherwise."""
        by, pictures = said.pop("by", self.clerk), said.pop("pictures", [photo()])
        given = {"exception": "", "explanation": "已上门核对", "same_person": False}
        ruling = Ruling(decision=decision, **(given | said))
        return deciding.decide(match, ruling, pictures, by=by, now=self.now)


def number(person: Person) -> str:
    """Return the person's number in clear."""
    return unseal(person.id_cipher)


def head(household: Household) -> Person:
    """Return the head of a household."""
    return household.members.get(relation="02", left_on=None)


def declared(household: Household, day: date) -> DeclaredKin:
    """Return a son of the household's head who lives elsewhere."""
    son = KinDraft(name="石远", relation=KinRelation.CHILD, id_number=id_number())
    made = declare_kin(household, son, on=day, to=None)
    assert isinstance(made, DeclaredKin), made
    return made


def car(person: Person, *, name: str = "", id_number: object = None) -> Row:
    """Return a row of the vehicle office about a person."""
    given = number(person) if id_number is None else id_number
    return (name or person.name, given, "小型轿车", "2017-03-01")


def sheet(source: str, rows: Iterable[Row]) -> bytes:
    """Return a department's sheet as GB 18030 text, with a title above the headers."""
    written = io.StringIO(newline="")
    lines: Sequence[Row] = [("某部门反馈表",), HEADERS[source], *rows]
    csv.writer(written).writerows(lines)
    return written.getvalue().encode("gb18030")


def photo() -> Picture:
    """Return a picture fit to be evidence."""
    return Picture(data=b"\xff\xd8\xff", width=1, height=1, taken_at=None)
