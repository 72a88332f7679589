"""What offices put around and into their tables: each word is placed, or named as unread."""

from __future__ import annotations

import pytest

from jixiao.model import PerformanceText
from jixiao.model.errors import ReadError
from jixiao.read import read_bytes
from read.hostile import HEADER, ROW, XML, W, cell, docx, project, table

INDICATORS = """<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>改造厕所座数</td><td>≥120座</td></tr>
<tr><td>效益指标</td><td>社会效益指标</td><td>受益户数</td><td>≥120户</td></tr>"""


def form(name: str, more: str = "") -> str:
    """Return a small form of one project."""
    return f"""<table><tr><td>项目名称</td><td>{name}</td><td>预算数（万元）</td><td>150</td></tr>
    <tr><td>绩效目标</td><td colspan=3>完成120座户厕改造</td></tr>{INDICATORS}{more}</table>"""


def page(*pieces: str) -> PerformanceText:
    """Read pieces of a page."""
    return read_bytes(f"<html><body>{''.join(pieces)}</body></html>".encode(), "页面")


def unread(text: PerformanceText) -> list[str]:
    """Return what could not be placed."""
    return [each.text for each in text.unread]


def test_who_signed_under_a_table_is_of_that_table():
    signature = "<p>填报人：张三　　联系电话：0313-6212345</p>"
    text = page(
        "<p>改厕绩效目标表</p>", form("改厕"), signature, "<p>村道绩效目标表</p>", form("村道")
    )
    first, second = text.projects
    assert first.extra == {"填报人": "张三", "联系电话": "0313-6212345"}
    assert second.extra == {}
    assert unread(text) == []


def test_who_signed_is_kept_after_the_last_table_too():
    text = page(form("改厕"), "<p>制表人：王五</p>")
    assert text.projects[0].extra == {"制表人": "王五"}


def test_a_line_of_several_fields_over_a_table():
    text = page(
        "<p>改厕绩效目标表</p>",
        "<p>部门：怀来县农业农村局&nbsp;&nbsp;&nbsp;项目负责人：李四　金额单位：元</p>",
        "<table><tr><td>项目名称</td><td>改厕</td><td>预算数</td><td>150</td></tr>"
        f"{INDICATORS}</table>",
    )
    (one,) = text.projects
    assert one.unit.name == "怀来县农业农村局"
    assert one.extra == {"项目负责人": "李四"}
    assert one.budget.money_unit == "元"
    assert unread(text) == []


def test_a_field_over_a_table_that_never_comes_is_unread():
    text = page(form("改厕"), "<h1>村道绩效目标表</h1>", "<p>项目名称：村道维修</p>")
    assert "项目名称：村道维修" in unread(text)


def test_a_mark_of_going_on_says_nothing():
    assert unread(page(form("改厕"), "<p>（续表）</p>", f"<table>{INDICATORS}</table>")) == []


def test_a_header_in_two_rows_whose_lower_words_no_form_has():
    text = page(
        """<table><tr><td>项目名称</td><td colspan=3>改厕</td><td>预算数</td><td>150元</td></tr>
        <tr><td rowspan=2>一级指标</td><td rowspan=2>二级指标</td><td rowspan=2>三级指标</td>
        <td colspan=3>指标值</td></tr><tr><td>符号及数值</td><td>单位</td><td>一季度值</td></tr>
        <tr><td>产出指标</td><td>数量指标</td><td>座数</td><td>≥120</td><td>座</td><td>30</td></tr>
        </table>"""
    )
    (indicator,) = text.projects[0].indicators
    assert (indicator.name, indicator.value.text) == ("座数", "≥120座")
    assert indicator.extra == {"一季度值": "30"}


def test_a_remark_under_the_side_label_is_read_once():
    text = page(
        """<table><tr><td>项目名称</td><td colspan=4>改厕</td></tr>
        <tr><td rowspan=3>绩效指标</td><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>
        <tr><td>产出指标</td><td>数量指标</td><td>座数</td><td>≥120座</td></tr>
        <tr><td>产出指标</td><td>质量指标</td><td>合格率</td><td>≥98%</td></tr>
        <tr><td>备注</td><td colspan=4>省级民生实事</td></tr></table>"""
    )
    assert text.projects[0].extra == {"备注": "省级民生实事"}
    assert unread(text) == []


def test_an_amount_in_figures_and_in_words():
    for said in (
        "小写：150.00万元",
        "150.00万元（大写：壹佰伍拾万元整）",
        "人民币小写：150.00万元",
    ):
        text = page(
            f"<table><tr><td>项目名称</td><td>改厕</td><td>预算金额</td><td>{said}</td></tr>"
            f"{INDICATORS}</table>"
        )
        budget = text.projects[0].budget
        assert (budget.total, budget.money_unit) == ("150.00", "万元")
        assert said in text.projects[0].extra["预算金额"]


def test_a_list_of_projects_with_columns_of_its_own():
    text = page(
        """<table><tr><td>序号</td><td>项目名称</td><td>预算金额（万元）</td><td>绩效目标</td>
        <td>产出指标</td><td>效益指标</td><td>满意度指标</td></tr>
        <tr><td>1</td><td>改厕</td><td>150</td><td>完成120座</td><td>120座</td><td>方便</td><td>90%</td></tr>
        <tr><td>2</td><td>村道</td><td>80</td><td>维修2公里</td><td>2公里</td><td>通行</td><td>95%</td></tr>
        <tr><td>合计</td><td></td><td>230</td><td></td><td></td><td></td><td></td></tr></table>"""
    )
    assert [(p.name, p.budget.total, p.goals) for p in text.projects] == [
        ("改厕", "150", ("完成120座",)),
        ("村道", "80", ("维修2公里",)),
    ]
    assert text.projects[1].extra == {
        "产出指标": "2公里",
        "效益指标": "通行",
        "满意度指标": "95%",
    }
    assert unread(text) == []


def test_a_list_whose_header_divides_the_amounts():
    rows = "".join(
        f"""<tr><td rowspan=2>{name}</td><td rowspan=2>100</td><td rowspan=2>80</td>
        <td rowspan=2>20</td><td rowspan=2>目标</td><td rowspan=2>民生</td>
        <td>产出指标</td><td>数量指标</td><td>座数</td><td>≥120座</td></tr>
        <tr><td>效益指标</td><td>社会效益指标</td><td>户数</td><td>≥9户</td></tr>"""
        for name in ("改厕", "村道")
    )
    text = page(
        f"""<table><tr><td colspan=6>部门：怀来县农业农村局</td><td colspan=4>单位：万元</td></tr>
        <tr><td rowspan=2>项目名称</td><td colspan=3>项目资金</td><td rowspan=2>绩效目标</td>
        <td rowspan=2>资金投向类别</td><td colspan=4>绩效指标</td></tr>
        <tr><td>合计</td><td>财政拨款</td><td>其他资金</td><td>一级指标</td><td>二级指标</td>
        <td>三级指标</td><td>指标值</td></tr>{rows}</table>"""
    )
    assert [p.name for p in text.projects] == ["改厕", "村道"]
    for one in text.projects:
        budget = one.budget
        assert (budget.total, budget.fiscal, budget.other) == ("100", "80", "20")
        assert budget.money_unit == "万元"
        assert one.unit.name == "怀来县农业农村局"
        assert one.extra == {"资金投向类别": "民生"}
        assert [i.name for i in one.indicators] == ["座数", "户数"]
        assert [i.extra for i in one.indicators] == [{}, {}]
    assert unread(text) == []


def test_words_beside_an_unfilled_indicator_are_unread():
    text = page(
        """<table><tr><td>项目名称</td><td colspan=4>改厕</td></tr>
        <tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td><td>备注</td></tr>
        <tr><td>产出指标</td><td>数量指标</td><td>座数</td><td>≥120座</td><td></td></tr>
        <tr><td>产出指标</td><td>成本指标</td><td></td><td></td><td>见实施方案</td></tr></table>"""
    )
    assert len(text.projects[0].indicators) == 1
    assert unread(text) == ["见实施方案"]


def test_footnotes_are_named_as_unread():
    reference = '<w:p><w:r><w:t>注</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = (
        f'{XML}<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>依据冀财农〔2023〕15号。</w:t>'
        "</w:r></w:p></w:footnote></w:footnotes>"
    )
    data = docx(project() + reference, **{"word/footnotes.xml": notes})
    assert unread(read_bytes(data, "文件")) == ["注", "依据冀财农〔2023〕15号。"]


def test_a_row_deleted_under_tracking_is_gone():
    deleted = project().replace(
        "<w:tr><w:tc><w:tcPr></w:tcPr><w:p><w:r><w:t>产出",
        '<w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc><w:p><w:r><w:t>产出',
    )
    (one,) = read_bytes(docx(deleted), "文件").projects
    assert (one.name, one.indicators) == ("培训费", ())


def test_a_table_lost_on_the_way_to_text_is_told():
    lost = "一级指标\n二级指标\n三级指标\n指标值\n产出指标\n数量指标\n座数\n≥120座\n".encode()
    with pytest.raises(ReadError, match="没有表格"):
        read_bytes(lost, "文本")
    text = read_bytes("一、总体绩效目标\n保障饮水安全。\n".encode() + lost, "文本")
    assert text.overall == "保障饮水安全。"
    assert "≥120座" in unread(text)
    assert "丢了表格" in text.warnings[0].message


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_bad_bytes_do_not_cost_the_text(encoding):
    data = ("一、总体绩效目标\n" + "保障全县农村饮水安全。\n" * 300).encode(encoding)
    text = read_bytes(data[:-3] + b"\xff\n", "文本")
    assert text.overall.startswith("保障全县农村饮水安全。")
    assert "已损坏" in text.warnings[0].message


def test_a_form_with_its_indicators_in_a_table_inside_it():
    inside = table("".join(map(cell, HEADER)), *["".join(map(cell, ROW))] * 4)
    data = docx(
        table(
            cell("项目名称") + cell("改厕"),
            cell("预算数（万元）") + cell("150"),
            cell("绩效目标") + cell("完成120座"),
            cell("绩效指标") + f"<w:tc>{inside}<w:p/></w:tc>",
        )
    )
    (one,) = read_bytes(data, "文件").projects
    assert (one.name, one.budget.total, one.goals) == ("改厕", "150", ("完成120座",))
    assert len(one.indicators) == 4
    html = page(
        "<table><tr><td>项目名称</td><td>改厕</td></tr><tr><td>预算数（万元）</td><td>150</td></tr>"
        f"<tr><td>绩效目标</td><td>完成</td></tr><tr><td>指标</td><td><table>{INDICATORS}</table></td>"
        "</tr></table>"
    )
    assert [(p.name, p.budget.total, len(p.indicators)) for p in html.projects] == [
        ("改厕", "150", 2)
    ]


def test_signs_of_a_symbol_font_and_formulas_are_words():
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    signs = (
        '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r><w:r><w:t>50人</w:t></w:r>',
        f'<m:oMath xmlns:m="{math}"><m:r><m:t>≥50</m:t></m:r></m:oMath><w:r><w:t>人</w:t></w:r>',
        '<w:r><w:sym w:font="宋体" w:char="2265"/><w:t>50人</w:t></w:r>',
    )
    for sign in signs:
        body = project().replace("<w:r><w:t>≥50人</w:t></w:r>", sign)
        (one,) = read_bytes(docx(body), "文件").projects
        assert one.indicators[0].value.text == "≥50人"


def test_sub_objectives_in_a_table():
    text = page(
        "<p>怀来县水务局2024年部门预算绩效文本</p><p>二、分项绩效目标</p>",
        """<table><tr><td>分项绩效目标</td><td>职责描述</td><td>绩效目标</td><td>绩效指标</td></tr>
        <tr><td>供水保障</td><td>负责供水</td><td>供水不断</td><td>供水保证率95%</td></tr>
        <tr><td>防汛</td><td>负责防汛</td><td>安全度汛</td><td>险情处置率100%</td></tr></table>""",
    )
    assert text.projects == ()
    assert [(s.title, s.duty, s.objective, s.indicators) for s in text.sub_objectives] == [
        ("供水保障", "负责供水", "供水不断", ("供水保证率95%",)),
        ("防汛", "负责防汛", "安全度汛", ("险情处置率100%",)),
    ]
    assert (text.unit.name, text.year) == ("怀来县水务局", 2024)
    assert unread(text) == []


def test_a_part_of_the_money_by_where_it_comes_from():
    text = page(
        "<table><tr><td>项目名称</td><td colspan=3>衔接资金</td></tr><tr><td>资金总额（万元）</td>"
        "<td>1,234.50</td><td>其中：中央</td><td>800</td></tr></table>"
    )
    assert text.projects[0].extra == {"其中：中央": "800"}
    assert unread(text) == []


def test_a_sign_that_came_out_of_a_symbol_font_as_its_place():
    data = docx(project().replace("≥50人", "\uf0b350人"))
    assert read_bytes(data, "文件").projects[0].indicators[0].value.text == "≥50人"


@pytest.mark.parametrize("name", ["127001怀来县农业农村局", "怀来县农业农村局"])
def test_a_unit_and_a_unit_of_money_whose_gap_was_lost(name):
    text = page(
        "<p>改厕绩效目标表</p>", f"<p>{name}\n单位：万元</p>", f"<table>{INDICATORS}</table>"
    )
    assert (text.unit.name, text.projects[0].unit.name) == ("怀来县农业农村局",) * 2
    assert unread(text) == []


def test_contents_whose_page_numbers_are_broken():
    entries = [
        f"<p>{entry}…………错误!未定义书签。</p>" for entry in ("一、总体绩效目标", "1.改厕绩效目标表")
    ]
    text = page(
        "<p>目录</p>",
        *entries,
        "<p>一、总体绩效目标</p><p>保障民生。</p><p>1.改厕绩效目标表</p>",
        form("改厕"),
    )
    assert text.contents == ("一、总体绩效目标", "1.改厕绩效目标表")
    assert (text.overall, len(text.projects)) == ("保障民生。", 1)
    assert unread(text) == []
