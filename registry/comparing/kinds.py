"""What departments can find about a person, and what becomes of a find.

Which kinds exclude is a rulebook's business; it must not be known here.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HitKind(TextChoices):
    """What was found; the first four are Xiangxi's 四类对象 (S0)."""

    PAYROLL = "payroll", _("财政供养人员")
    BUSINESS = "business", _("个体工商户或公司")
    HOUSING = "housing", _("商品房")
    VEHICLE = "vehicle", _("小汽车")
    COMPANY = "company", _("公司股东或高管")
    TAX = "tax", _("纳税登记")
    PENSION = "pension", _("职工养老待遇")
    MEDICAL = "medical", _("职工医保")
    DEATH = "death", _("已死亡")
    DROPOUT = "dropout", _("失学辍学")
    OTHER = "other", _("其他")


class Decision(TextChoices):
    """What became of a hit."""

    OPEN = "open", _("待处理")
    EXPLAINED = "explained", _("说明成立，不影响")
    ACCEPTED = "accepted", _("属实")
