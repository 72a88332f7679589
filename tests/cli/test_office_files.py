"""An office's own profile and waivers: whatever is wrong in them is one Chinese sentence, code 2."""

from __future__ import annotations

import shutil

import pytest

from cli.command import OTHER, jixiao
from jixiao.check import WaiverError, load_profile, load_waivers
from jixiao.model.errors import ProfileError

PROFILES = {
    "extends=5": "extends 应为文字",
    "rules=5": "rules 应为一节",
    "[rules.Q]\nenabled=false": "没有代码为“Q”的规则",
    "[rules.Q03]\nenable=false": "规则 Q03 的设置 有不认识的项“enable”",
    '[rules.Q03]\nenabled="no"': "enabled 应为 true 或 false，写的是文字",
    "[rules.F02]\nseverity=1": "规则 F02 的设置 severity 应为文字",
    "[rules.F02\n": "第 1 行第 11 个字",
    "nmae=1": "不认识的项“nmae”",
    "a=": "文件末尾",
    'extends="\\u0000.toml"': "打不开",
    "x=" + "1" * 5000: "有一个数",
    "x=" + "[" * 5000: "括号套得太深",
    "[rules.F02.parameters]\nleast=nan": "nan 不是能用的数",
}
WHO = 'person="张三"\nreason="合同已附"\n'
DATED = WHO + "date=2024-01-15\n"
WAIVERS = {
    f'[[waivers]]\nrule="A01"\n{WHO}date=2024-13-15\n': "第 5 行",
    f'[[waivers]]\nrule="A01"\n{WHO}date="昨天"\n': "第 1 个的 date 应为日期",
    f'[[waivers]]\nrule="A01"\n{WHO}date=2024-01-15T08:00:00\n': "写的是日期和时刻",
    f'[[waivers]]\nrule="A01"\n{WHO}': "第 1 个 缺少“date”",
    f'[[waivers]]\nrule="A99"\n{DATED}': "“A99”，没有这条规则",
    f'[[waivers]]\nrule="A"\n{DATED}': "“A”，没有这条规则",
    f'[waivers]\nrule="A01"\n{DATED}': "waivers 应为列表",
    f'[[waiver]]\nrule="A01"\n{DATED}': "不认识的项“waiver”",
    f'[[waivers]]\nrule="A01"\nproject=""\n{DATED}': "project 是空的",
    f'[[waivers]]\nrule="A01"\n{DATED}'.replace("张三", " "): "没有写理由或经办人",
}


def _is_one_sentence(told: str) -> bool:
    return told.count("。") == 2 and not any(
        word in told for word in ("Expected", "Object", "at `")
    )


@pytest.mark.parametrize(("content", "said"), PROFILES.items(), ids=map(str, range(len(PROFILES))))
def test_what_is_wrong_in_a_profile_is_told_in_chinese(content, said, tmp_path):
    path = tmp_path / "某县.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(ProfileError) as told:
        load_profile(path)
    assert said in str(told.value)
    assert _is_one_sentence(str(told.value))


@pytest.mark.parametrize(("content", "said"), WAIVERS.items(), ids=map(str, range(len(WAIVERS))))
def test_what_is_wrong_in_waivers_is_told_in_chinese(content, said, tmp_path):
    path = tmp_path / "某局.docx.waivers.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(WaiverError) as told:
        load_waivers(path)
    assert said in str(told.value)
    assert _is_one_sentence(str(told.value))


def test_notepads_mark_at_the_beginning_is_no_fault_and_gbk_is_told(tmp_path):
    path = tmp_path / "某县.toml"
    path.write_text('name = "某县"', "utf-8-sig")
    assert load_profile(path).name == "某县"
    path.write_text('name = "某县"', "gbk")
    with pytest.raises(ProfileError, match="不是 UTF-8 编码"):
        load_profile(path)


def test_a_file_name_too_long_for_a_waiver_file_beside_it_is_checked(tmp_path):
    text = tmp_path / f"{'某' * 81}.docx"
    shutil.copy(OTHER, text)
    ran = jixiao("check", text, "--select", "C02", "--fail-on", "never")
    assert (ran.code, ran.err) == (0, "")


def test_a_waiver_that_nothing_was_found_for_is_named(tmp_path):
    text = tmp_path / "甲.docx"
    shutil.copy(OTHER, text)
    beside = tmp_path / "甲.docx.waivers.toml"
    beside.write_text(
        f'[[waivers]]\nrule="a01"\n{DATED}[[waivers]]\nrule="A01"\nproject="去年的项目"\n{DATED}'
        f'[[waivers]]\nrule="A06"\n{DATED}[[waivers]]\nrule="Q07"\n{DATED}',
        "utf-8",
    )
    for command in ("check", "check --format json", "check --format html"):
        ran = jixiao(*command.split(), text, "--select", "A")
        assert ran.code == 0  # a01 is A01
        assert ran.err == (
            f"{text}：第 2 条豁免（规则 A01，项目“去年的项目”）没有用上：文本里没有这样的意见。"
            "请核对，或删去这一条。\n"
        )


def test_with_no_rule_left_nothing_is_called_sound():
    ran = jixiao("check", OTHER, "--select", "Q01", "--ignore", "Q")
    assert ran.code == 2
    assert ran.out == ""
    assert "一条也不剩" in ran.err
