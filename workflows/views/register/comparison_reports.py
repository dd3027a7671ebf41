"""The report of the four kinds: on the screen, as a sheet, and the list as a paper.

Draws what `workflows.comparing` counts and issues.
"""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from notices.models import Paper
from notices.papers import Unprintable
from permissions.posts import Post
from registry.comparing.kinds import HitKind
from registry.exports.writing import Format, Watermark, write
from registry.models import Place
from registry.places import within
from registry.refusals import Refusal
from workflows import clock
from workflows.comparing.issuing import KIND, issue_list, report_sheet
from workflows.comparing.report import report
from workflows.errors import Trespass
from workflows.models import ComparisonRound
from workflows.views.access import hat_of
from workflows.views.register.comparison_access import (
    own_county,
    round_or_404,
    sees_all,
)


@require_safe
def comparison_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the 四类对象 report of a round, township by township."""
    round_ = _whole(request, pk)
    hat = hat_of(request)
    papers = Paper.objects.filter(kind=KIND, about__startswith=f"{round_.about}/")
    context: dict[str, Any] = {
        "round": round_,
        "figures": report(round_),
        "labels": {kind: HitKind(kind).label for kind in HitKind.values},
        "now": clock.now(),
        "papers": papers.select_related("place").order_by("-issued_at")[:20],
        "may_issue": hat.held == Post.COUNTY_CLERK and hat.place_id == round_.place_id,
    }
    return render(request, "workflows/register/comparison_report.html", context)


@require_safe
def report_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the report as a spreadsheet: figures, no persons."""
    round_ = _whole(request, pk)
    hat = hat_of(request)
    mark = Watermark(
        name=f"{hat.recorded_title} {hat.officer.full_name}",
        at=clock.now(),
        purpose=round_.purpose,
    )
    made = BytesIO()
    write(made, [report_sheet(round_, report(round_))], Format.XLSX, mark)
    response = HttpResponse(made.getvalue(), content_type=Format.XLSX.content_type)
    name = f"{round_.place_id}-{round_.year}-{round_.seq}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def issue_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the list of hits of a township, or of the county."""
    round_ = round_or_404(request, pk)
    own_county(request, round_)
    code = request.POST.get("place", "") or round_.place_id
    place = Place.objects.filter(pk=code).first()
    if place is None or not within(place.pk, round_.place_id):
        raise Http404
    try:
        issued = issue_list(round_, place, by=hat_of(request), now=clock.now())
    except Trespass as trespass:
        raise Http404 from trespass
    except Unprintable as unprintable:
        issued = unprintable.refusals[0]
    if isinstance(issued, Refusal):
        messages.error(request, str(issued.text))
        return redirect("workflows:comparison_report", round_.pk)
    messages.success(request, _("已出具信息比对结果清单"))
    return redirect(issued)


def _whole(request: HttpRequest, pk: int) -> ComparisonRound:
    round_ = round_or_404(request, pk)
    if not sees_all(request, round_):
        raise Http404
    return round_
