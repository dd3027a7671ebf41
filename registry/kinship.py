"""Relation to the head of the household, GB/T 4761-2008, two-digit codes (G4, G5).

It must not know any household.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Relation(TextChoices):
    """与户主关系."""

    SELF = "01", _("本人")
    HEAD = "02", _("户主")
    SPOUSE = "10", _("配偶")
    HUSBAND = "11", _("夫")
    WIFE = "12", _("妻")
    SON = "20", _("子")
    ONLY_SON = "21", _("独生子")
    SON_1 = "22", _("长子")
    SON_2 = "23", _("次子")
    SON_3 = "24", _("三子")
    SON_4 = "25", _("四子")
    SON_5 = "26", _("五子")
    ADOPTED_SON = "27", _("养子或继子")
    SON_IN_LAW = "28", _("女婿")
    OTHER_SON = "29", _("其他儿子")
    DAUGHTER = "30", _("女")
    ONLY_DAUGHTER = "31", _("独生女")
    DAUGHTER_1 = "32", _("长女")
    DAUGHTER_2 = "33", _("次女")
    DAUGHTER_3 = "34", _("三女")
    DAUGHTER_4 = "35", _("四女")
    DAUGHTER_5 = "36", _("五女")
    ADOPTED_DAUGHTER = "37", _("养女或继女")
    DAUGHTER_IN_LAW = "38", _("儿媳")
    OTHER_DAUGHTER = "39", _("其他女儿")
    GRANDCHILD = "40", _("孙子、孙女或外孙子、外孙女")
    GRANDSON = "41", _("孙子")
    GRANDDAUGHTER = "42", _("孙女")
    DAUGHTERS_SON = "43", _("外孙子")
    DAUGHTERS_DAUGHTER = "44", _("外孙女")
    GRANDSONS_WIFE = "45", _("孙媳妇或外孙媳妇")
    GRANDDAUGHTERS_HUSBAND = "46", _("孙女婿或外孙女婿")
    GREAT_GRANDSON = "47", _("曾孙子或外曾孙子")
    GREAT_GRANDDAUGHTER = "48", _("曾孙女或外曾孙女")
    OTHER_GRANDCHILD = "49", _("其他孙辈")
    PARENT = "50", _("父母")
    FATHER = "51", _("父亲")
    MOTHER = "52", _("母亲")
    HUSBANDS_FATHER = "53", _("公公")
    HUSBANDS_MOTHER = "54", _("婆婆")
    WIFES_FATHER = "55", _("岳父")
    WIFES_MOTHER = "56", _("岳母")
    STEP_FATHER = "57", _("继父或养父")
    STEP_MOTHER = "58", _("继母或养母")
    OTHER_PARENT = "59", _("其他父母关系")
    GRANDPARENT = "60", _("祖父母或外祖父母")
    GRANDFATHER = "61", _("祖父")
    GRANDMOTHER = "62", _("祖母")
    MOTHERS_FATHER = "63", _("外祖父")
    MOTHERS_MOTHER = "64", _("外祖母")
    SPOUSES_GRANDPARENT = "65", _("配偶的祖父母或外祖父母")
    GREAT_GRANDFATHER = "66", _("曾祖父")
    GREAT_GRANDMOTHER = "67", _("曾祖母")
    SPOUSES_GREAT_GRANDPARENT = "68", _("配偶的曾祖父母或外曾祖父母")
    OTHER_GRANDPARENT = "69", _("其他祖辈")
    SIBLING = "70", _("兄弟姐妹")
    ELDER_BROTHER = "71", _("兄")
    ELDER_BROTHERS_WIFE = "72", _("嫂")
    YOUNGER_BROTHER = "73", _("弟")
    YOUNGER_BROTHERS_WIFE = "74", _("弟媳")
    ELDER_SISTER = "75", _("姐姐")
    ELDER_SISTERS_HUSBAND = "76", _("姐夫")
    YOUNGER_SISTER = "77", _("妹妹")
    YOUNGER_SISTERS_HUSBAND = "78", _("妹夫")
    OTHER_SIBLING = "79", _("其他兄弟姐妹")
    OTHER = "80", _("其他")
    FATHERS_ELDER_BROTHER = "81", _("伯父")
    FATHERS_ELDER_BROTHERS_WIFE = "82", _("伯母")
    FATHERS_YOUNGER_BROTHER = "83", _("叔父")
    FATHERS_YOUNGER_BROTHERS_WIFE = "84", _("婶母")
    MOTHERS_BROTHER = "85", _("舅父")
    MOTHERS_BROTHERS_WIFE = "86", _("舅母")
    MOTHERS_SISTERS_HUSBAND = "87", _("姨父")
    MOTHERS_SISTER = "88", _("姨母")
    FATHERS_SISTERS_HUSBAND = "89", _("姑父")
    FATHERS_SISTER = "90", _("姑母")
    PATERNAL_COUSIN = "91", _("堂兄弟、堂姐妹")
    MATERNAL_COUSIN = "92", _("表兄弟、表姐妹")
    BROTHERS_SON = "93", _("侄子")
    BROTHERS_DAUGHTER = "94", _("侄女")
    SISTERS_SON = "95", _("外甥")
    SISTERS_DAUGHTER = "96", _("外甥女")
    OTHER_KIN = "97", _("其他亲属")
    NOT_KIN = "99", _("非亲属")


SPOUSES = frozenset({Relation.SPOUSE, Relation.HUSBAND, Relation.WIFE})

# Whose sex the relation itself settles; the rest may be either.
_MALE = "11 20-29 41 43 46 47 51 53 55 57 61 63 66 71 73 76 78 81 83 85 87 89 93 95"
_FEMALE = "12 30-39 42 44 45 48 52 54 56 58 62 64 67 72 74 75 77 82 84 86 88 90 94 96"


def _expand(ranges: str) -> frozenset[Relation]:
    codes: set[Relation] = set()
    for part in ranges.split():
        low, _dash, high = part.partition("-")
        span = range(int(low), int(high or low) + 1)
        codes.update(Relation(f"{code:02d}") for code in span)
    return frozenset(codes)


MALE = _expand(_MALE)
FEMALE = _expand(_FEMALE)
