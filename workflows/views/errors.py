"""Pages for what cannot be shown: 400, 403, 404 and 500, in the style of the rest."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    page = {"title": title, "text": text}
    return render(request, "workflows/error.html", page, status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request was not understood."""
    return _page(request, 400, _("请求有误"), _("请返回上一页，再试一次。"))


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this may not be done in the present post."""
    text = _("您现在的岗位不能做这件事。有别的任职的，请先换岗。")
    return _page(request, 403, _("不能办理"), text)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page within the officer's reach."""
    text = _("没有这一页，或者它不在您任职的地区。请核对网址，或者先换岗。")
    return _page(request, 404, _("找不到"), text)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the page was open for too long or in another window."""
    text = _("页面已过期，没有保存。请返回上一页，刷新后再提交。")
    return _page(request, 403, _("页面已过期"), text)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours; touches neither session nor database."""
    text = _("系统出错，已经记录。您刚才提交的内容没有保存，请稍后再试。")
    page = {"title": _("系统出错"), "text": text}
    return HttpResponse(
        render_to_string("workflows/server_error.html", page), status=500
    )
