"""Which forms lie on which desk: each procedure's table, step by step.

Knows steps and forms by name; neither gates nor papers.
"""

from collections.abc import Mapping

from procedures.forms.applications import ApplicationForm
from procedures.forms.changed_persons import ChangedPersonsForm
from procedures.forms.checklists import ChecklistForm
from procedures.forms.checks import SampleForm, SiteCheckForm
from procedures.forms.comparisons import ComparisonForm
from procedures.forms.confirmations import ConfirmationForm
from procedures.forms.family_changes import ChangeForm
from procedures.forms.meetings import MeetingForm
from procedures.forms.postings import PostingForm
from procedures.forms.removals import (
    InvestigationForm,
    NotificationForm,
    StatementForm,
)
from procedures.forms.sign_offs import (
    ConsentForm,
    ReceiptForm,
    RegistrationForm,
    ReportForm,
)
from procedures.forms.visits import VisitForm
from procedures.forms.votes import VoteRow
from procedures.forms.worksheets import WorksheetForm
from workflows.procedure import StepForms

ASSEMBLY = StepForms(batch=(MeetingForm,), row=VoteRow)
VERIFICATION = StepForms(case=(VisitForm, WorksheetForm, ChecklistForm))
WALL = StepForms(batch=(PostingForm,))
CHECK = StepForms(batch=(SampleForm,), case=(SiteCheckForm,))

FORMS_OF: Mapping[str, Mapping[str, StepForms]] = {
    "household_identification": {
        "apply": StepForms(case=(ApplicationForm,)),
        "nominate": ASSEMBLY,
        "verify": VERIFICATION,
        "compare": StepForms(case=(ComparisonForm,)),
        "appraise": ASSEMBLY,
        # The rulebook of 2014 lets the village committee verify here.
        "examine": VERIFICATION,
        "post_first": WALL,
        "township_review": CHECK,
        "post_second": WALL,
        "recheck": CHECK,
        "announce": WALL,
        "register": StepForms(case=(RegistrationForm,)),
    },
    "household_exit": {
        "propose": ASSEMBLY,
        "verify": VERIFICATION,
        "appraise": ASSEMBLY,
        "confirm": StepForms(batch=(ConfirmationForm,)),
        "consent": StepForms(case=(ConsentForm,)),
        "post_village": WALL,
        "township_review": CHECK,
        "post_township": WALL,
        "recheck": CHECK,
        "announce": WALL,
        "delist": StepForms(case=(ReceiptForm,)),
    },
    "household_removal": {
        "investigate": StepForms(case=(VisitForm, InvestigationForm)),
        "notify": StepForms(case=(NotificationForm, StatementForm)),
        "appraise": ASSEMBLY,
        "post_village": WALL,
        "township_review": CHECK,
        "announce": WALL,
    },
    "natural_change": {
        "declare": StepForms(case=(ChangeForm, ChangedPersonsForm, ReportForm)),
        "verify": StepForms(case=(VisitForm,)),
    },
}
