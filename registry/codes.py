"""The code lists of the register: what may stand in a household or person column.

Sources: P9, P12, P13, G10 (forms), G11, Q42, Q44 (national system exports). It must
not know how a value is stored or who may change it. Relations and nationalities, two
national standards, live in `kinship.py` and `nationalities.py`.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Standing(TextChoices):
    """Where a household stands on the register."""

    UNREGISTERED = "unregistered", _("未建档")
    REGISTERED = "registered", _("建档立卡（未脱贫）")
    EXITED = "exited", _("已脱贫")
    REMOVED = "removed", _("已清退")


# Registered, or registered and exited since; whom a removal may concern.
ON_THE_BOOKS = frozenset({Standing.REGISTERED, Standing.EXITED})


class ExitStatus(TextChoices):
    """脱贫状态 of the national system, with its codes (aar010, Q44)."""

    NOT_EXITED = "0", _("未脱贫")
    EXITED_WITH_POLICY = "1", _("已脱贫（享受政策）")
    RELAPSED = "3", _("返贫")
    EXITED_WITHOUT_POLICY = "4", _("已脱贫（不再享受政策）")


class Attribute(TextChoices):
    """贫困户属性 with the national system's codes (aac006, Q44).

    The 2014 form (P9) also knew 低保户 and 五保户; they read as 04 and 06.
    """

    GENERAL_POOR = "01", _("一般贫困户")
    LOW_INCOME_EXITED = "02", _("低保脱贫户")
    DESTITUTE_EXITED = "03", _("特困供养脱贫户")
    LOW_INCOME_POOR = "04", _("低保贫困户")
    GENERAL_EXITED = "05", _("一般脱贫户")
    DESTITUTE_POOR = "06", _("特困供养贫困户")
    LOW_INCOME_DESTITUTE_POOR = "07", _("低保特困供养贫困户")
    LOW_INCOME_DESTITUTE = "08", _("低保特困供养户")

    @property
    def after_exit(self) -> "Attribute":
        """Return what the attribute becomes when the household has exited."""
        return _AFTER_EXIT.get(self, self)

    @property
    def before_exit(self) -> "Attribute":
        """Return what it becomes when the household is registered (again)."""
        return _BEFORE_EXIT.get(self, self)


_AFTER_EXIT = {
    Attribute.GENERAL_POOR: Attribute.GENERAL_EXITED,
    Attribute.LOW_INCOME_POOR: Attribute.LOW_INCOME_EXITED,
    Attribute.DESTITUTE_POOR: Attribute.DESTITUTE_EXITED,
    Attribute.LOW_INCOME_DESTITUTE_POOR: Attribute.LOW_INCOME_DESTITUTE,
}
_BEFORE_EXIT = {after: before for before, after in _AFTER_EXIT.items()}


class Cause(TextChoices):
    """致贫原因: one main cause and at most two others (P9, G10)."""

    ILLNESS = "illness", _("因病")
    DISABILITY = "disability", _("因残")
    SCHOOLING = "schooling", _("因学")
    DISASTER = "disaster", _("因灾")
    NO_LAND = "no_land", _("缺土地")
    NO_WATER = "no_water", _("缺水")
    NO_SKILL = "no_skill", _("缺技术")
    NO_LABOUR = "no_labour", _("缺劳力")
    NO_CAPITAL = "no_capital", _("缺资金")
    REMOTENESS = "remoteness", _("交通条件落后")
    NO_DRIVE = "no_drive", _("自身发展动力不足")
    MARRIAGE = "marriage", _("因婚")
    FUNERAL = "funeral", _("因丧")
    OTHER = "other", _("其他")


class Health(TextChoices):
    """健康状况; several may hold together, but not with healthy (P12, G10)."""

    HEALTHY = "healthy", _("健康")
    CHRONIC = "chronic", _("长期慢性病")
    SERIOUS = "serious", _("患有大病")
    DISABLED = "disabled", _("残疾")


class Labour(TextChoices):
    """劳动技能 (P13, G10)."""

    ORDINARY = "ordinary", _("普通劳动力")
    SKILLED = "skilled", _("技能劳动力")
    WEAK = "weak", _("弱劳动力或半劳动力")
    LOST = "lost", _("丧失劳动力")
    NONE = "none", _("无劳动力")

    @property
    def works(self) -> bool:
        """Return whether the person counts among the household's labourers."""
        return self in {Labour.ORDINARY, Labour.SKILLED, Labour.WEAK}


class Education(TextChoices):
    """文化程度, empty for those still at school (G10, Q42)."""

    ILLITERATE = "illiterate", _("文盲或半文盲")
    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初中")
    SENIOR = "senior", _("高中")
    COLLEGE = "college", _("大专")
    UNIVERSITY = "university", _("本科及以上")


class StudentStatus(TextChoices):
    """在校生状况 (Q42)."""

    TODDLER = "toddler", _("学龄前儿童")
    KINDERGARTEN = "kindergarten", _("学前教育")
    PRIMARY = "primary", _("小学")
    JUNIOR_1 = "junior_1", _("七年级")
    JUNIOR_2 = "junior_2", _("八年级")
    JUNIOR_3 = "junior_3", _("九年级")
    SENIOR_1 = "senior_1", _("普通高中一年级")
    SENIOR_2 = "senior_2", _("普通高中二年级")
    SENIOR_3 = "senior_3", _("普通高中三年级")
    VOCATIONAL_1 = "vocational_1", _("中职一年级")
    VOCATIONAL_2 = "vocational_2", _("中职二年级")
    VOCATIONAL_3 = "vocational_3", _("中职三年级")
    COLLEGE_1 = "college_1", _("高职高专一年级")
    COLLEGE_2 = "college_2", _("高职高专二年级")
    COLLEGE_3 = "college_3", _("高职高专三年级")
    TECHNICIAN_1 = "technician_1", _("技师学院一年级")
    TECHNICIAN_2 = "technician_2", _("技师学院二年级")
    TECHNICIAN_3 = "technician_3", _("技师学院三年级")
    TECHNICIAN_4 = "technician_4", _("技师学院四年级")
    BACHELOR_1 = "bachelor_1", _("本科一年级")
    BACHELOR_2 = "bachelor_2", _("本科二年级")
    BACHELOR_3 = "bachelor_3", _("本科三年级")
    BACHELOR_4 = "bachelor_4", _("本科四年级")
    BACHELOR_5 = "bachelor_5", _("本科五年级")
    GRADUATE = "graduate", _("硕士研究生及以上")


class HousingGrade(TextChoices):
    """住房安全等级: A and B are safe, C and D dangerous (N6, S1)."""

    A = "A", _("A级")
    B = "B", _("B级")
    C = "C", _("C级")
    D = "D", _("D级")

    @property
    def safe(self) -> bool:
        """Return whether the house needs no repair before an exit."""
        return self in {HousingGrade.A, HousingGrade.B}


class Sex(TextChoices):
    """性别, GB/T 2261.1."""

    MALE = "1", _("男")
    FEMALE = "2", _("女")
