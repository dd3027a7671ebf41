"""Papers, their numbers, printing, photos, postings and objections, as rows.

Knows places, households and officers; must not know batches, cases or steps: `about`
is an opaque word such as "batch/12".
"""

from notices.models.inquiries import Inquiry
from notices.models.objections import Channel, Objection, Outcome
from notices.models.papers import Counter, Paper, PaperState
from notices.models.photos import SIGNED_SHEET, Photo
from notices.models.postings import Posting
from notices.models.printing import LIVE, JobSheet, JobState, Printing, PrintJob
from notices.models.scans import Fault, Intake, PageStanding, ScanFile, ScanPage
from notices.models.signatures import Signature

__all__ = [
    "LIVE",
    "SIGNED_SHEET",
    "Channel",
    "Counter",
    "Fault",
    "Inquiry",
    "Intake",
    "JobSheet",
    "JobState",
    "Objection",
    "Outcome",
    "PageStanding",
    "Paper",
    "PaperState",
    "Photo",
    "Posting",
    "PrintJob",
    "Printing",
    "ScanFile",
    "ScanPage",
    "Signature",
]
