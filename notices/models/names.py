"""The tables of the floors below that papers point to."""

APPOINTMENT = "permissions.Appointment"
HOUSEHOLD = "registry.Household"
PLACE = "registry.Place"
