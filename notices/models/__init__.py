"""Papers, their numbers, printing, photos, postings and objections, as rows.

Knows places, households and officers; must not know batches, cases or steps: `about`
is an opaque word such as "batch/12".
"""

from notices.models.inquiries import Inquiry
from notices.models.objections import Channel, Objection, Outcome
from notices.models.papers import Counter, Paper, PaperState, SheetField
from notices.models.photos import Photo
from notices.models.postings import Posting
from notices.models.printing import LIVE, JobSheet, JobState, Printing, PrintJob
from notices.models.signatures import Signature

__all__ = [
    "LIVE",
    "Channel",
    "Counter",
    "Inquiry",
    "JobSheet",
    "JobState",
    "Objection",
    "Outcome",
    "Paper",
    "PaperState",
    "Photo",
    "Posting",
    "PrintJob",
    "Printing",
    "SheetField",
    "Signature",
]
