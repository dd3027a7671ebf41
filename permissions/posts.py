"""The posts officials hold and the level each post sits on.

It must not know who holds them, nor any step of a procedure.
"""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.places import Level


class Post(models.TextChoices):
    """A post; its value is the slug stored, its label the Chinese title."""

    VILLAGE_COMMITTEE = "village_committee", _("村民委员会")
    WORK_TEAM = "work_team", _("驻村工作队")
    SUPERVISION_COMMITTEE = "supervision_committee", _("村务监督委员会")
    TOWNSHIP_CLERK = "township_clerk", _("乡镇经办")
    TOWNSHIP_LEADER = "township_leader", _("乡镇负责人")
    COUNTY_CLERK = "county_clerk", _("县级经办")
    COUNTY_LEADER = "county_leader", _("县级负责人")
    PREFECTURE_OFFICE = "prefecture_office", _("州级汇总")
    AUDITOR = "auditor", _("审计")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")

    # Groups, set below: inside the body the members do not exist yet.
    VILLAGE: ClassVar[frozenset["Post"]]
    TOWNSHIP: ClassVar[frozenset["Post"]]
    COUNTY: ClassVar[frozenset["Post"]]
    READERS: ClassVar[frozenset["Post"]]
    ADMINS: ClassVar[frozenset["Post"]]
    ACTING: ClassVar[frozenset["Post"]]
    READING: ClassVar[frozenset["Post"]]

    @property
    def level(self) -> Level | None:
        """Return the level of the places it sits on, or nothing for any level."""
        return _LEVELS.get(self)

    @property
    def acts(self) -> bool:
        """Return whether its holder may take a step on a case."""
        return self in Post.ACTING

    @property
    def reads(self) -> bool:
        """Return whether its holder reads the households of his place."""
        return self in Post.READING

    @property
    def permission(self) -> str:
        """Return the codename of the object permission it gives on a place."""
        return f"hold_{self.value}"


Post.VILLAGE = frozenset(
    {Post.VILLAGE_COMMITTEE, Post.WORK_TEAM, Post.SUPERVISION_COMMITTEE}
)
Post.TOWNSHIP = frozenset({Post.TOWNSHIP_CLERK, Post.TOWNSHIP_LEADER})
Post.COUNTY = frozenset({Post.COUNTY_CLERK, Post.COUNTY_LEADER})
Post.READERS = frozenset({Post.PREFECTURE_OFFICE, Post.AUDITOR})
Post.ADMINS = frozenset({Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDIT_ADMIN})
Post.ACTING = Post.VILLAGE | Post.TOWNSHIP | Post.COUNTY
Post.READING = Post.ACTING | Post.READERS

# An auditor and the three administrators may sit at any level, so they have none.
_LEVELS: Mapping[Post, Level] = {
    **dict.fromkeys(Post.VILLAGE, Level.VILLAGE),
    **dict.fromkeys(Post.TOWNSHIP, Level.TOWNSHIP),
    **dict.fromkeys(Post.COUNTY, Level.COUNTY),
    Post.PREFECTURE_OFFICE: Level.PREFECTURE,
}
