"""从上年复制: amounts of the year are left blank with what they were beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from django.test import Client

from jixiao.model import Indicator, Project, parse_value
from jixiao.web.targets import carrying, content
from jixiao.web.targets.models import Text

HTMX = {"HX-Request": "true"}
Act = Callable[[str], Any]
Log = Callable[[str], Client]


def test_years_are_moved_on_but_not_numbers_of_documents() -> None:
    words = "2024年12月底前；冀财农〔2024〕154号；（2024年度）；2024年印发；12024元；2025年6月"
    assert carrying.shifted(words, 2024, 2026) == (
        "2026年12月底前；冀财农〔2024〕154号；（2026年度）；2024年印发；12024元；2027年6月"
    )
    assert carrying.shifted("2024.12前", 2024, 2025) == "2025.12前"


def test_last_years_text_is_taken_over_with_its_amounts_beside(
    draft: Text, actor: Act, logged_in: Log
) -> None:
    now = Text.objects.create(
        unit=draft.unit, year=2026, head=content.dumped(content.blank(draft.unit, 2026))
    )
    client, there = logged_in("tianbao"), f"/texts/{now.pk}/carry/"
    offered = client.get(there).context["offers"]
    assert [each.is_there for each in offered] == [False] * 4
    told = {"project": ["0", "2"], "head": "1"}
    assert client.post(there, told).status_code == 302
    made = now.sheets.all()
    assert len(made) == 2
    before, after = content.project_of(draft.sheets.all()[0]), content.project_of(made[0])
    assert (after.code, after.budget.total, after.plan.march) == ("", None, None)
    assert after.name == before.name and len(after.indicators) == len(before.indicators)
    assert made[0].marks[""]["budget.total"] == "上年：80.00万元"
    page = client.get(f"/texts/{now.pk}/projects/{made[0].pk}/").content.decode()
    assert "上年：80.00万元" in page and "上年：30%" in page
    now.refresh_from_db()
    assert content.head_of(now).overall == content.head_of(draft).overall
    again = client.get(there).context["offers"]
    assert [each.is_there for each in again] == [True, False, True, False]
    assert "A06" in {each.code for each in content.findings_of(now.findings)}


def test_what_is_filled_in_is_not_overwritten_by_last_year(draft: Text, actor: Act) -> None:
    head = msgspec.structs.replace(content.blank(draft.unit, 2026), overall="今年的目标")
    now = Text.objects.create(unit=draft.unit, year=2026, head=content.dumped(head))
    source = carrying.source_of(now)
    assert source == draft
    carrying.carry(actor("tianbao"), now.pk, source, [], head=True)
    now.refresh_from_db()
    said = content.head_of(now)
    assert said.overall == "今年的目标" and said.safeguards


def test_a_sum_of_money_among_the_targets_is_left_blank() -> None:
    said = Project(indicators=(
        Indicator("产出指标", "成本指标", "总成本", value=parse_value("≤80万元", "总成本"), previous=""),
        Indicator("产出指标", "时效指标", "完工时间", value=parse_value("2024年底前", "完工时间")),
        Indicator("产出指标", "数量指标", "修路", value=parse_value("≥12公里", "修路")),
    ))  # fmt: skip
    made, marks = carrying.for_year(said, 2024, 2025)
    assert [each.value.text for each in made.indicators] == ["", "2025年底前", "≥12公里"]
    assert made.indicators[0].previous == "≤80万元"
    assert marks == {"indicators.0.value": "≤80万元"}
