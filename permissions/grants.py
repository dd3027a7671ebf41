"""Guardian's door: the permissions that stand for posts, and their rows on places.

Written from the appointments in force and never by hand. It must not know why
somebody was appointed.
"""

from collections.abc import Collection
from datetime import date

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from permissions.models import Appointment, PlaceGrant
from permissions.posts import Post
from registry.models import Place


def make_permissions(using: str = "default") -> None:
    """Create the permission `hold_<post>` of every post on the place's type."""
    place = ContentType.objects.db_manager(using).get_for_model(Place)
    table = Permission.objects.using(using)
    present = set(table.filter(content_type=place).values_list("codename", flat=True))
    table.bulk_create(
        Permission(
            content_type=place,
            codename=post.permission,
            name=f"Holds the post {post.value}",
        )
        for post in Post
        if post.permission not in present
    )


def sync_grants(on: date) -> tuple[int, int]:
    """Make every object permission the exact effect of the appointments of a day.

    Effects: rows added and rows removed, whose numbers it returns; at most five
    statements whatever the number of officers.
    """
    return _sync(Appointment.objects.valid(on), PlaceGrant.objects.all())


def sync_officers(officer_ids: Collection[int], on: date) -> tuple[int, int]:
    """Do the same for some officers, after one of their appointments changed."""
    return _sync(
        Appointment.objects.valid(on).filter(officer_id__in=officer_ids),
        PlaceGrant.objects.filter(user_id__in=officer_ids),
    )


def _sync(
    causes: QuerySet[Appointment], effects: QuerySet[PlaceGrant]
) -> tuple[int, int]:
    permissions = _permission_ids()
    wanted = {
        (officer, permissions[Post(post).permission], place)
        for officer, post, place in causes.values_list("officer_id", "post", "place_id")
    }
    present = {
        (user, permission, place): pk
        for pk, user, permission, place in effects.values_list(
            "pk", "user_id", "permission_id", "content_object_id"
        )
    }
    surplus = [pk for key, pk in present.items() if key not in wanted]
    lacking = [
        PlaceGrant(user_id=user, permission_id=permission, content_object_id=place)
        for user, permission, place in sorted(wanted - present.keys())
    ]
    if surplus:
        PlaceGrant.objects.filter(pk__in=surplus).delete()
    if lacking:
        PlaceGrant.objects.bulk_create(lacking, ignore_conflicts=True)
    return len(lacking), len(surplus)


def _permission_ids() -> dict[str, int]:
    return dict(
        Permission.objects.filter(
            content_type__app_label="registry", content_type__model="place"
        ).values_list("codename", "pk")
    )
