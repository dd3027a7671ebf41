"""The procedures desk by desk, as officers go through them on their screens."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from permissions.posts import Post
from tests.e2e import forms
from tests.e2e.desk import Desk
from tests.e2e.office import Office

Filling = Callable[[Desk], None]


def pages(desk: Desk) -> None:
    """Every page of facts of every household."""
    desk.fill_pages()


def groups(desk: Desk) -> None:
    """A meeting of each village group, and its ballots."""
    found = desk.person.page.locator('[name^="meeting-"][name$="-held_at"]')
    for number in range(1, found.count() + 1):
        desk.person.put(f"meeting-{number}-basis", "adults")
        forms.meeting(desk.person, desk.day, f"meeting-{number}")
    desk.vote_all()


def representatives(desk: Desk) -> None:
    """A meeting of the representatives, and its ballots."""
    forms.authorised(desk.person, desk.day)
    desk.vote_all()


def assembly(desk: Desk) -> None:
    """An assembly of the households, and its ballots."""
    forms.meeting(desk.person, desk.day, "meeting")
    desk.vote_all()


def signatures(desk: Desk) -> None:
    """The village's three signatures."""
    forms.confirmation(desk.person, desk.day)


def wall(desk: Desk) -> None:
    """The notice on the wall."""
    forms.posting(desk.person, desk.day)


def sample(desk: Desk) -> None:
    """Draw, then look at those drawn, and visit them again where it is asked."""
    desk.person.press("按规程抽取")
    shown = desk.person.page.locator(".cx-reading", has_text="抽中的户").inner_text()
    listed = desk.person.page.locator("table.cx-desk td.who a").all_inner_texts()
    desk.fill_pages([head for head in listed if head in shown])


def nothing(desk: Desk) -> None:
    """Nothing to type: reading and deciding is all."""


# title of the step, who sits there, what he types; after it, whether days run
IDENTIFICATION: tuple[tuple[str, Post, Filling], ...] = (
    ("户主申请", Post.VILLAGE_COMMITTEE, pages),
    ("小组评议提名", Post.VILLAGE_COMMITTEE, groups),
    ("入户核实", Post.WORK_TEAM, pages),
    ("信息比对", Post.COUNTY_CLERK, pages),
    ("民主评议", Post.VILLAGE_COMMITTEE, representatives),
    ("村委会审查", Post.VILLAGE_COMMITTEE, nothing),
    ("张贴第一次公示", Post.VILLAGE_COMMITTEE, wall),
    ("第一次公示期满", Post.SUPERVISION_COMMITTEE, nothing),
    ("乡镇审核", Post.TOWNSHIP_CLERK, sample),
    ("张贴第二次公示", Post.TOWNSHIP_CLERK, wall),
    ("第二次公示期满上报", Post.TOWNSHIP_LEADER, nothing),
    ("县级复核", Post.COUNTY_CLERK, sample),
    ("县级审定", Post.COUNTY_LEADER, nothing),
    ("公告", Post.COUNTY_CLERK, wall),
    ("登记建档", Post.TOWNSHIP_CLERK, pages),
)
EXIT: tuple[tuple[str, Post, Filling], ...] = (
    ("小组提名", Post.VILLAGE_COMMITTEE, groups),
    ("入户核实", Post.WORK_TEAM, pages),
    ("民主评议", Post.VILLAGE_COMMITTEE, representatives),
    ("两委和工作队核实", Post.VILLAGE_COMMITTEE, signatures),
    ("户主认可", Post.WORK_TEAM, pages),
    ("张贴村内公示", Post.VILLAGE_COMMITTEE, wall),
    ("村内公示期满", Post.SUPERVISION_COMMITTEE, nothing),
    ("乡镇审核", Post.TOWNSHIP_CLERK, sample),
    ("张贴乡镇公示", Post.TOWNSHIP_CLERK, wall),
    ("乡镇公示期满上报", Post.TOWNSHIP_LEADER, nothing),
    ("县级复核", Post.COUNTY_CLERK, sample),
    ("县级审定", Post.COUNTY_LEADER, nothing),
    ("公告退出", Post.COUNTY_CLERK, wall),
    ("销号", Post.TOWNSHIP_CLERK, pages),
)
REMOVAL: tuple[tuple[str, Post, Filling], ...] = (
    ("贫情分析", Post.VILLAGE_COMMITTEE, nothing),
    ("入户核定", Post.WORK_TEAM, pages),
    ("告知农户", Post.TOWNSHIP_CLERK, pages),
    ("民主评议", Post.VILLAGE_COMMITTEE, assembly),
    ("张贴村内公示", Post.VILLAGE_COMMITTEE, wall),
    ("村内公示期满", Post.SUPERVISION_COMMITTEE, nothing),
    ("乡镇审核", Post.TOWNSHIP_CLERK, sample),
    ("乡镇上报", Post.TOWNSHIP_LEADER, nothing),
    ("县级审定", Post.COUNTY_LEADER, nothing),
    ("公告清退", Post.COUNTY_CLERK, wall),
    ("清退除名", Post.COUNTY_CLERK, nothing),
)
ENDS_OF_DAYS = {title for title, _post, _fill in (*IDENTIFICATION, *EXIT)} & {
    "第一次公示期满",
    "第二次公示期满上报",
    "村内公示期满",
    "乡镇公示期满上报",
}


@dataclass(kw_only=True)
class Road:
    """One list on its way through the pages.

    Attributes:
        exceptions: per step title, what else is done at that desk.
        walked: the steps that were signed.
    """

    office: Office
    procedure: str
    day: date
    steps: tuple[tuple[str, Post, Filling], ...]
    number: int = 0
    exceptions: dict[str, Filling] = field(default_factory=dict)
    walked: list[str] = field(default_factory=list)

    def open(self, heads: list[str]) -> None:
        """Tick the households and open the list."""
        person = self.office.at(self.steps[0][1])
        person.go(f"/batches/new/?procedure={self.procedure}")
        for head in heads:
            row = person.page.locator("tbody tr", has_text=head).first
            row.locator("label").click()
        person.press("开批")
        found = re.search(r"/batch/(\d+)/", person.page.url)
        assert found, person.text[:800]
        self.number = int(found.group(1))

    def walk(self, until: str = "") -> None:
        """Take every desk before the one named, or all."""
        for title, post, fill in self.steps[len(self.walked) :]:
            if title == until:
                return
            self._wait(title, post)
            self._take(title, post, fill)

    def desk(self, post: Post) -> Desk:
        """Return the desk before the officer of a post."""
        leaving = self.procedure.endswith("exit")
        return Desk(
            person=self.office.at(post),
            number=self.number,
            day=self.day,
            fillers=forms.LEAVING if leaving else forms.CASE_FORMS,
        )

    def _wait(self, title: str, post: Post) -> None:
        """Press the clock: to the end of the days, or by one day."""
        person = self.office.at(post)
        person.go(f"/batch/{self.number}/")
        if title in ENDS_OF_DAYS:
            person.next_deadline()
            self.day = self.shown_day(post)
        elif title in {"民主评议", "登记建档"}:
            person.next_day()
            self.day += timedelta(days=1)

    def shown_day(self, post: Post) -> date:
        """Return the day in the banner."""
        banner = self.office.at(post).page.locator(".cx-train strong").inner_text()
        year, month, day = map(int, re.findall(r"\d+", banner)[:3])
        return date(year, month, day)

    def _take(self, title: str, post: Post, fill: Filling) -> None:
        desk = self.desk(post)
        # The way an officer comes: from his work list.
        desk.person.go("/")
        desk.person.follow(
            desk.person.page.locator(f"main a[href='{desk.address}']").last
        )
        assert title in desk.person.heading, (title, desk.person.text[:800])
        fill(desk)
        if title in self.exceptions:
            self.exceptions[title](desk)
        desk.submit()
        self.walked.append(title)
