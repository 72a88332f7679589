"""The HTML report: whole in one file, safe with any text, and a help to who reads it."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser

import pytest

from jixiao.write.html import report
from write.reports import hostile, samples


class Page(HTMLParser):
    """Collects tags with their attributes, and the words between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def test_it_tells_every_finding():
    texts, findings = samples()
    said = " ".join("".join(Page(report(findings, texts)).words).split())
    for finding in findings:
        assert " ".join(finding.message.split()) in said
        assert " ".join(finding.suggestion.split()) in said


def test_it_loads_nothing():
    texts, findings = samples()
    page = report(findings, texts)
    for tag, attributes in Page(page).tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base")
        for name in ("src", "srcset", "action"):
            assert name not in attributes
        if tag == "a":
            assert (attributes["href"] or "").startswith("#")
    assert "@import" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_no_text_becomes_markup():
    texts, findings = hostile()
    page = report(findings, texts)
    scripts = [tag for tag, _ in Page(page).tags if tag == "script"]
    assert scripts == ["script"]  # our own
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    for sign in "\x00\x1b\u202e":
        assert sign not in page


def test_every_link_has_its_end():
    texts, findings = samples()
    tags = Page(report(findings, texts)).tags
    ends = {attributes.get("id") for _, attributes in tags}
    links = {a["href"] for tag, a in tags if tag == "a" and a.get("href")}
    assert {link.removeprefix("#") for link in links if link} <= ends


def test_waived_findings_are_shown_and_not_counted():
    texts, findings = hostile()
    page = report(findings, texts)
    assert "豁免" in page
    shown = re.search(r"<b>(\d+)</b>豁免", page)
    assert shown
    assert shown[1] == "1"


@pytest.fixture(scope="module")
def browser():
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("这台机器没有 Chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


def test_a_reader_filters_by_severity_rule_and_project(browser, tmp_path):
    from playwright.sync_api import expect

    texts, findings = samples()
    path = tmp_path / "report.html"
    path.write_text(report(findings, texts), "utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request", lambda request: problems.extend([request.url] if "http" in request.url else [])
    )
    page.goto(path.as_uri())
    page.uncheck("[name=severity][value=W]")
    page.uncheck("[name=severity][value=I]")
    shown = page.locator(".found > li:visible")
    assert shown.count() > 0
    assert set(shown.evaluate_all("rows => rows.map(row => row.dataset.s)")) == {"E"}
    page.click("button[type=reset]")
    page.select_option("[name=rule]", "F01")
    expect(page.locator(".found > li:not([hidden])")).to_have_count(1)
    assert "累计" in page.locator(".found > li:not([hidden])").text_content()
    page.click("button[type=reset]")
    page.fill("[name=words]", "征地拆迁")
    expect(page.locator(".project:not([hidden])")).to_have_count(1)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert problems == []
