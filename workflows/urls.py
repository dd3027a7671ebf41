"""Addresses of the work list, desks, files and places."""

from django.urls import path

from workflows.views import (
    acts,
    anew,
    batches,
    campaign_meetings,
    campaigns,
    check,
    desk,
    drafts,
    facts,
    file_sheets,
    household,
    papers,
    places,
    printing,
    publicity,
    roster,
    scans,
    training,
    worklist,
)
from workflows.views.register import (
    comparison_hits,
    comparison_lists,
    comparison_reports,
    comparisons,
    exports,
    imports,
    kin,
    ledgers,
)

app_name = "workflows"

urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("batches/", batches.batches, name="batches"),
    path("batches/new/", batches.open_new, name="open_batch"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", campaigns.new_campaign, name="new_campaign"),
    path("campaign/<int:pk>/", campaigns.campaign, name="campaign"),
    path(
        "campaign/<int:pk>/meeting/",
        campaign_meetings.new_meeting,
        name="new_campaign_meeting",
    ),
    path(
        "gathering/<int:pk>/",
        campaign_meetings.campaign_meeting,
        name="campaign_meeting",
    ),
    path("batch/<int:pk>/", desk.batch, name="batch"),
    path("batch/<int:pk>/check/", check.check, name="check"),
    path("batch/<int:pk>/done/<str:key>/", check.done, name="done"),
    path("batch/<int:pk>/recall/", acts.recall, name="recall"),
    path("batch/<int:pk>/sheet/<str:kind>/", acts.print_sheet, name="print_sheet"),
    path("batch/<int:pk>/print/", printing.print_papers, name="print_papers"),
    path("batch/<int:pk>/draft/<str:kind>.pdf", papers.draft, name="draft"),
    path("batch/<int:pk>/anew/", anew.put_up_anew, name="put_up_anew"),
    path("batch/<int:pk>/scans/<str:kind>/", scans.batch_scans, name="batch_scans"),
    path("batch/<int:pk>/publicity/", publicity.publicity, name="publicity"),
    path("typed/<int:pk>/discard/", drafts.discard, name="discard"),
    path("typed/photo/<int:pk>/", drafts.photo, name="draft_photo"),
    path("case/<int:pk>/withdraw/", acts.withdraw, name="withdraw"),
    path("case/<int:pk>/hold/", acts.hold, name="hold"),
    path("case/<int:pk>/release/", acts.release, name="release"),
    path("case/<int:pk>/<slug:slug>/", facts.case_fact, name="case_fact"),
    path("household/<int:pk>/", household.household, name="household"),
    path("household/<int:pk>/open/", household.open_number, name="open_number"),
    path(
        "household/<int:pk>/<str:kind>.pdf", file_sheets.file_sheet, name="file_sheet"
    ),
    path("household/<int:pk>/kin/", kin.household_kin, name="household_kin"),
    path("kin/<int:pk>/end/", kin.end_kin, name="end_kin"),
    path("household/<int:pk>/print/", printing.print_household, name="print_household"),
    path("roster/", roster.roster, name="roster"),
    path("papers/", papers.papers, name="papers"),
    path("publicity/", publicity.publicities, name="publicities"),
    path("place/", places.places, name="places"),
    path("place/<str:code>/", places.place, name="place"),
    path("place/<str:code>/ledger/", ledgers.ledger, name="ledger"),
    path("place/<str:code>/ledger.pdf", ledgers.ledger_pdf, name="ledger_pdf"),
    path("place/<str:code>/ledger/print/", ledgers.print_ledger, name="print_ledger"),
    path(
        "place/<str:code>/ledger/<str:form>/", ledgers.ledger_table, name="ledger_table"
    ),
    path("exports/", exports.export_list, name="export_list"),
    path("exports/new/", exports.export_new, name="export_new"),
    path("export/<int:pk>/", exports.export, name="export"),
    path("export/<int:pk>/file/", exports.export_file, name="export_file"),
    path("export/<int:pk>/agree/", exports.export_agree, name="export_agree"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.import_new, name="import_new"),
    path(
        "imports/blank/<slug:layout>.xlsx",
        imports.import_template,
        name="import_template",
    ),
    path("import/<int:pk>/", imports.import_run, name="import_run"),
    path("import/<int:pk>/marked.xlsx", imports.import_marked, name="import_marked"),
    path("import/<int:pk>/explain/", imports.import_explain, name="import_explain"),
    path("import/<int:pk>/accept/", imports.import_accept, name="import_accept"),
    path("import/<int:pk>/drop/", imports.import_drop, name="import_drop"),
    path("comparisons/", comparisons.comparisons, name="comparisons"),
    path("comparisons/new/", comparisons.new_comparison, name="new_comparison"),
    path("comparison/<int:pk>/", comparisons.comparison, name="comparison"),
    path(
        "comparison/<int:pk>/hits/",
        comparison_hits.comparison_hits,
        name="comparison_hits",
    ),
    path("comparison/<int:pk>/kin/", kin.comparison_kin, name="comparison_kin"),
    path(
        "comparison/<int:pk>/report/",
        comparison_reports.comparison_report,
        name="comparison_report",
    ),
    path(
        "comparison/<int:pk>/report.xlsx",
        comparison_reports.report_file,
        name="report_file",
    ),
    path(
        "comparison/<int:pk>/paper/",
        comparison_reports.issue_paper,
        name="issue_paper",
    ),
    path("asked/<int:pk>/release/", comparison_lists.release_list, name="release_list"),
    path("asked/<int:pk>/list/", comparison_lists.fetch_list, name="fetch_list"),
    path(
        "asked/<int:pk>/password/", comparison_lists.list_password, name="list_password"
    ),
    path("asked/<int:pk>/answer/", comparison_lists.answer, name="answer_list"),
    path(
        "answered/<int:pk>/", comparison_lists.department_file, name="department_file"
    ),
    path("match/<int:pk>/", comparison_hits.match, name="match"),
    path("clock/", training.move_clock, name="clock"),
]
