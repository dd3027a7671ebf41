"""Why a file is not read, in sentences; the words come from the child process.

It must not know the file.
"""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.sheets.apart import faults

SENTENCES: Final[dict[str, str | Promise]] = {
    faults.NOT_A_SHEET: gettext_lazy("不是表格文件（看内容不看文件名）"),
    faults.MARKUP: gettext_lazy("是网页或XML，不是表格。请另存为xlsx后再传"),
    faults.OTHER_OFFICE: gettext_lazy("是别的办公文件。请另存为xlsx后再传"),
    faults.ENCRYPTED: gettext_lazy("文件有密码，打不开。请去掉密码后再传"),
    faults.MACROS: gettext_lazy("文件带有宏。请另存为不带宏的xlsx后再传"),
    faults.LINKS: gettext_lazy("文件连到别的文件或数据源。请断开链接后再传"),
    faults.EMBEDDED: gettext_lazy("文件里嵌有别的对象。请删去后再传"),
    faults.DTD: gettext_lazy("文件里有不应出现的文档定义，没有读取"),
    faults.BROKEN: gettext_lazy("文件已损坏，打不开"),
    faults.BOMB: gettext_lazy("文件解开后大到压缩前的%(most)s倍以上，没有读取"),
    faults.UNPACKED: gettext_lazy("文件解开后超过%(most)s MB，请分乡镇或分村上传"),
    faults.PARTS: gettext_lazy("文件的组成部分超过%(most)s个或有重名，没有读取"),
    faults.CELLS: gettext_lazy("超过%(most)s个单元格，请分乡镇或分村上传"),
    faults.AREA: gettext_lazy(
        "表格伸到第%(rows)s行、第%(columns)s列，中间大多是空的。"
        "请删去表格外的内容后再传"
    ),
    faults.CODING: gettext_lazy("文字编码不能识别。请存为UTF-8或GB 18030"),
    faults.GAVE_UP: gettext_lazy("文件太大或太复杂，读取时已中止。请分村上传"),
    "no_table": gettext_lazy("没有找到户或人的表头，请对照空白模板"),
}


def said_of(fault: str, numbers: dict[str, Any]) -> str:
    """Return the sentence for a file that was not read."""
    text = str(SENTENCES[fault])
    return text % numbers if numbers else text


def too_large(megabytes: int) -> str:
    """Return the sentence for a file that is not even kept."""
    return _("文件超过%(most)s MB，请分乡镇或分村上传") % {"most": megabytes}
