"""Plays the plan: stage after stage, village after village, in one process or several.

A stage may be played twice without harm; what is done is not done again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest
from time import process_time

from django.db import connection, transaction

from permissions.models import Officer
from permissions.posts import Post
from procedures.look_back import KIND, LOOK_BACK
from procedures.rehearsal import Stuck
from procedures.rehearsal.year_2016 import peopling, script
from procedures.rehearsal.year_2016.measures import Measures, peak_mb
from procedures.rehearsal.year_2016.peopling import morning
from procedures.rehearsal.year_2016.plan import Plan, VillagePlan
from procedures.rehearsal.year_2016.processes import in_processes
from procedures.rehearsal.year_2016.turns import to_the_end
from procedures.rehearsal.year_2016.village import Village
from registry import divisions
from registry.places import Level, ancestor
from workflows.actions.campaigning import Order, open_campaign
from workflows.models import Campaign
from workflows.witness import checkpoints

TITLE = "2016年精准识别回头看"
BEGINS, ENDS = date(2016, 1, 11), date(2016, 6, 30)
# After each stage the ledger's chains are gathered; papers of the next one print it.
CHECKPOINTS = {"look_back": date(2016, 7, 1), "exit": date(2016, 12, 31)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One village at one stage, for whichever process takes it."""

    stage: str
    village: VillagePlan
    seed: int


# Told after each village: stage, how many are done, of how many.
Tell = Callable[[str, int, int], None]


def play(plan: Plan, *, seed: int, workers: int, tell: Tell) -> Measures:
    """Play the whole year; returns what was measured.

    Raises: Unlike for a database that holds something else; Stuck for an act that is
    refused where the script has none.
    """
    measures = Measures()
    with measures.timed("divisions, upper offices, campaigns"):
        prepare(plan)
    for stage in STAGES:
        tasks = [Task(stage=stage, village=v, seed=seed) for v in mixed(plan.villages)]
        played = in_processes(_play, tasks, workers)
        for n, found in enumerate(played, start=1):
            measures.add(found)
            tell(stage, n, len(tasks))
        with measures.timed("checkpoints, statistics"):
            _finish(stage)
    return measures


def prepare(plan: Plan) -> None:
    """Load the divisions, appoint the upper offices, order the counties' look-backs.

    Raises: Unlike when somebody else already has an account here.
    """
    others = Officer.objects.exclude(username__startswith=peopling.LOG_IN)
    if others.exists():
        raise peopling.Unlike("库中已有其他账号，重放只能在空库中进行")
    divisions.load()
    with transaction.atomic():
        peopling.staff(peopling.seats(plan.villages))
        for county in sorted(plan.figures.exited):
            _order(county)


def mixed(villages: Sequence[VillagePlan]) -> list[VillagePlan]:
    """Return the villages so that neighbours in the order lie in different counties.

    Two processes then seldom wait for the same county's series of numbers.
    """
    by_county: dict[str, list[VillagePlan]] = {}
    for village in villages:
        by_county.setdefault(ancestor(village.code, Level.COUNTY), []).append(village)
    rounds = chain.from_iterable(zip_longest(*by_county.values()))
    return [village for village in rounds if village is not None]


def _order(county: str) -> None:
    if Campaign.objects.filter(kind=LOOK_BACK, place_id=county).exists():
        return
    order = Order(
        title=TITLE,
        document="虚构文件〔2016〕1号",
        basis="州自评报告二(五)",
        plan="与财政、公安、工商、税务、房管、民政、卫生、审计等部门数据对比。",
        begins=BEGINS,
        ends=ENDS,
        scope=[county],
    )
    by = peopling.hats(county)[Post.COUNTY_CLERK]
    made = open_campaign(KIND, order, by=by, now=morning(BEGINS))
    if isinstance(made, list):
        raise Stuck(TITLE, made)


def _people(task: Task, measures: Measures) -> None:
    with measures.timed("register and officers"):
        peopling.people(task.village, task.seed)


def _look_back(task: Task, measures: Measures) -> None:
    village = Village(task.village, measures)
    with measures.timed("look_back_meeting"):
        village.met()
    to_the_end(village, script.REMOVAL)
    to_the_end(village, script.IDENTIFICATION)


def _exit(task: Task, measures: Measures) -> None:
    to_the_end(Village(task.village, measures), script.EXIT)


STAGES: dict[str, Callable[[Task, Measures], None]] = {
    "people": _people,
    "look_back": _look_back,
    "exit": _exit,
}


def _play(task: Task) -> Measures:
    measures = Measures()
    before, begun = peak_mb(), process_time()
    STAGES[task.stage](task, measures)
    measures.seconds[task.stage, "cpu"] += process_time() - begun
    measures.peaks[os.getpid()] = (before, peak_mb())
    return measures


def _finish(stage: str) -> None:
    if stage in CHECKPOINTS:
        checkpoints.make(morning(CHECKPOINTS[stage]))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
