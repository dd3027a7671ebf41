"""The tables of who holds which post where; `appointments` alone writes them."""

from permissions.models.appointments import Appointment, Kinship, PlaceGrant
from permissions.models.attempts import LoginAttempt
from permissions.models.officers import Density, Officer

__all__ = [
    "Appointment",
    "Density",
    "Kinship",
    "LoginAttempt",
    "Officer",
    "PlaceGrant",
]
