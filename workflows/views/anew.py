"""Putting a contested list up anew: everybody's verdict filled in, to be checked.

The officer signs it on the check page like any other act, and may change it before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from notices import objections
from notices.models import Objection
from workflows import anew, clock, drafts
from workflows.judge import Kind
from workflows.machine import Step
from workflows.models import Batch, Case
from workflows.procedure import named
from workflows.views.access import batch_or_404
from workflows.views.desk_visit import at_desk, where

# Records are Chinese, whatever language the officer reads.
DONE_AGAIN = gettext_noop("异议%(number)s成立，退回重办")
UP_AGAIN = gettext_noop("异议%(number)s成立，名单变动，重新公示")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What happens to whom when a list is put up anew.

    Attributes:
        posting: where the list is put up.
        concerned: whom the upheld objections are about.
        others: who is put up anew for the full period.
        steps: to which of them the concerned may be sent back.
    """

    posting: Step
    concerned: Sequence[Case]
    others: Sequence[Case]
    steps: Sequence[Step]
    upheld: Sequence[Objection]


def offered(batch: Batch, cases: Sequence[Case]) -> Offer | None:
    """Return how a list is put up anew, when an objection to its notice was upheld."""
    posting = anew.posting_step(batch)
    if posting is None:
        return None
    upheld = list(objections.upheld_about(batch.about, posting.posts).order_by("pk"))
    about = {objection.household_id for objection in upheld}
    # An objection to the whole list is about everybody on it.
    concerned = [c for c in cases if c.household_id in about or None in about]
    procedure, rulebook = named(batch.procedure), batch.bound_rulebook
    returns = procedure.step(batch.step).returns
    return Offer(
        posting=posting,
        concerned=concerned,
        others=[case for case in cases if case not in concerned],
        steps=[
            step
            for step in procedure.steps
            if step.name in returns
            and step.name != posting.name
            and rulebook.requires(step.name)
        ],
        upheld=upheld,
    )


@require_POST
def put_up_anew(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in the verdicts that put a list up anew, and go to the check page."""
    batch = batch_or_404(request, pk)
    at = at_desk(request, batch)
    offer = offered(batch, at.cases) if at else None
    to = request.POST.get("back", "")
    if at is None or offer is None or to not in {step.name for step in offer.steps}:
        raise Http404
    number = offer.upheld[-1].number
    verdicts = {
        **_sent_back(offer.concerned, to, DONE_AGAIN % {"number": number}),
        **_sent_back(offer.others, offer.posting.name, UP_AGAIN % {"number": number}),
    }
    drafts.keep(where(at), MultiValueDict(verdicts), [], at=clock.wall())
    return redirect("workflows:check", batch.pk)


def _sent_back(cases: Sequence[Case], to: str, reason: str) -> dict[str, list[str]]:
    return {
        f"{letter}{case.pk}": [value]
        for case in cases
        for letter, value in (("v", Kind.RETURN.value), ("b", to), ("w", reason))
    }
