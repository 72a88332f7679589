"""Filling in, in a real browser: keys, pasted tables, sums, and a server that goes away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from web_running import free_port, serve

CHROMIUM = Path("/usr/bin/chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]

PASTE = """([target, text, html]) => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  if (html) data.setData('text/html', html);
  document.querySelector(target).dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield made
        made.close()


def open_project(browser: Any, running: Any, faults: list[str]) -> Any:
    """Return a page with the form of 张敏's first project."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN").new_page()
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{running.address}/login/")
    page.get_by_label("账号").fill("tianbao")
    page.get_by_label("密码").fill(running.password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/login/" not in url)
    page.get_by_role("link", name=re.compile("2025")).first.click()
    page.locator("#projects tbody a").first.click()
    page.locator("#indicators").wait_for()
    return page


def until(page: Any, holds: Callable[[], bool]) -> None:
    """Wait until something holds: the page itself may not be asked to evaluate words."""
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not come to be")


def names(page: Any) -> list[str]:
    return [each.input_value() for each in page.locator("#indicators [data-field=name]").all()]


def keys_and_rows(page: Any) -> None:
    """Rows are moved, removed and brought back without a mouse."""
    before = names(page)
    first = page.locator("#indicators [data-field=name]").first
    first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.value") == before[1]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.field") == "description"
    page.keyboard.press("Alt+ArrowDown")
    until(page, lambda: names(page)[0] == before[1])
    assert names(page)[:2] == [before[1], before[0]]
    assert page.evaluate("document.activeElement.dataset.field") == "description"
    page.keyboard.press("Alt+ArrowUp")
    until(page, lambda: names(page)[0] == before[0])
    row = page.locator("#indicators tbody tr").last
    row.locator("summary").first.click()
    row.get_by_role("button", name="删除").click()
    page.get_by_role("button", name="缺：服务对象满意度指标 —— 添加").wait_for()
    page.locator(".removed").get_by_role("button", name="恢复").first.click()
    page.locator(".ghost").wait_for(state="detached")
    assert names(page) == before


def pasted_from_word(page: Any) -> None:
    """A table of Word, with a cell merged down, goes below the row of the cursor."""
    before = names(page)
    html = """<table><tr><td rowspan=2><p>产出指标</p></td><td>数量指标</td><td>修路</td><td>≥12公里</td></tr>
      <tr><td>质量指标</td><td><p>合格率</p><p>（竣工）</p></td><td>=100%</td></tr></table>"""
    page.locator("#indicators [data-field=name]").nth(1).focus()
    page.evaluate(
        PASTE, ["#indicators tr:nth-child(2) [data-field=name]", "产出指标\t数量指标", html]
    )
    page.locator("#paste-body").get_by_text("读出").wait_for()
    page.get_by_role("button", name="加到表里").click()
    page.locator("#paste").wait_for(state="hidden")
    assert names(page) == [*before[:2], "修路", "合格率\n（竣工）", *before[2:]]
    levels = page.locator("#indicators [data-field=level1]")
    assert levels.nth(3).input_value() == "产出指标"


def sums_while_typing(page: Any) -> None:
    """The sums follow the keys before anything is saved."""
    box = page.get_by_label("12月底")
    box.fill("90%")
    page.locator("#sums", has_text="还有 8 万元没有安排").wait_for()
    box.fill("100%")
    page.locator("#sums", has_text="全部安排完").wait_for()
    box.blur()


def test_filling_in(browser: Any, tmp_path: Path) -> None:
    faults: list[str] = []
    port = free_port()
    with serve(tmp_path, port=port) as running:
        page = open_project(browser, running, faults)
        keys_and_rows(page)
        pasted_from_word(page)
        sums_while_typing(page)
        place = page.url

    # The server is gone: what is typed meanwhile is saved when it is back.
    page.get_by_role("textbox", name="资金用途").fill("断开时写的用途")
    page.get_by_role("textbox", name="资金用途").blur()
    page.get_by_text("连不上服务器").wait_for()
    page.get_by_role("textbox", name="绩效目标").fill("断开时写的目标")
    page.get_by_role("textbox", name="绩效目标").blur()
    with serve(tmp_path, port=port):
        until(page, lambda: page.evaluate("Object.keys(localStorage).length") == 0)
        page.reload()
        assert page.get_by_role("textbox", name="资金用途").input_value() == "断开时写的用途"
        assert page.get_by_role("textbox", name="绩效目标").input_value() == "断开时写的目标"

        # The browser is closed in the middle of a word.
        box = page.locator("#indicators [data-field=basis]").first
        box.fill("没写完的依据")
        page.close(run_before_unload=False)
        again = page.context.new_page()
        again.goto(place)
        until(again, lambda: again.evaluate("Object.keys(localStorage).length") == 0)
        again.reload()
        box = again.locator("#indicators [data-field=basis]").first
        assert box.input_value() == "没写完的依据"
    assert faults == []
