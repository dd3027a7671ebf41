"""Gates: what must hold before a household may pass a step, one function each.

Each reads `CaseFacts`, a rulebook and a day, and returns nothing or a refusal;
none knows a database, a screen, or a figure of law.
"""

from procedures.gates.applications import (
    applicant_signed,
    application_filed,
    group_recommendation_justified,
)
from procedures.gates.checks import (
    checkers_not_kin,
    sample_drawn,
    site_check_passed,
    site_checked,
)
from procedures.gates.comparisons import (
    comparison_made,
    consent_to_comparison,
    hits_decided,
    no_exclusion_stands,
)
from procedures.gates.family_changes import (
    change_alone,
    change_evidenced,
    change_not_in_future,
    change_reported,
    members_still_there,
    new_head_named,
    newcomers_identified,
    report_signed,
    target_fits,
)
from procedures.gates.gate import Gate, gate
from procedures.gates.households import (
    no_other_open_case,
    not_already_registered,
    registered,
)
from procedures.gates.meetings import (
    comparison_read_out,
    meeting_after_visit,
    meeting_authorised,
    meeting_not_in_future,
    meeting_quorate,
    meeting_recorded,
)
from procedures.gates.publicity import (
    list_unchanged,
    no_open_objection,
    notice_posted,
    posting_dates_right,
    publicity_over,
)
from procedures.gates.removals import (
    grounds_established,
    household_informed,
    meeting_after_notification,
    on_removal_roster,
    statement_answered,
    still_registered,
)
from procedures.gates.signatures import (
    handbook_signed,
    household_not_refused,
    household_signed,
    proxy_witnessed,
    receipt_signed,
    village_signatures,
)
from procedures.gates.standards import (
    checklist_complete,
    food_clothing_guaranteed,
    housing_certified,
    no_exit_blocker,
    three_guarantees_met,
    water_safe,
)
from procedures.gates.visits import (
    two_visitors,
    visit_not_in_future,
    visitors_not_kin,
)
from procedures.gates.votes import (
    kin_recused,
    majority_reached,
    tellers_named,
    votes_sum,
)
from procedures.gates.worksheets import (
    income_below_line,
    income_over_line,
    worksheet_adds_up,
    worksheet_complete,
    worksheet_signed,
)

__all__ = [
    "Gate",
    "applicant_signed",
    "application_filed",
    "change_alone",
    "change_evidenced",
    "change_not_in_future",
    "change_reported",
    "checkers_not_kin",
    "checklist_complete",
    "comparison_made",
    "comparison_read_out",
    "consent_to_comparison",
    "food_clothing_guaranteed",
    "gate",
    "grounds_established",
    "group_recommendation_justified",
    "handbook_signed",
    "hits_decided",
    "household_informed",
    "household_not_refused",
    "household_signed",
    "housing_certified",
    "income_below_line",
    "income_over_line",
    "kin_recused",
    "list_unchanged",
    "majority_reached",
    "meeting_after_notification",
    "meeting_after_visit",
    "meeting_authorised",
    "meeting_not_in_future",
    "meeting_quorate",
    "meeting_recorded",
    "members_still_there",
    "new_head_named",
    "newcomers_identified",
    "no_exclusion_stands",
    "no_exit_blocker",
    "no_open_objection",
    "no_other_open_case",
    "not_already_registered",
    "notice_posted",
    "on_removal_roster",
    "posting_dates_right",
    "proxy_witnessed",
    "publicity_over",
    "receipt_signed",
    "registered",
    "report_signed",
    "sample_drawn",
    "site_check_passed",
    "site_checked",
    "statement_answered",
    "still_registered",
    "target_fits",
    "tellers_named",
    "three_guarantees_met",
    "two_visitors",
    "village_signatures",
    "visit_not_in_future",
    "visitors_not_kin",
    "votes_sum",
    "water_safe",
    "worksheet_adds_up",
    "worksheet_complete",
    "worksheet_signed",
]
