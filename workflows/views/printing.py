"""Sending the papers of a list or of one household to the print queue.

Chooses the papers; which files they make and which copies they are, `notices` knows.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from notices import printing
from notices.models import Paper, PaperState
from notices.views.access import acting_hat_of
from notices.views.printing import asked, wish_of
from workflows import clock
from workflows.models import Case
from workflows.views.access import batch_or_404, household_or_404
from workflows.views.desk import keep_typed
from workflows.views.desk_page import papers_of
from workflows.views.desk_visit import at_desk


@require_POST
def print_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue what is not printed yet of a list and its households, one kind or all."""
    hat = acting_hat_of(request)
    batch = batch_or_404(request, pk)
    at = at_desk(request, batch)
    # The button may stand inside the desk's form: what was typed must not be lost.
    if at and "version" in request.POST and (wrong := keep_typed(at)):
        return wrong
    kind = request.POST.get("kind", "")
    papers = papers_of(batch, list(Case.objects.filter(batch=batch)))
    fresh = [one for one in papers if one.printed_at is None]
    codes = [one.pk for one in fresh if kind in {"", one.kind}]
    jobs = printing.ask(codes, by=hat, at=clock.now(), wish=wish_of(request))
    return asked(request, jobs)


@require_POST
def print_household(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue all papers in force of one household as one file."""
    hat = acting_hat_of(request)
    household = household_or_404(request, pk)
    papers = Paper.objects.filter(household=household, state=PaperState.ISSUED)
    jobs = printing.ask(
        list(papers.values_list("code", flat=True)),
        by=hat,
        at=clock.now(),
        wish=wish_of(request, household.pk),
    )
    return asked(request, jobs)
