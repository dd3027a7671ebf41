"""Members of a fictitious household, as a form lists them."""

from typing import Any

from tests.notices.filed_contexts import HEADS

RELATIONS = [
    "户主",
    "配偶",
    "之父",
    "之母",
    "之子",
    "之儿媳",
    "之女",
    "之孙子",
    "之孙女",
    "之子",
    "之女",
    "其他",
]
HEALTHS = ("长期慢性病", "健康", "残疾、长期慢性病", "患有大病", "健康")
LABOURS = ("弱劳动力或半劳动力", "普通劳动力", "丧失劳动力", "无劳动力", "技能劳动力")


def members(number: int = 4) -> list[dict[str, Any]]:
    """Return up to forty members; the largest household generated has five."""
    names = ("石㛃", "龙𬱖", *HEADS[12:])
    return [
        {
            "name": names[n],
            "relation": RELATIONS[n % len(RELATIONS)],
            "sex": "女" if n % 2 else "男",
            "age": 47 - 3 * n,
            "education": "小学" if n % 3 else "文盲或半文盲",
            "student": "义务教育阶段" if n % 5 == 4 else "",
            "health": HEALTHS[n % len(HEALTHS)],
            "labour": LABOURS[n % len(LABOURS)],
        }
        for n in range(number)
    ]
