"""The pages of the three administrators; each sees his own and none of a case.

The system administrator keeps accounts, the security administrator appoints, the
audit administrator reads what both did.
"""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from permissions import clock
from permissions import officers as accounts
from permissions.admin_forms import AppointmentForm, EndForm, OfficerForm
from permissions.appointments import appoint, end
from permissions.models import AccountRecord, Appointment, Officer
from permissions.posts import Post
from permissions.requests import OfficerRequest
from registry.refusals import Refusal

PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def officers(request: OfficerRequest) -> HttpResponse:
    """List the accounts and open a new one."""
    hat = _hat(request, Post.SYSTEM_ADMIN)
    form = OfficerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = accounts.open_account(form.officer(), by=hat, now=clock.now())
        if isinstance(done, accounts.Handed):
            return render(request, "permissions/handed.html", {"handed": done})
        _add(form, done)
    found = Officer.objects.order_by("full_name", "pk")
    context = {"form": form, "page": _page(request, found, "full_name", "username")}
    return render(request, "permissions/officers.html", context)


@require_POST
def reset_password(request: OfficerRequest, pk: int) -> HttpResponse:
    """Hand out a new first password."""
    hat = _hat(request, Post.SYSTEM_ADMIN)
    officer = get_object_or_404(Officer, pk=pk)
    done = accounts.reset_password(officer, by=hat, now=clock.now())
    if isinstance(done, accounts.Handed):
        return render(request, "permissions/handed.html", {"handed": done})
    _say(request, done)
    return redirect("permissions:officers")


@require_POST
def close_account(request: OfficerRequest, pk: int) -> HttpResponse:
    """Close an account."""
    hat = _hat(request, Post.SYSTEM_ADMIN)
    officer = get_object_or_404(Officer, pk=pk)
    done = accounts.close_account(officer, by=hat, now=clock.now())
    return _told(request, done, _("%(name)s的账号已停用。"))


@require_POST
def reopen_account(request: OfficerRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    hat = _hat(request, Post.SYSTEM_ADMIN)
    officer = get_object_or_404(Officer, pk=pk)
    done = accounts.reopen_account(officer, by=hat, now=clock.now())
    return _told(request, done, _("%(name)s的账号已恢复。"))


@require_safe
def appointments(request: OfficerRequest) -> HttpResponse:
    """List the appointments of the administrator's territory."""
    hat = _hat(request, Post.SECURITY_ADMIN, Post.AUDIT_ADMIN)
    found = _within(request).select_related(
        "officer", "place", "acting_for", "made_by", "ended_by"
    )
    context = {
        "page": _page(request, found, "officer__full_name", "place__name"),
        "today": clock.today(),
        "may_appoint": hat.held is Post.SECURITY_ADMIN,
    }
    return render(request, "permissions/appointments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_appointment(request: OfficerRequest) -> HttpResponse:
    """Appoint an officer, or show everything that stands against it."""
    hat = _hat(request, Post.SECURITY_ADMIN)
    within = request.territory
    given = request.POST if request.method == "POST" else None
    form = AppointmentForm(given, within=within, initial={"since": clock.today()})
    if form.is_valid():
        done = appoint(form.nomination(), by=hat, now=clock.now())
        if isinstance(done, Appointment):
            messages.success(request, _("已登记：%(title)s。") % {"title": done.title})
            return redirect("permissions:appointments")
        _add(form, done)
    return render(request, "permissions/new_appointment.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def end_appointment(request: OfficerRequest, pk: int) -> HttpResponse:
    """End an appointment from a day on."""
    hat = _hat(request, Post.SECURITY_ADMIN)
    found = _within(request).select_related("officer", "place", "acting_for")
    appointment = get_object_or_404(found, pk=pk)
    given = request.POST if request.method == "POST" else None
    form = EndForm(given, initial={"on": clock.today()})
    if form.is_valid():
        done = end(appointment, by=hat, now=clock.now(), **form.cleaned_data)
        if isinstance(done, Appointment):
            text = _("已终止：%(title)s。") % {"title": appointment.title}
            messages.success(request, text)
            return redirect("permissions:appointments")
        _add(form, done)
    context = {"form": form, "appointment": appointment}
    return render(request, "permissions/end_appointment.html", context)


@require_safe
def records(request: OfficerRequest) -> HttpResponse:
    """List what was done to accounts, for the audit administrator."""
    _hat(request, Post.AUDIT_ADMIN)
    found = AccountRecord.objects.select_related("officer", "by__officer", "by__place")
    page = _page(request, found, "officer__full_name", "officer__username")
    return render(request, "permissions/records.html", {"page": page})


def _hat(request: OfficerRequest, *posts: Post) -> Appointment:
    """Return the hat worn, which must be one of these."""
    hat = request.hat
    if hat is None or hat.held not in posts:
        raise PermissionDenied(_("这一页不属于您现在的岗位。"))
    return hat


def _within(request: OfficerRequest) -> QuerySet[Appointment]:
    return Appointment.objects.filter(request.territory.q("place_id", Post.ADMINS))


def _page(request: OfficerRequest, found: QuerySet, *fields: str) -> object:
    """Return the page asked for of the rows whose fields hold the words sought."""
    wanted = request.GET.get("q", "").strip()
    if wanted:
        parts = [Q(**{f"{field}__icontains": wanted}) for field in fields]
        found = found.filter(parts[0] | parts[1])
    return Paginator(found, PAGE).get_page(request.GET.get("page"))


def _add(form: Form, refusals: Sequence[Refusal]) -> None:
    for refusal in refusals:
        form.add_error(None, refusal.cited)


def _told(
    request: OfficerRequest, done: Officer | list[Refusal], text: str
) -> HttpResponse:
    """Say what was done, or why not, on the list of accounts."""
    if isinstance(done, Officer):
        messages.success(request, text % {"name": done.full_name})
    else:
        _say(request, done)
    return redirect("permissions:officers")


def _say(request: OfficerRequest, refusals: Sequence[Refusal]) -> None:
    for refusal in refusals:
        messages.error(request, refusal.cited)
