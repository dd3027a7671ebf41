"""What may be wrong with a cell by itself, with a row, a heading or a sheet."""

from functools import partial
from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.identity import SOURCE as GB_11643
from registry.sheets.rules.rule import Level, Rule

_error = partial(Rule, level=Level.ERROR)
_warn = partial(Rule, level=Level.WARN)
_tidied = partial(Rule, level=Level.TIDIED)
_id = partial(_error, source=GB_11643)

_AS_TEXT: Final = _("请设为文本格式后重填")
_BY_CARD: Final = _("请对照身份证逐位核对")

CELLS: Final = (
    _error(code="error_cell", text=_("单元格是错误值%(value)s"), hint=_("请填写结果")),
    _error(
        code="number_not_text",
        text=_("号码是按数字存的，第16位起已经丢失"),
        hint=_AS_TEXT,
    ),
    _error(code="scientific", text=_("号码成了科学计数法，原数已丢失"), hint=_AS_TEXT),
    _id(
        code="id_lost_digits",
        text=_("号码末尾是0且校验位不符，疑被表格软件改动"),
        hint=_AS_TEXT,
    ),
    _id(code="id_15", text=_("是15位旧号码"), hint=_("请填现身份证上的18位号码")),
    _id(code="id_shape", text=_("证件号码应为18位，前17位为数字"), hint=_BY_CARD),
    _id(code="id_region", text=_("证件号码的地区代码不存在"), hint=_BY_CARD),
    _id(code="id_birth", text=_("证件号码中的出生日期不存在"), hint=_BY_CARD),
    _id(code="id_check_digit", text=_("证件号码校验位不符"), hint=_BY_CARD),
    _tidied(code="number_tidied", text=_("号码里的空格、全角字符或小写x已改正")),
    _tidied(code="name_tidied", text=_("姓名里多余的空格或看不见的字符已去掉")),
    _tidied(code="exact_number", text=_("号码是按数字存的，位数完整，已改为文本")),
    _tidied(code="date_serial", text=_("日期是按序号存的，已换算，请核对")),
    _error(
        code="date_shape",
        text=_("不是日期"),
        hint=_("请写成1950-01-01或1950年1月1日"),
    ),
    _error(
        code="date_ambiguous",
        text=_("看不出哪个是年、月、日"),
        hint=_("请写四位数的年份，如1950-01-05"),
    ),
    _error(code="date_incomplete", text=_("日期没有写到日"), hint=_("请补上日")),
    _error(code="number_shape", text=_("应为数字"), hint=_("不要写单位和文字")),
    _error(code="number_range", text=_("数字应在0至%(most)s之间")),
    _error(code="count_shape", text=_("应为整数")),
    _error(code="year_shape", text=_("应为四位数的年份")),
    _error(code="yes_no", text=_("应填“是”或“否”")),
    _error(
        code="code_unknown",
        text=_("“%(column)s”没有这一项"),
        hint=_("请从空白模板的下拉列表中选"),
    ),
    _error(code="phone_shape", text=_("联系电话应为7至12位数字")),
    _error(code="account_shape", text=_("银行卡号应全为数字")),
    _error(code="numbering_shape", text=_("编号应由数字或字母组成")),
    _error(code="text_long", text=_("超过%(most)d个字")),
    _error(code="text_broken", text=_("含有损坏的字符"), hint=_("请重新输入")),
    _error(
        code="text_private_use",
        text=_("含有自造字"),
        hint=_("请改用国家标准编码的字"),
    ),
    _error(code="required", text=_("“%(column)s”必须填写")),
)

SHEETS: Final = (
    _error(
        code="column_twice",
        text=_("“%(column)s”有两列"),
        hint=_("请删去一列，不能判断以哪列为准"),
    ),
    _error(
        code="column_missing",
        text=_("缺少“%(column)s”列"),
        hint=_("请对照空白模板补上"),
    ),
    _warn(code="column_unknown", text=_("不认识的列，没有读取")),
    _warn(code="sheet_left_out", text=_("工作表里没有户或人的表头，没有读取")),
    _warn(code="sheet_hidden", text=_("隐藏的工作表，没有读取")),
    _warn(code="row_hidden", text=_("隐藏的行，同样读取了")),
    _warn(code="columns_hidden", text=_("有隐藏的列，同样读取了")),
    _warn(code="row_without_key", text=_("没有姓名、证件号码和户编号，没有读取")),
    _tidied(code="total_row", text=_("合计行，没有读取")),
)
