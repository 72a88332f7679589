"""A reviewer at work without a mouse, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest

from web.test_browser import CHROMIUM, Person, browser  # noqa: F401 - a fixture
from web_running import Running

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


def test_reviewing_by_keyboard(browser: Any, running: Running) -> None:  # noqa: F811
    reviewer = Person(browser, running, "jixiao")
    page, keys = reviewer.page, reviewer.page.keyboard
    reviewer.open("/review/")
    texts = page.locator(".queue tbody tr").count()
    assert texts > 1
    first = page.locator("[data-row-link]").first.get_attribute("href")

    # The second row of the queue by arrows and Enter, back by U, the first by J.
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("x")
    page.get_by_text("选中 1 份").wait_for()
    keys.press("x")
    keys.press("Enter")
    page.wait_for_url("**/texts/*/")
    keys.press("u")
    page.wait_for_url("**/review/")
    keys.press("j")
    page.wait_for_url(f"**{first}")

    # Its projects one after the other by J, then those of the next text.
    projects = page.locator("[data-row-link]").count()
    for number in range(projects):
        with page.expect_navigation():
            keys.press("j")
        assert f"{first}projects/" in page.url, number
    with page.expect_navigation():
        keys.press("j")
    assert f"{first}projects/" not in page.url and "/projects/" in page.url
    with page.expect_navigation():
        keys.press("k")
    assert f"{first}projects/" in page.url

    # A comment on the row that has the focus; its letters are no shortcuts.
    for _ in range(page.locator("#form .sheet-row").count()):
        keys.press("ArrowDown")
        if page.evaluate("document.activeElement.id") == "row-budget":
            break
    keys.press("c")
    box = page.locator("#row-budget textarea[name=body]")
    box.wait_for()
    keys.type("ajr 请附预算明细")
    assert box.input_value() == "ajr 请附预算明细"
    keys.press("Control+Enter")
    page.locator("#row-budget .comment", has_text="ajr 请附预算明细").wait_for()

    # The review sheet: proposed values taken, one changed, and the sheet filled.
    keys.press("t")
    score = page.locator("#a-score-1")
    page.locator('#a-score-1:not([value=""])').wait_for()
    keys.press("s")
    assert page.evaluate("document.activeElement.id") == "a-score-1"
    score.fill("1")
    score.press("Tab")
    page.locator("#judgement-1 option[selected]", has_text="差").wait_for(state="attached")
    assert page.evaluate("document.activeElement.id") == "a-judgement-1", "the focus stays"
    page.locator("#a-judgement-1").press("Escape")
    # What just came from the server takes no clicks for a few hundredths of a second.
    page.wait_for_function("!document.querySelector('.htmx-request, .htmx-settling, .htmx-added')")
    page.wait_for_timeout(100)
    keys.press("d")
    page.locator("#appraisal[data-done]").wait_for()

    # ? shows the keys; A asks, Escape and Enter answer; the next text comes by itself.
    keys.press("?")
    page.locator("#keys[open]").wait_for()
    closed = page.locator("dialog[open]")
    keys.press("Escape")
    closed.wait_for(state="detached")
    # Where the focus goes when a dialog closes is the browser's; a box would take the letter.
    page.evaluate("document.activeElement.blur()")
    keys.press("a")
    page.locator("#agree[open]").wait_for()
    keys.press("Escape")
    closed.wait_for(state="detached")
    keys.press("r")
    page.locator("#back-opinion:focus").wait_for()
    keys.press("Escape")
    closed.wait_for(state="detached")
    keys.press("a")
    with page.expect_navigation():
        keys.press("Enter")
    page.locator(".told.success", has_text="接着是下一份").wait_for()
    assert first not in page.url and "/texts/" in page.url
    keys.press("r")
    keys.type("请补依据")
    with page.expect_navigation():
        keys.press("Control+Enter")
    page.locator(".told.success", has_text="已退回").wait_for()
    reviewer.open("/review/")
    assert page.locator(".queue tbody tr").count() == texts - 2
    assert reviewer.faults == []
