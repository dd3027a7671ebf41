"""与户主关系 in the words of the national system, which are coarser than GB/T 4761.

之子 stands for the only, the eldest and any other son: reading it must not undo what
the register knows better. It must not know any household.
"""

from typing import Final

from registry.kinship import Relation

_R = Relation

# Word -> the codes it stands for; the first is kept when nothing finer is known (Q42).
# What has no word of its own is 其他.
WORDS: Final[dict[str, tuple[Relation, ...]]] = {
    "户主": (_R.HEAD, _R.SELF),
    "配偶": (_R.SPOUSE, _R.HUSBAND, _R.WIFE),
    "之子": (
        _R.SON,
        _R.ONLY_SON,
        _R.SON_1,
        _R.SON_2,
        _R.SON_3,
        _R.SON_4,
        _R.SON_5,
        _R.ADOPTED_SON,
        _R.OTHER_SON,
    ),
    "之女": (
        _R.DAUGHTER,
        _R.ONLY_DAUGHTER,
        _R.DAUGHTER_1,
        _R.DAUGHTER_2,
        _R.DAUGHTER_3,
        _R.DAUGHTER_4,
        _R.DAUGHTER_5,
        _R.ADOPTED_DAUGHTER,
        _R.OTHER_DAUGHTER,
    ),
    "之儿媳": (_R.DAUGHTER_IN_LAW,),
    "之女婿": (_R.SON_IN_LAW,),
    "之孙子": (_R.GRANDSON,),
    "之孙女": (_R.GRANDDAUGHTER,),
    "之外孙子": (_R.DAUGHTERS_SON,),
    "之外孙女": (_R.DAUGHTERS_DAUGHTER,),
    "之父": (_R.FATHER, _R.STEP_FATHER),
    "之母": (_R.MOTHER, _R.STEP_MOTHER),
    "之岳父": (_R.WIFES_FATHER,),
    "之岳母": (_R.WIFES_MOTHER,),
    "之公公": (_R.HUSBANDS_FATHER,),
    "之婆婆": (_R.HUSBANDS_MOTHER,),
    "之祖父": (_R.GRANDFATHER,),
    "之祖母": (_R.GRANDMOTHER,),
    "之外祖父": (_R.MOTHERS_FATHER,),
    "之外祖母": (_R.MOTHERS_MOTHER,),
    "之兄弟姐妹": (
        _R.SIBLING,
        _R.ELDER_BROTHER,
        _R.YOUNGER_BROTHER,
        _R.ELDER_SISTER,
        _R.YOUNGER_SISTER,
        _R.OTHER_SIBLING,
    ),
    "之曾孙子": (_R.GREAT_GRANDSON,),
    "之曾孙女": (_R.GREAT_GRANDDAUGHTER,),
    "之侄儿": (_R.BROTHERS_SON,),
    "之侄女": (_R.BROTHERS_DAUGHTER,),
    # The word does not say whose wife: kin, and finer only when the register is.
    "之兄弟媳妇": (_R.OTHER_KIN, _R.ELDER_BROTHERS_WIFE, _R.YOUNGER_BROTHERS_WIFE),
    "之叔伯": (
        _R.FATHERS_YOUNGER_BROTHER,
        _R.FATHERS_ELDER_BROTHER,
    ),
}
_OTHER: Final = "其他"

# Beside the words of the system: those of GB/T 4761 itself, and some people write.
_ALSO: Final = {"其它": _R.OTHER, "妻子": _R.WIFE, "丈夫": _R.HUSBAND, "儿子": _R.SON}
_ALSO_KIN: Final = {"女儿": _R.DAUGHTER, "之妻": _R.WIFE, "之夫": _R.HUSBAND}


def vocabulary() -> dict[str, str]:
    """Return the words that are read beside GB/T 4761's own -> the code kept."""
    national = {word: codes[0].value for word, codes in WORDS.items()}
    spoken = {word: code.value for word, code in {**_ALSO, **_ALSO_KIN}.items()}
    return {**spoken, **national, _OTHER: Relation.OTHER.value}


def word_of(code: str) -> str:
    """Return the national system's word for a code; 其他 where it has none."""
    return _WORD_OF.get(code, _OTHER)


def keeps(known: str, read: str) -> bool:
    """Return whether a code read from a sheet says no more than the one known."""
    if known == read:
        return True
    meant = [codes for codes in WORDS.values() if codes[0] == read]
    if read == Relation.OTHER:
        return word_of(known) == _OTHER
    return any(known in codes for codes in meant)


# 97 is 其他亲属 first of all: only the two wives of brothers bear the word.
_WORD_OF: Final = {
    code.value: word
    for word, codes in WORDS.items()
    for code in codes
    if code is not _R.OTHER_KIN
}
