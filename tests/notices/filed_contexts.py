"""What is filed, in fictitious contexts: a household's volume, objections and answers."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
AT = datetime(2018, 11, 12, 9, 30, tzinfo=CHINA)

HEADS = re.findall(
    r"\w+",
    "龙立春 石雨水 麻惊蛰 施春分 吴清明 杨谷雨 隆立夏 彭小满 田芒种 向夏至 "
    "石㛃 龙𬱖 龙小暑 石大暑 麻立秋 施处暑 吴白露 杨秋分 隆寒露 彭霜降 "
    "田立冬 向小雪 龙大雪 石冬至 麻小寒 施大寒 吴立春 杨雨水 隆惊蛰 彭春分 "
    "田清明 向谷雨 龙立夏 石小满 麻芒种 施夏至 吴小暑 杨大暑 隆立秋 彭处暑",
)


def public_rows(number: int) -> list[dict[str, Any]]:
    return [
        {
            "group": f"第{n % 6 + 1}村民小组",
            "head": HEADS[n % len(HEADS)],
            "size": n % 5 + 1,
        }
        for n in range(number)
    ]


FILED = {"file_number": "JF—433124110226—0007", "household_number": "4331241022260007"}
FILES: dict[str, Any] = {
    "file_cover": lambda n: {
        **FILED,
        "from_on": date(2014, 5, 6),
        "to_on": date(2018, 12, 20),
        "items": n,
        "pages": 2 * n,
        "retention": "永久",
    },
    "file_index": lambda n: {
        **FILED,
        "rows": [
            {
                "number": f"十村核查〔2018〕{each + 1}号",
                "issuer": "十八洞村村民委员会",
                "title": "入户核查表",
                "issued_on": date(2018, 10, 12),
                "pages": 2,
                "note": "" if each % 3 else "已被替换",
            }
            for each in range(n)
        ],
    },
}

OBJECTION = {
    "objection_number": "双镇异议〔2018〕1号",
    "notice_title": "第一次公示",
    "notice_number": "十村公示〔2018〕3号",
    "group": "第三村民小组",
    "head": "石㛃",
    "received_at": AT,
    "acknowledged_at": AT,
    "channel": "电话",
    "content": "该户在县城有门面出租，收入没有算进去。",
    "investigators": "麻大雪、施小寒",
    "finding": "经到县不动产登记中心查询，门面已于2016年转让，租金收入不存在。",
    "outcome": "不成立",
    "answered_at": datetime(2018, 11, 16, 15, 20, tzinfo=CHINA),
    "satisfied": None,
}


def register(n: int) -> dict[str, Any]:
    row = {
        "number": "双镇异议〔2018〕1号",
        "received_at": AT,
        "channel": "电话",
        "notice": "十村公示〔2018〕3号",
        "content": "该户在县城有门面出租，收入没有算进去。",
        "investigators": "麻大雪、施小寒",
        "finding": "经到县不动产登记中心查询，门面已于2016年转让。",
        "outcome": "不成立",
        "answered_at": AT,
        "satisfied": True,
    }
    return {
        "notice_title": "",
        "notice_number": "",
        "open_count": 0,
        "rows": [{**row, "household": r["group"] + r["head"]} for r in public_rows(n)],
    }


ANSWER = {
    **{key: value for key, value in OBJECTION.items() if key != "satisfied"},
    "consequence": "公示的名单不作更改。",
    "appeal_to": "花垣县人民政府",
    "hotline": "12317",
}
OBJECTIONS: dict[str, Any] = {
    "objection_record": lambda _: OBJECTION,
    "objection_answer": lambda _: ANSWER,
}
