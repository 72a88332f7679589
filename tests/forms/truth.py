"""Truths: what a performance text says, as plain dicts in the keys of the JSON contract.

``written()`` gives the units written by hand, ``made(seed)`` a text put together at random from
words of the field, with the defects that published texts have.
"""

from __future__ import annotations

import random
import re
from typing import Any

from forms.units_social import SOCIAL
from forms.units_works import WORKS

MONTHS = ("03", "06", "10", "12")
REGIONS = {
    "清河县教育局": "清河县",
    "邢台市信都区卫生健康局": "邢台市信都区",
    "涉县民政局": "涉县",
    "衡水市公安局桃城分局": "衡水市",
    "承德市双桥区档案馆": "承德市双桥区",
    "隆尧县水务局": "隆尧县",
    "张北县交通运输局": "张北县",
    "唐山市路北区光明街道办事处": "唐山市路北区",
    "围场满族蒙古族自治县林业和草原局": "围场满族蒙古族自治县",
    "定州市市场监督管理局": "定州市",
    "武强县农业农村局（本级）": "武强县",
    "秦皇岛市山海关区旅游和文化广电局": "秦皇岛市山海关区",
}
_PARTS = re.compile(
    r"(≥|≤|=|＝|>|＞|<|大于等于|不低于|不超过|大于|约)?\s*([\d.,]+(?:[-—～~][\d.,]+)?)\s*(\D[^，。]{0,8})?"
)


def split_value(text: str) -> tuple[str, str, str]:
    """Split a target value into 计算符号, 指标值 and 计量单位; a text goes whole into the middle.

    The three joined are the text again, white space aside.
    """
    found = _PARTS.fullmatch(text)
    tail = (found[3] or "") if found else ""
    if not found or re.search(r"\d|[前底旬]|以[内上]|^[年月](?!$)", tail):
        return "", text, ""
    return found[1] or "", found[2], found[3] or ""


def _indicator(row: tuple[str, ...], number: int, weight: str) -> dict[str, str]:
    level1, level2, name, description, value, basis = row
    rate = "%" in value
    return {
        "level1": level1, "level2": level2, "name": name, "description": description,
        "value": value, "basis": basis, "weight": weight,
        "formula": f"{name}=实际完成数÷计划数×100%" if rate else "",
        "scoring": "达到指标值得满分，未达到的按完成比例得分" if number % 3 else "达标得满分；\n每低1个百分点扣1分，扣完为止",
        "previous": value if number % 2 else "",
        "remark": ("", "市级配套", "新增")[number % 3],
        "extra:责任科室": ("办公室", "业务股", "财务股")[number % 3],
        "extra:指标方向性": "反向" if value.startswith("≤") else "正向" if value else "",
    }  # fmt: skip


def weights(count: int) -> list[str]:
    """Return weights that add up to 90 (预算执行率 has the other 10)."""
    share, rest = divmod(90, count)
    return [str(share + (1 if at < rest else 0)) for at in range(count)]


def _project(raw: dict[str, Any], unit: dict[str, str], money_unit: str) -> dict[str, Any]:
    total, fiscal, other = raw["budget"]
    shares = weights(len(raw["indicators"]))
    return {
        "code": raw["code"], "name": raw["name"], "unit": dict(unit),
        "budget": {"total": total, "fiscal": fiscal, "other": other, "money_unit": money_unit},
        "purpose": raw["purpose"], "plan": dict(zip(MONTHS, raw["plan"], strict=True)),
        "goals": list(raw["goals"]),
        "indicators": [
            _indicator(row, at, shares[at]) for at, row in enumerate(raw["indicators"])
        ],
    }  # fmt: skip


def _text(raw: dict[str, Any]) -> dict[str, Any]:
    code, name = raw["unit"]
    unit = {"code": code, "name": name}
    return {
        "year": raw["year"], "unit": unit, "region_name": REGIONS[name], "overall": raw["overall"],
        "sub_objectives": [
            {"title": title, "duty": duty, "objective": objective, "indicators": list(lines)}
            for title, duty, objective, lines in raw["sub"]
        ],
        "safeguards": list(raw["safeguards"]),
        "projects": [_project(one, unit, raw["money_unit"]) for one in raw["projects"]],
    }  # fmt: skip


def written() -> list[dict[str, Any]]:
    """Return the texts of the units written by hand."""
    return [_text(raw) for raw in [*SOCIAL, *WORKS]]


def made(seed: int, projects: int = 5) -> dict[str, Any]:
    """Return a text put together at random: rows of all units shuffled, defects put in."""
    rng = random.Random(seed)
    base = _text(rng.choice([*SOCIAL, *WORKS]))
    pool = [one for raw in [*SOCIAL, *WORKS] for one in raw["projects"]]
    region = "13" + "".join(rng.choices("0123456789", k=4))
    chosen = []
    for at in range(projects):
        raw = dict(rng.choice(pool))
        raw["code"] = f"{region}{base['year'] % 100}P{rng.randrange(16**12):012X}"[:21]
        raw["name"] = _name(rng, at)
        raw["indicators"] = [_spoil(rng, row) for row in _rows(rng, pool)]
        amount = f"{rng.randrange(1, 5_000_000) / 100:.2f}"
        raw["budget"] = rng.choice(
            [(amount, amount, ""), (amount, amount, "0"), (amount, "", amount)]
        )
        raw["plan"] = rng.choice(
            [
                ("25%", "50%", "75%", "100%"),
                ("", "50.00%", "100.00%", ""),
                ("0%", "0%", "0%", "100%"),
            ]
        )
        raw["code"] = rng.choice([raw["code"], raw["code"], raw["code"], "————", ""])
        chosen.append(_project(raw, base["unit"], base["projects"][0]["budget"]["money_unit"]))
    base["projects"] = chosen
    return base


_PLACES = ("城区", "北部山区", "开发区", "东风镇", "各乡镇", "全县", "机关", "滨河")
_THINGS = (
    "路灯改造",
    "驻村工作队经费",
    "防火隔离带建设",
    "档案整理",
    "信访维稳",
    "污水处理厂运营",
    "办公用房修缮",
    "网络安全等保测评",
    "农产品质量检测",
)
_TAILS = (
    "项目",
    "经费",
    "资金（冀财建[2023]88号）",
    "  专项经费",
    "及配套设施建设工程",
    "补助<省级>",
)


def _name(rng: random.Random, at: int) -> str:
    return f"{rng.choice(_PLACES)}{rng.choice(_THINGS)}{rng.choice(_TAILS)}{'' if at % 2 else '（续建）'}"


def _rows(rng: random.Random, pool: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Draw whole rows and put them in the order of the form."""
    rows = [row for one in rng.sample(pool, 3) for row in one["indicators"]]
    rng.shuffle(rows)
    order = ("产出指标", "效益指标", "效果指标", "满意度指标")
    drawn = rows[: rng.randrange(5, 12)]
    return sorted(drawn, key=lambda row: order.index(row[0]))


def _spoil(rng: random.Random, row: tuple[str, ...]) -> tuple[str, ...]:
    """Put in a defect that published texts have, now and then."""
    level1, level2, name, description, value, basis = row
    luck = rng.random()
    if luck < 0.08:
        value = ""
    elif luck < 0.16:
        description = ""
    elif luck < 0.24:
        basis = ""
    elif luck < 0.30:
        value = value.replace("%", "百分比")
    elif luck < 0.36:
        name = f"{name}\n（{level2}）"
    elif luck < 0.40:
        description = f"{name}  {description}".strip()
    return level1, level2, name, description, value, basis
