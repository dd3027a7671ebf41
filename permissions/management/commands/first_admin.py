"""Found an installation: the three administrators of one place, each once.

It prints three one-time passwords and works only while nobody may appoint.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from permissions import clock
from permissions.appointments import Nomination, appoint
from permissions.models import Appointment, Officer
from permissions.officers import Handed, open_account
from permissions.posts import Post
from registry.models import Place

ADMINS = {
    Post.SYSTEM_ADMIN: "system",
    Post.SECURITY_ADMIN: "security",
    Post.AUDIT_ADMIN: "audit",
}


class Command(BaseCommand):
    """Open three accounts and appoint them; everything after goes through pages."""

    help = "Create the first system, security and audit administrator of a place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the place and the names of the three persons."""
        parser.add_argument("place", help="12-digit code of the place they serve")
        parser.add_argument(
            "names", nargs=3, help="full names: system, security, audit administrator"
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Create all three or none."""
        place = Place.objects.filter(pk=options["place"]).first()
        if place is None:
            raise CommandError(f"No place has the code {options['place']}.")
        found = Appointment.objects.valid(clock.today())
        if found.filter(post=Post.SECURITY_ADMIN).exists():
            raise CommandError("A security administrator is in office; he appoints.")
        for (post, name), full_name in zip(
            ADMINS.items(), options["names"], strict=True
        ):
            self.stdout.write(self._found(post, f"{name}-{place.pk}", full_name, place))

    def _found(self, post: Post, username: str, full_name: str, place: Place) -> str:
        now = clock.now()
        officer = Officer(username=username, full_name=full_name)
        handed = open_account(officer, by=None, now=now)
        if not isinstance(handed, Handed):
            raise CommandError("；".join(str(one) for one in handed))
        made = appoint(
            Nomination(
                officer=officer,
                post=post,
                place=place,
                since=clock.today(),
                document="first_admin",
            ),
            by=None,
            now=now,
        )
        if not isinstance(made, Appointment):
            raise CommandError("；".join(str(one) for one in made))
        return f"{made.title}  {username}  {handed.password}"
