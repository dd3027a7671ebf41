"""The household file 一户一档: members, income, guarantees, cases, papers, who looked.

Every opening of the file is written down; a full ID number costs a written reason.
"""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notices.models import SIGNED_SHEET, Paper, Photo
from registry.as_of import existing, read_back
from registry.codes import ON_THE_BOOKS
from registry.models import Household, Person
from registry.opening import HOUSEHOLD_FILE, look, open_id, openings_of
from registry.refusals import Refusal
from workflows import clock
from workflows.models import Case, Entry
from workflows.procedure import named, registered
from workflows.views.access import hat_of, household_or_404, officer_of
from workflows.views.batches import startable
from workflows.views.desk_page import photos_by_about, whole_facts
from workflows.views.paging import number
from workflows.views.register.days import Day, day_asked

RECENT = timedelta(days=30)


@never_cache
@require_safe
def household(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a household's file and write down who opened it."""
    found = household_or_404(request, pk)
    now = clock.now()
    look(
        found,
        HOUSEHOLD_FILE,
        by=officer_of(request),
        reason=hat_of(request).recorded_title,
        at=now,
    )
    day = day_asked(request)
    context = _file(found, now.date()) | {"may_print": hat_of(request).held.acts}
    if day.past:
        context |= _then(found, day.on)
    startable_now = [] if day.past else startable(request, found)
    context |= {
        "day": day,
        "now_url": request.path,
        "startable": startable_now,
    }
    return render(request, "workflows/household.html", context)


@never_cache
@require_POST
def open_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one full ID number, once, against a written reason."""
    found = household_or_404(request, pk)
    chosen = number(request.POST.get("person", "")) or 0
    members = Person.objects.filter(household=found, left_on=None)
    person = get_object_or_404(members, pk=chosen)
    now = clock.now()
    opened = open_id(
        person, by=officer_of(request), reason=request.POST.get("reason", ""), at=now
    )
    if isinstance(opened, Refusal):
        messages.error(request, str(opened.text))
        return redirect("workflows:household", found.pk)
    context = _file(found, now.date()) | {"opened": person, "number": opened}
    return render(request, "workflows/household.html", context)


def _then(found: Household, day: date) -> dict[str, Any]:
    """Return what the file says of a past day: the columns and members of that day."""
    known = existing(day)
    if not Household.objects.filter(known, pk=found.pk).exists():
        raise Http404
    [then] = read_back([found], day)
    return {"household": then, "members": then.members_then, "current": None}


def _file(found: Household, today: date) -> dict[str, Any]:
    cases = list(
        Case.objects.filter(household=found).select_related("batch").order_by("-pk")
    )
    photos = photos_by_about([case.about for case in cases])
    since = today - RECENT
    return {
        "household": found,
        "today": today,
        "day": Day(on=today, today=today),
        "members": list(
            found.members.filter(left_on=None).order_by("relation", "birth")
        ),
        "kin": found.kin.filter(ended_on=None).count(),
        "cases": cases,
        "has_card": bool(cases) or found.status in ON_THE_BOOKS,
        "current": next((case for case in cases if case.closed_on is None), None),
        "remarks": [said for one in registered() for said in one.remarks(found, today)],
        **_assessed(cases, today),
        "line": _line(cases),
        "papers": _papers(found),
        "photos": [photo for group in photos.values() for photo in group],
        "openings": openings_of(found).filter(at__date__gte=since)[:20],
        "trail": [
            (_("名册"), reverse("workflows:roster")),
            (found.place.name, f"{reverse('workflows:roster')}?place={found.place_id}"),
            (found.head_name, ""),
        ],
    }


def _papers(found: Household) -> QuerySet[Paper]:
    """Return the newest papers of a household, each with whether it came back signed."""
    sheets = Photo.objects.filter(paper=OuterRef("pk"), purpose=SIGNED_SHEET)
    papers = Paper.objects.filter(household=found).annotate(signed=Exists(sheets))
    return papers.order_by("-issued_at")[:20]


def _assessed(cases: list[Case], today: date) -> dict[str, Any]:
    """Return the facts of the newest case that looked at what the household lives on."""
    looked = (case for case in cases if named(case.procedure).assesses)
    newest = next(looked, None)
    return _facts(newest, today) if newest else {}


def _facts(case: Case, today: date) -> dict[str, Any]:
    """Return all facts of a case: those that the gates of any of its steps read."""
    procedure = named(case.procedure)
    typed = procedure.case_class.objects.select_related("household", "batch__rulebook")
    cases = list(typed.filter(pk=case.pk))
    found = whole_facts(procedure, cases, procedure.steps[-1], today=today)
    return {"facts": found[case.pk], "rulebook": cases[0].batch.bound_rulebook}


def _line(cases: list[Case]) -> list[tuple[Entry, str]]:
    """Return what happened to the household, newest first, with the step's name."""
    by_pk = {case.pk: case for case in cases}
    entries = (
        Entry.objects.filter(case_id__in=by_pk)
        .exclude(act=Entry.Act.SKIP)
        .select_related("actor", "batch")
        .order_by("-at", "-pk")
    )
    found = []
    for entry in entries:
        procedure = named(by_pk[entry.case_id or 0].procedure)
        title = procedure.step(entry.step).title if entry.step else procedure.title
        found.append((entry, str(title)))
    return found
