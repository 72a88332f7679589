"""What is found while filling in is what a check of the whole text finds, though most is remembered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest import mock

from jixiao.web.targets import auditing, content, drafting
from jixiao.web.targets.drafting import At, Seen
from jixiao.web.targets.models import Text


def test_a_change_leads_to_the_findings_of_a_check_from_scratch(
    draft: Text, actor: Callable[[str], Any]
) -> None:
    for number, sheet in enumerate(draft.sheets.all()):
        at = At(sheet.pk, sheet.rows[0], "value")
        line = content.project_of(sheet).indicators[0].value.text
        seen = Seen(line, sheet.revision)
        saved = drafting.save_field(actor("tianbao"), draft.pk, at, f"≤{number}00百分比", seen)
        whole = content.whole(saved.text, saved.text.sheets.all())
        alone = {auditing._UNCHANGED}
        found = [f for f in content.findings_of(saved.text.findings) if f.code not in alone]
        assert found == auditing.checker().check(whole)


def test_only_the_project_that_changed_is_checked(draft: Text, actor: Callable[[str], Any]) -> None:
    auditing.audit(draft)
    checked: list[str] = []
    real = type(auditing.checker()).check_project

    def watched(self: Any, text: Any, position: int) -> Any:
        checked.append(text.projects[position].name)
        return real(self, text, position)

    sheet = draft.sheets.all()[1]
    with mock.patch.object(type(auditing.checker()), "check_project", watched):
        seen = Seen(content.project_of(sheet).name, 1)
        drafting.save_field(actor("tianbao"), draft.pk, At(sheet.pk, "", "name"), "换个名字", seen)
    assert checked == ["换个名字"]


def test_a_rule_that_fails_is_told_once(draft: Text) -> None:
    auditing._known.cache_clear()
    rule = auditing.checker()._of_project[0]
    try:
        with mock.patch.object(rule, "find", side_effect=ValueError("broken")):
            found = auditing.audit(draft)
        failed = [each for each in found if each.code == rule.code]
        assert len(failed) == 1 and failed[0].project is None
    finally:
        auditing._known.cache_clear()
