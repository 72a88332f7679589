"""Forms as other places write them: each function lays one project out in a habit of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from forms.blocks import Block, Builder, Cell, Form, Para
from forms.parts import (
    HEBEI,
    SHORT,
    Columns,
    Project,
    below,
    carries,
    goals_text,
    header,
    indicator_cells,
    unit_line,
)

Made = tuple[list[Block], Project]


def money(project: Project) -> str:
    """Return the unit of money."""
    return project["budget"]["money_unit"]


def indicators(table: Builder, project: Project, columns: Columns, levels: str = "merged") -> None:
    """Add an indicator table with its header."""
    table.add(*header(columns))
    for row in indicator_cells(project["indicators"], columns, levels):
        table.add(*row)


def kept(project: Project, columns: Columns, *fields: str, unit: Sequence[str] = ()) -> Project:
    """Return what a form carries of a project."""
    return carries(project, columns, fields, unit)


# ── what stands around the fields ─────────────────────────────────────────────
def extras(project: Project, year: int) -> Made:
    """Rows that the model has no field for: attribute, period, person, telephone, grounds."""
    table = Builder(7)
    table.add("项目名称", Cell(project["name"], cols=3), "项目编码", project["code"])
    table.add("主管部门", Cell("县财政局", cols=3), "实施单位", project["unit"]["name"])
    table.add("项目属性", Cell("经常性项目", cols=3), "项目期", f"{year}年1月-{year}年12月")
    table.add("项目负责人", Cell("张建国", cols=3), "联系电话", "0319-8212345")
    table.add("分管县领导", Cell("李副县长", cols=3), "是否纳入民生工程", "否")
    table.add(
        "立项依据",
        "《关于进一步加强预算绩效管理的实施意见》（冀办发[2018]54号）\n县政府常务会议纪要第12期",
    )
    table.add(
        "项目资金（万元）",
        "年度资金总额：",
        project["budget"]["total"],
        "其中：财政拨款",
        project["budget"]["fiscal"],
        "其他资金",
        project["budget"]["other"],
    )
    table.add("年度绩效目标", goals_text(project["goals"], "dot"))
    table.add("其他需要说明的问题", "无")
    indicators(table, project, SHORT)
    expect = kept(project, SHORT, "name", "code", "budget", "goals", unit=("name",))
    expect["budget"]["money_unit"] = "万元"
    expect["department"] = {"name": "县财政局"}
    expect["extra"] = {
        "项目属性": "经常性项目", "项目期": f"{year}年1月-{year}年12月", "项目负责人": "张建国",
        "联系电话": "0319-8212345", "分管县领导": "李副县长", "是否纳入民生工程": "否",
        "立项依据": "《关于进一步加强预算绩效管理的实施意见》（冀办发[2018]54号）县政府常务会议纪要第12期",
        "其他需要说明的问题": "无",
    }  # fmt: skip
    return [Para("项目支出绩效目标表", "title"), Para(f"（{year}年度）"), table.grid()], expect


def signed(project: Project, year: int) -> Made:
    """Title, year, unit and money unit as the grid's first rows; who filled it in as its last."""
    table = Builder(8)
    table.add(f"{year}年度项目支出绩效目标申报表")
    table.add(
        Cell(f"填报单位（盖章）：{unit_line(project['unit'])}", cols=6),
        f"金额单位：{money(project)}",
    )
    table.add("项目名称", Cell(project["name"], cols=3), "项目代码", project["code"])
    table.add(
        "年度资金总额",
        Cell(project["budget"]["total"], kind="amount"),
        "其中：财政拨款",
        Cell(project["budget"]["fiscal"], kind="amount"),
        "其他资金",
        project["budget"]["other"],
    )
    table.add("资金用途", project["purpose"])
    table.add("年度总体目标", goals_text(project["goals"], "label"))
    columns: Columns = (*HEBEI, ("weight", "分值"), ("remark", "备注"))
    indicators(table, project, columns)
    table.add(Cell("合计", cols=6), "90", "")
    table.add(
        Cell("单位负责人：王志强", cols=2),
        Cell("填表人：刘敏", cols=2),
        Cell("联系电话：0319-8212345", cols=2),
        Cell("填报日期：2024年1月9日", cols=2),
    )
    expect = kept(
        project, columns, "name", "code", "budget", "purpose", "goals", unit=("code", "name")
    )
    expect["extra"] = {
        "单位负责人": "王志强",
        "填表人": "刘敏",
        "联系电话": "0319-8212345",
        "填报日期": "2024年1月9日",
    }
    return [table.grid(), Para("")], expect


def inline(project: Project, year: int) -> Made:
    """Label and value share each cell; the goals stand under their label in one."""
    table = Builder(6)
    table.add(Cell(f"项目编码：{project['code']}", cols=3), f"项目名称：{project['name']}")
    table.add(
        Cell(f"预算单位：{unit_line(project['unit'])}", cols=3),
        f"预算数：{project['budget']['total']}{money(project)}",
    )
    table.add(Cell(f"资金用途：{project['purpose']}", cols=6))
    table.add(Cell("绩效目标：\n" + goals_text(project["goals"], "comma"), cols=6))
    indicators(table, project, HEBEI, "repeated")
    expect = kept(project, HEBEI, "name", "code", "purpose", "goals", unit=("code", "name"))
    expect["budget"] = {"total": project["budget"]["total"], "money_unit": money(project)}
    return [Para("项目绩效目标表", "title"), table.grid()], expect


def sections(project: Project, year: int) -> Made:
    """The form in numbered parts; amounts under their labels; quarters; year in the labels."""
    table = Builder(6)
    table.add("一、项目基本情况")
    table.add("二级项目名称", Cell(project["name"], cols=2), "二级项目编码", project["code"])
    table.add("一级项目名称", Cell("部门履职类项目", cols=2), "项目类别", "特定目标类")
    table.add("二、资金情况")
    table.add(
        Cell(f"{year}年预算数（{money(project)}）", cols=2),
        Cell("其中：财政资金", cols=2),
        "其他资金",
    )
    table.add(
        Cell(project["budget"]["total"], cols=2, kind="amount"),
        Cell(project["budget"]["fiscal"], cols=2, kind="amount"),
        project["budget"]["other"],
    )
    table.add(Cell("支出进度计划", rows=2), "一季度", "二季度", Cell("三季度", cols=2), "四季度")
    table.add(
        *(Cell(project["plan"][month], kind="percent") for month in ("03", "06")),
        Cell("75%", cols=2),
        project["plan"]["12"],
    )
    table.add("三、绩效目标及指标")
    table.add("绩效目标", goals_text(project["goals"], "round"))
    columns: Columns = (*SHORT, ("basis", "指标值设定依据"), ("remark", "备注"))
    indicators(table, project, columns, "merged2")
    expect = kept(project, columns, "name", "code", "budget", "goals")
    plan = project["plan"]
    expect["plan"] = {"03": plan["03"], "06": plan["06"], "09": "75%", "12": plan["12"]}
    expect["extra"] = {"一级项目名称": "部门履职类项目", "项目类别": "特定目标类"}
    return [Para(f"{year}年项目支出绩效目标批复表", "title"), table.grid()], expect


def numbered_goals(project: Project, year: int) -> Made:
    """Goals in rows of their own, labelled 目标内容1."""
    table = Builder(6)
    table.add("项目名称", Cell(project["name"], cols=2), "项目编码", project["code"])
    table.add(
        "预算金额（元）", Cell(project["budget"]["total"], cols=2), "资金用途", project["purpose"]
    )
    for at, goal in enumerate(project["goals"], 1):
        left = [Cell("绩效目标", rows=len(project["goals"]))] if at == 1 else []
        table.add(*left, f"目标内容{at}", goal)
    indicators(table, project, HEBEI, "sparse")
    expect = kept(project, HEBEI, "name", "code", "purpose", "goals")
    expect["budget"] = {"total": project["budget"]["total"], "money_unit": "元"}
    return [Para("项目绩效目标表", "title"), Para(f"（{year}年度）"), table.grid()], expect


# ── how the indicators are written ────────────────────────────────────────────
GROUPED: Columns = (
    ("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"), ("op", "计算符号"),
    ("number", "指标值"), ("unit", "计量单位"), ("basis", "指标值确定依据"),
)  # fmt: skip


def _head(table: Builder, project: Project) -> None:
    table.add("项目编码", Cell(project["code"], cols=2), "项目名称", project["name"])
    table.add(
        f"预算数（{money(project)}）",
        Cell(project["budget"]["total"], cols=2),
        "预算单位",
        unit_line(project["unit"]),
    )
    table.add("绩效目标", goals_text(project["goals"], "dot"))


def _head_kept(project: Project, columns: Columns) -> Project:
    expect = kept(project, columns, "name", "code", "goals", unit=("code", "name"))
    expect["budget"] = {"total": project["budget"]["total"], "money_unit": money(project)}
    return expect


def two_row_header(project: Project, year: int) -> Made:
    """A header in two rows: 绩效指标 over the levels, 年度指标值 over sign, number and unit."""
    table = Builder(7)
    _head(table, project)
    table.add(Cell("绩效指标", cols=3), Cell("年度指标值", cols=3), Cell("指标值确定依据", rows=2))
    table.add(*(name for _, name in GROUPED[:-1]))
    for row in indicator_cells(project["indicators"], GROUPED):
        table.add(*row)
    return [Para("项目绩效目标表", "title"), table.grid()], _head_kept(project, GROUPED)


def level_rows(project: Project, year: int) -> Made:
    """Level 1 in rows of its own across the table."""
    columns: Columns = (
        ("level2", "二级指标"),
        ("name", "三级指标"),
        ("description", "指标解释"),
        ("value", "目标值"),
        ("weight", "权重"),
    )
    table = Builder(5)
    table.add("项目编码", project["code"], "项目名称", project["name"])
    table.add("绩效目标", goals_text(project["goals"], "dot"))
    table.add(*header(columns))
    for level in dict.fromkeys(one["level1"] for one in project["indicators"]):
        table.add(level)
        chosen = [one for one in project["indicators"] if one["level1"] == level]
        for row in indicator_cells(chosen, columns, "merged2"):
            table.add(*row)
    expect = kept(project, (*columns, ("level1", "")), "name", "code", "goals")
    return [Para("项目绩效目标表", "title"), table.grid()], expect


GRADED: Columns = (
    ("level1", "一级指标"), ("level2", "二级指标"), ("name", "绩效指标"), ("description", "绩效指标描述"),
    ("value", "指标值"),
)  # fmt: skip


def graded(project: Project, year: int) -> Made:
    """评价标准 优、良、中、差 beside each indicator, as in the older provincial form."""
    table = Builder(9)
    _head(table, project)
    table.add(*(Cell(name, rows=2) for _, name in GRADED), Cell("评价标准", cols=4))
    table.add("优", "良", "中", "差")
    for row in indicator_cells(project["indicators"], GRADED, "repeated"):
        table.add(*row, "≥95%", "90%-95%", "80%-90%", "<80%")
    expect = _head_kept(project, GRADED)
    for one in expect["indicators"]:
        one["extra"] = {"优": "≥95%", "良": "90%-95%", "中": "80%-90%", "差": "<80%"}
    return [Para("项目绩效目标表", "title"), table.grid()], expect


def repeated_header(project: Project, year: int) -> Made:
    """The header again in the middle of one grid, as a page that was glued together has it."""
    table = Builder(6)
    _head(table, project)
    rows = indicator_cells(project["indicators"], HEBEI, "repeated")
    for at in range(0, len(rows), 4):
        table.add(*header(HEBEI))
        for row in rows[at : at + 4]:
            table.add(*row)
    return [Para("项目绩效目标表", "title"), table.grid()], _head_kept(project, HEBEI)


def padded_rows(project: Project, year: int) -> Made:
    """Rows left blank for more indicators, and an ellipsis, as the empty form has them."""
    table = Builder(6)
    _head(table, project)
    indicators(table, project, HEBEI)
    for filler in ("……", ""):
        table.add("", "", filler, "", "", "")
    return [Para("项目绩效目标表", "title"), table.grid()], _head_kept(project, HEBEI)


def torn_row(project: Project, year: int) -> Made:
    """A page end cuts a row: its last words stand alone in the first row of the next page."""
    rows = indicator_cells(project["indicators"], HEBEI, "repeated")
    at = next(
        (n for n, one in enumerate(project["indicators"]) if len(one["description"]) > 5 and n), 1
    )
    cut = project["indicators"][at]["description"]
    first, rest = cut[:4], cut[4:]
    rows[at] = [
        Cell(first) if key == "description" else cell
        for (key, _), cell in zip(HEBEI, rows[at], strict=True)
    ]
    table = Builder(6)
    _head(table, project)
    table.add(*header(HEBEI))
    for row in rows[: at + 1]:
        table.add(*row)
    second = Builder(6)
    second.add(*header(HEBEI))
    if rest:
        second.add("", "", "", rest, "", "")
    for row in rows[at + 1 :]:
        second.add(*row)
    blocks = [Para("项目绩效目标表", "title"), table.grid(), Para("- 3 -", "page"), second.grid()]
    return blocks, _head_kept(project, HEBEI)


def goal_column(project: Project, year: int) -> Made:
    """The goal merged down beside its indicators, in a column of the indicator table."""
    table = Builder(6)
    table.add("项目编码", Cell(project["code"], cols=2), "项目名称", project["name"])
    table.add("年度绩效目标", *header(HEBEI[:5]))
    rows = indicator_cells(project["indicators"], HEBEI[:5])
    for at, row in enumerate(rows):
        goal = [Cell(goals_text(project["goals"], "dot"), rows=len(rows))] if at == 0 else []
        table.add(*goal, *row)
    expect = kept(project, HEBEI[:5], "name", "code", "goals")
    return [Para("项目绩效目标表", "title"), table.grid()], expect


def side_letters(project: Project, year: int) -> Made:
    """绩效目标 and 绩效指标 letter under letter down the left side, with a sequence number."""
    columns: Columns = (
        ("seq", "序号"),
        *HEBEI[:3],
        ("value", "绩效标准"),
        ("formula", "指标解释及计算公式"),
    )
    table = Builder(7)
    table.add(
        Cell(below("项目信息"), rows=2),
        "项目名称",
        Cell(project["name"], cols=2),
        "项目编码",
        project["code"],
    )
    table.add("预算金额", Cell(project["budget"]["total"], cols=2), "计量单位", money(project))
    table.add(below("绩效目标"), goals_text(project["goals"], "round"))
    rows = indicator_cells(project["indicators"], columns)
    table.add(Cell(below("绩效指标"), rows=len(rows) + 1), *header(columns))
    for row in rows:
        table.add(*row)
    expect = kept(project, columns, "name", "code", "goals")
    expect["budget"] = {"total": project["budget"]["total"], "money_unit": money(project)}
    return [Para("项目绩效目标表", "title"), table.grid()], expect


# ── several projects ──────────────────────────────────────────────────────────
def each(
    make: Callable[[Project, int], Made],
) -> Callable[[dict[str, Any]], tuple[list[Block], list[Project]]]:
    """Return a layout of all projects of a text, each in the same habit."""

    def lay(text: dict[str, Any]) -> tuple[list[Block], list[Project]]:
        blocks: list[Block] = []
        expect = []
        for project in text["projects"]:
            made, said = make(project, text["year"])
            blocks += [*made, Para("")]
            expect.append(said)
        return blocks, expect

    return lay


def stacked(text: dict[str, Any]) -> tuple[list[Block], list[Project]]:
    """All forms one under the other in one grid, a blank row between, as one sheet has them."""
    table = Builder(6)
    expect = []
    for project in text["projects"]:
        _head(table, project)
        indicators(table, project, HEBEI)
        table.add("")
        expect.append(_head_kept(project, HEBEI))
    return [Para(f"{text['year']}年度项目绩效目标表", "title"), table.grid()], expect


def with_list(text: dict[str, Any]) -> tuple[list[Block], list[Project]]:
    """A list of the projects before their forms: it names them, and makes no more of them."""
    table = Builder(4)
    table.add("序号", "项目名称", f"预算数（{money(text['projects'][0])}）", "项目编码")
    for at, project in enumerate(text["projects"], 1):
        table.add(str(at), project["name"], project["budget"]["total"], project["code"])
    blocks, expect = each(lambda project, _: _plain(project))(text)
    title = Para(f"{text['year']}年部门预算项目绩效目标汇总表", "title")
    return [title, table.grid(), Para(""), *blocks], expect


def _plain(project: Project) -> Made:
    table = Builder(6)
    _head(table, project)
    indicators(table, project, HEBEI)
    return [Para("项目绩效目标表", "title"), table.grid()], _head_kept(project, HEBEI)


UNITS = (
    ("360001", "清河县教育局本级"),
    ("360002", "清河县第一中学"),
    ("360003", "清河县特殊教育学校"),
)


def several_units(text: dict[str, Any]) -> Form:
    """One text with the projects of several units, each table with its own unit and code."""
    blocks: list[Block] = [
        Para("清河县教育局", "cover"),
        Para(f"{text['year']}年部门预算绩效文本", "cover"),
    ]
    expect = []
    for at, project in enumerate(text["projects"] * 2):
        code, name = UNITS[at % 3]
        own = {**project, "unit": {"code": code, "name": name}, "name": f"{project['name']}{at}"}
        table = Builder(7)
        table.add(Cell(f"{code}{name}", cols=5), f"单位：{money(own)}")
        table.add("项目编码", Cell(own["code"], cols=2), "项目名称", own["name"])
        table.add("预算数", Cell(own["budget"]["total"], cols=2), "资金用途", own["purpose"])
        table.add("绩效目标", goals_text(own["goals"], "dot"))
        second = Builder(6)
        indicators(second, own, HEBEI)
        blocks += [
            Para(f"{at + 1}.{''.join(own['name'].split(chr(10)))}绩效目标表", "heading"),
            table.grid(),
            Para(""),
            second.grid(),
            Para(""),
        ]
        said = kept(own, HEBEI, "name", "code", "purpose", "goals", unit=("code", "name"))
        said["budget"] = {"total": own["budget"]["total"], "money_unit": money(own)}
        expect.append(said)
    codes = [one["code"][:6] for one in expect if len(one["code"]) > 10]
    region = {"code": max(codes, key=codes.count)} if codes else {}
    top = {
        "year": text["year"],
        "unit": {"name": "清河县教育局"},
        "region": {**region, "name": "清河县"},
    }
    return Form(
        blocks,
        {**top, "projects": expect},
        [],
        ["清河县教育局", f"{text['year']}年部门预算绩效文本"],
    )


def only_one(text: dict[str, Any]) -> tuple[list[Block], list[Project]]:
    """One table and nothing else, without a title."""
    blocks, expect = _plain(text["projects"][0])
    return blocks[1:], [expect]


def two_moneys(text: dict[str, Any]) -> tuple[list[Block], list[Project]]:
    """A line over each table states its unit of money: 万元 over one, 元 over the next."""
    blocks: list[Block] = []
    expect = []
    for at, project in enumerate(text["projects"]):
        unit = ("万元", "元")[at % 2]
        table = Builder(6)
        table.add("项目编码", Cell(project["code"], cols=2), "项目名称", project["name"])
        table.add(
            "年度资金总额",
            Cell(project["budget"]["total"], cols=2),
            "绩效目标",
            goals_text(project["goals"], "dot"),
        )
        indicators(table, project, HEBEI)
        line = f"编制单位：{project['unit']['name']}                单位：{unit}"
        blocks += [Para("项目绩效目标表", "title"), Para(line), table.grid(), Para("")]
        said = kept(project, HEBEI, "name", "code", "goals", unit=("name",))
        said["budget"] = {"total": project["budget"]["total"], "money_unit": unit}
        expect.append(said)
    return blocks, expect


def footnotes(text: dict[str, Any]) -> Form:
    """Notes under a table and in its last row: they belong nowhere and are reported."""
    project = text["projects"][0]
    table = Builder(6)
    _head(table, project)
    indicators(table, project, HEBEI)
    note = "注：各项指标值以本年度预算批复后的实际下达数为准，执行中按程序调整。"
    table.add(note)
    after = "本表一式三份，财政部门、主管部门、项目单位各执一份。"
    blocks: list[Block] = [Para("项目绩效目标表", "title"), table.grid(), Para(after)]
    said = _head_kept(project, HEBEI)
    codes = {"code": project["code"][:6]} if len(project["code"]) > 10 else {}
    return Form(
        blocks,
        {"year": 2000 + int(project["code"][6:8]) if codes else None, "unit": said["unit"],
         "region": {**codes, "name": text["region_name"]}, "projects": [said]},
        [note, after],
    )  # fmt: skip
