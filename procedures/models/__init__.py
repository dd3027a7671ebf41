"""The facts officers enter, as rows; gates never see these, only their copies."""

from procedures.models.applications import Applicant, Application, GroupReason
from procedures.models.checks import Finding, Sample, SiteCheck
from procedures.models.comparisons import Comparison, Hit
from procedures.models.family_changes import (
    ChangedPerson,
    FamilyChange,
    FamilyEvent,
    Part,
    Shape,
)
from procedures.models.meetings import (
    Authorisation,
    Meeting,
    MeetingKind,
    Method,
    QuorumBasis,
    Recused,
    Vote,
)
from procedures.models.removals import Conclusion, Investigation, Statement
from procedures.models.signoffs import Confirmation, Signer, SignOff, SignOffKind
from procedures.models.visits import Checklist, Visit, Visitor
from procedures.models.worksheets import LineKind, Worksheet, WorksheetLine
from registry.comparing.kinds import Decision, HitKind

__all__ = [
    "Applicant",
    "Application",
    "Authorisation",
    "ChangedPerson",
    "Checklist",
    "Comparison",
    "Conclusion",
    "Confirmation",
    "Decision",
    "FamilyChange",
    "FamilyEvent",
    "Finding",
    "GroupReason",
    "Hit",
    "HitKind",
    "Investigation",
    "LineKind",
    "Meeting",
    "MeetingKind",
    "Method",
    "Part",
    "QuorumBasis",
    "Recused",
    "Sample",
    "Shape",
    "SignOff",
    "SignOffKind",
    "Signer",
    "SiteCheck",
    "Statement",
    "Visit",
    "Visitor",
    "Vote",
    "Worksheet",
    "WorksheetLine",
]
