"""R08 year-mismatch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, TextRule
from jixiao.check.wording import quoted
from jixiao.model import PerformanceText, Project

# A year of the text itself: not in a document's number, a range, a plan's name or a comparison.
_DOCUMENT = re.compile(
    r"[〔\[【(（]\s*(?:19|20)\d\d\s*年?\s*[〕\]】)）]\s*(?:第?\s*\d+\s*号?)?|《[^》]*》|“[^”]*”"
)
_RANGE = re.compile(
    r"(?:19|20)\d\d\s*年?(?:度)?\s*[-—–~～至到、和及]\s*(?:(?:19|20)\d\d|\d\d)\s*年?(?:度)?"
)
_YEAR = re.compile(
    r"(?P<before>.{0,3}?)(?<!\d)(?P<year>20[0-4]\d)\s*(?:年|[.\-/](?=\d{1,2}(?:[.\-/]\d|月|日|前|底)))"
    r"(?=(?P<after>度?.{0,12}))",
    re.DOTALL,
)
_ANY_YEAR = re.compile("20|２|二")
_MONTH = re.compile(r"^\d{1,2}月(?:\d{1,2}日|底|初|份)?")
_CHINESE_YEAR = re.compile("二[〇○零][一二三四][〇○零一二三四五六七八九](?=年)")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
# 比2022年增长、自2020年起、成立于1984年、偿还2022年欠款
_COMPARED = re.compile(
    "(?:较|比|与|自|从|(?<!用)于|以|据|按|截至|截止|超过|高于|低于|对|和|同|到|至"
    "|兑现|补发|补缴|补拨|偿还|清偿|归还|清算|结算|化解|编制|筹备|备战|谋划|申报|力争|争取|预计|拟)$"
)
# 2019年发行的债券、2022年建成的小区：说的是那一年做成的东西
_DONE_THEN = re.compile("^(?!之?前)[^的，。；、]{2,7}的")
_SINCE = (
    "以来",
    "以前",
    "之前",
    "起",
    "开始",
    "至",
    "到",
    "-",
    "—",
    "～",
    "基础",
    "相比",
    "同期",
    "末",
    "底相比",
    "结转",
    "结余",
    "度结",
    "度决算",
    "度考核",
    "考核",
    "未完",
    "续建",
    "欠",
    "遗留",
    "实际",
    "完成数",
    "启动",
    "开工",
    "立项",
    "竣工",
    "建成",
    "成立",
    "建立",
    "印发",
    "出台",
    "修订",
    "批准",
    "批复",
    "入库",
    "签订",
    "底前建",
    "第",
    "决算",
    "绩效",
    "自评",
    "审计",
    "部门预算",
)


class R08(TextRule):
    """项目的用途或目标说的是别的年度。

    与预算年度不同的年份，多是去年的文字没有改。文号里的年份、起止年份、与上年比较、以前年度结转的
    不算；项目名称本身就带这个年份的也不算。

    为什么：年度不对，这个项目到底是不是今年的事就说不清。

    反例：

        2022年预算，资金用途 2020年会议费支出

    正例：

        2022年预算，资金用途 2022年会议费支出
    """

    code = "R08"
    slug = "year-mismatch"
    title = "年度不符"
    severity = Severity.WARNING
    subject = "项目、绩效目标"
    policy = "《预算法》第十八条：预算年度自公历一月一日起，至十二月三十一日止"

    def find(self, text: PerformanceText) -> Iterator[Hit]:
        """Yield each project's purpose and goal that speaks of another year."""
        if text.year is None:
            return
        for position, project in enumerate(text.projects):
            yield from _of_project(project, position, text.year)


def _of_project(project: Project, position: int, budget_year: int) -> Iterator[Hit]:
    fields = [("purpose", "资金用途", project.purpose)]
    fields += [(f"goals.{n}", "绩效目标", goal) for n, goal in enumerate(project.goals)]
    for field, label, said in fields:
        other = _other_year(said or "", budget_year, project.name or "")
        if other is not None:
            yield Hit(
                field,
                f"{label}说的是{other}年，预算年度是{budget_year}年：{quoted(said)}",
                said or "",
                f"改为{budget_year}年的内容；确是以前年度结转或跨年的，写明“{other}年结转”",
                project=position,
            )


def _other_year(said: str, budget_year: int, name: str) -> int | None:
    if not _ANY_YEAR.search(said):
        return None
    if "二" in said:
        said = _CHINESE_YEAR.sub(lambda found: found[0].translate(_CHINESE_DIGITS), said)
    plain = _RANGE.sub("", _DOCUMENT.sub("", said.translate(_DIGITS)))
    years = list(_YEAR.finditer(plain))
    if any(int(found["year"]) == budget_year for found in years):
        return None  # 说了本年度，提到别的年份是在作比较
    for found in years:
        if found["year"] not in name and not _is_aside(found):
            return int(found["year"])
    return None


def _is_aside(found: re.Match[str]) -> bool:
    after = _MONTH.sub("", found["after"].removeprefix("度"))
    return bool(
        _COMPARED.search(found["before"].rstrip())
        or after.startswith(_SINCE)
        or _DONE_THEN.match(after)
        or any(word in after[:5] for word in ("结转", "结余", "欠", "以来", "考核", "奖励"))
    )
