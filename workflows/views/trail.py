"""The way down to a place: the places above it that the officer may read."""

from django.http import HttpRequest
from django.urls import reverse

from registry.models import Place
from registry.places import path
from workflows.views.access import territory_of


def place_trail(
    request: HttpRequest, here: Place, page: str, query: str = ""
) -> list[tuple[str, str]]:
    """Return names and addresses of one page for each place above; none for `here`."""
    territory = territory_of(request)
    above = [code for code in path(here.code)[:-1] if territory.covers(code)]
    names = Place.objects.in_bulk(above)
    asked = f"?{query}" if query else ""
    trail = [
        (names[code].name, reverse(page, args=[code]) + asked)
        for code in above
        if code in names
    ]
    return [*trail, (here.name, "")]
