"""The village's signatures under its list.

Know roles; whose signature is needed is the rulebook's.
"""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from procedures.forms import fields
from procedures.forms.filed import Filed
from procedures.forms.pictures import PhotosField
from procedures.forms.shown import Group
from procedures.models import Confirmation

ROLES = ("secretary", "village_head", "team_leader")


class ConfirmationForm(Filed):
    """村两委和驻村工作队核实: the names under the signed list, and its photo."""

    slug = "confirmation"
    title = _("村级核实签字")
    picture = "photo"
    groups: ClassVar = (
        Group(_("签字人"), ROLES),
        Group(_("签字名单"), ("confirmed_on", "photo")),
    )

    secretary = fields.NameField(label=_("村党组织书记"), required=False)
    village_head = fields.NameField(label=_("村民委员会主任"), required=False)
    team_leader = fields.NameField(label=_("驻村工作队队长"), required=False)
    confirmed_on = fields.DayField(label=_("签字日期"))
    photo = PhotosField(label=_("签字名单照片"))

    class Meta:
        model = Confirmation
        fields = (*ROLES, "confirmed_on")

    def prepare(self) -> None:
        signers = self.rulebook["village_signers"]
        for role in self.rulebook.words(signers.key):
            self.fields[role].required = True
            fields.quote(self, role, signers.cited)
