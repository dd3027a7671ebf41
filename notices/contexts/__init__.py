"""What each paper is made of: one frozen structure per kind, checked before issue.

Knows fields of paper; must not know where the facts come from. Dates and amounts may be
given as `date`, `datetime`, `Decimal`; they are frozen as text. A field that may be
`None` prints as a blank to be filled in by hand.
"""

from notices.contexts.changes import ChangeForm, ChangeList, ChangeNotice
from notices.contexts.files import FileCover, FileIndex
from notices.contexts.households import (
    Application,
    ExitConfirmation,
    ExitNotification,
    HandbookPage,
    HouseholdCard,
    NotEligible,
    Verification,
    Worksheet,
)
from notices.contexts.ledgers import LedgerBook, VillageRoster
from notices.contexts.lists import (
    Announcement,
    ApprovalList,
    ComparisonList,
    Publicity,
    TownshipList,
    TownshipOpinion,
)
from notices.contexts.meetings import Ballot, Minutes, SignIn, Tally
from notices.contexts.objections import (
    ObjectionAnswer,
    ObjectionRecord,
    ObjectionRegister,
)
from notices.contexts.removals import (
    AnalysisMinutes,
    RemovalNotification,
    RemovalPublicity,
    RemovalRegister,
)

CONTEXTS: dict[str, type] = {
    "application": Application,
    "ballot": Ballot,
    "sign_in": SignIn,
    "minutes": Minutes,
    "tally": Tally,
    "verification": Verification,
    "worksheet": Worksheet,
    "comparison_list": ComparisonList,
    "first_publicity": Publicity,
    "second_publicity": Publicity,
    "village_publicity": Publicity,
    "township_publicity": Publicity,
    "township_opinion": TownshipOpinion,
    "township_list": TownshipList,
    "approval_list": ApprovalList,
    "announcement": Announcement,
    "household_card": HouseholdCard,
    "handbook_page": HandbookPage,
    "exit_confirmation": ExitConfirmation,
    "exit_notification": ExitNotification,
    "not_eligible": NotEligible,
    "analysis_minutes": AnalysisMinutes,
    "removal_register": RemovalRegister,
    "removal_notification": RemovalNotification,
    "removal_publicity": RemovalPublicity,
    "objection_record": ObjectionRecord,
    "objection_answer": ObjectionAnswer,
    "objection_register": ObjectionRegister,
    "change_form": ChangeForm,
    "change_list": ChangeList,
    "change_notice": ChangeNotice,
    "file_cover": FileCover,
    "file_index": FileIndex,
    "village_roster": VillageRoster,
    "township_book": LedgerBook,
    "county_file": LedgerBook,
    "prefecture_base": LedgerBook,
}
