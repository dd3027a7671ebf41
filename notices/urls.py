"""Addresses of papers, photos, objections and the public check page."""

from django.urls import path

from notices.views import (
    objection_sheets,
    objections,
    papers,
    postings,
    printing,
    public,
    scan_pages,
    scans,
)

app_name = "notices"

urlpatterns = [
    path("v/", public.search, name="search"),
    path("v/<str:mark>/", public.check, name="check"),
    path("paper/printed/", papers.printed, name="printed"),
    path("paper/<str:code>/", papers.paper, name="paper"),
    path("paper/<str:code>/poster.pdf", papers.poster, name="poster"),
    path("paper/<str:code>.pdf", papers.pdf, name="pdf"),
    path("print/", printing.centre, name="print_centre"),
    path("print/new/", printing.ask, name="print_new"),
    path("print/<int:pk>/", printing.job, name="print_job"),
    path("print/<int:pk>.pdf", printing.file, name="print_file"),
    path("print/<int:pk>/printed/", printing.done, name="print_done"),
    path("print/<int:pk>/again/", printing.again, name="print_again"),
    path("print/<int:pk>/drop/", printing.drop, name="print_drop"),
    path("posting/<int:pk>/down/", postings.down, name="take_down"),
    path("photo/<int:pk>/", papers.photo, name="photo"),
    path("scans/", scans.intakes, name="intakes"),
    path("scans/new/", scans.new, name="new_intake"),
    path("scan/<int:pk>/", scans.intake, name="intake"),
    path("scan/<int:pk>/add/", scans.add, name="add_scans"),
    path("scan/<int:pk>/confirm/", scans.confirm, name="confirm_scans"),
    path("scan/<int:pk>/close/", scans.close, name="close_intake"),
    path("scanned/<int:pk>/", scan_pages.page, name="scan_page"),
    path("scanned/<int:pk>/settle/", scan_pages.settle, name="settle_scan"),
    path("objections/", objections.register, name="objections"),
    path("objections/register.pdf", objection_sheets.register, name="register_sheet"),
    path("objections/new/<str:code>/", objections.new, name="new_objection"),
    path("objection/<int:pk>/", objections.objection, name="objection"),
    path("objection/<int:pk>/assign/", objections.assign, name="assign"),
    path("objection/<int:pk>/answer/", objections.answer, name="answer"),
    path("objection/<int:pk>/withdraw/", objections.withdraw, name="withdraw"),
    path("objection/<int:pk>/record.pdf", objection_sheets.record, name="record"),
    path("objection/<int:pk>/answer.pdf", objection_sheets.answer, name="answer_sheet"),
]
