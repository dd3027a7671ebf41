"""The tables of who holds which post where; `appointments` alone writes them."""

from permissions.models.appointments import Appointment, Kinship, PlaceGrant
from permissions.models.attempts import LoginAttempt
from permissions.models.officers import Density, Officer
from permissions.models.records import AccountAct, AccountRecord
from permissions.models.second_factors import RecoveryCode, SecondFactor
from permissions.models.sessions import OfficerSession

__all__ = [
    "AccountAct",
    "AccountRecord",
    "Appointment",
    "Density",
    "Kinship",
    "LoginAttempt",
    "Officer",
    "OfficerSession",
    "PlaceGrant",
    "RecoveryCode",
    "SecondFactor",
]
