"""What a strict browser would refuse in an answer, and the headers it must carry."""

import re

from django.http import HttpResponse

from config.middleware import FEATURES, POLICY
from tests.workflows.test_views_markup import Page

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": FEATURES,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
EVENT = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
OUTSIDE = re.compile(r"\b(?:src|action|href)\s*=\s*[\"']\s*(?:javascript:|data:text)")


def faults(response: HttpResponse, content: str) -> list[str]:
    """Return everything that is wrong with the answer of one address."""
    found = [
        name for name, value in HEADERS.items() if response.headers.get(name) != value
    ]
    policy = response.headers.get("Content-Security-Policy", "")
    # A file has a policy of its own: the browser's viewer needs its own scripts.
    if "unsafe" in policy or not policy:
        found.append(f"policy: {policy}")
    if response.headers.get("Content-Type", "").startswith("text/html"):
        found += [] if policy == POLICY else ["another policy"]
        page = Page(content)
        found += page.inline + ["style"] * page.tags["style"]
        found += EVENT.findall(content) + OUTSIDE.findall(content)
    return found
