"""The whole cycle in a real browser against the real server, its worker and its database."""

from __future__ import annotations

import base64
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from web_running import Running

SAMPLE = Path(__file__).parents[2] / "samples" / "huailai-resettlement-2024.docx"
CHROMIUM = Path("/usr/bin/chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    # It runs a loop of its own, in which Django would refuse to touch the database.
    with playwright.sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield made
        made.close()


class Person:
    """A user at a browser."""

    def __init__(self, browser: Any, running: Running, username: str) -> None:
        self.running = running
        self.page = browser.new_context(
            viewport={"width": 1366, "height": 768}, locale="zh-CN", accept_downloads=True
        ).new_page()
        self.page.set_default_timeout(30_000)
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.faults.append(said.text) if "Content Security" in said.text else None,
        )
        self.page.goto(f"{running.address}/login/")
        self.page.get_by_label("账号").fill(username)
        self.page.get_by_label("密码").fill(running.password)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url(lambda url: "/login/" not in url)

    def open(self, path: str) -> None:
        self.page.goto(self.running.address + path)

    def sees(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()


def run_the_cycle(browser: Any, running: Running) -> None:
    """A text from an empty year to its approval, by six people."""
    clerk = Person(browser, running, "tianbao")
    page = clerk.page
    page.get_by_role("button", name="新建文本").click()
    page.get_by_role("button", name="导入文件", exact=True).click()
    page.get_by_label("文件", exact=True).set_input_files(SAMPLE)
    page.get_by_role("button", name="上传").click()
    clerk.sees("读出 4 个项目")
    page.get_by_role("button", name="采用勾选的内容").click()
    clerk.sees("已采用 4 个项目")
    text = re.search(r"/texts/(\d+)/", page.url)
    assert text is not None
    here = f"/texts/{text[1]}/"

    # Two findings put right by one click each.
    page.get_by_role("link", name="怀财字[2024]7号 经费").click()
    hints = page.locator("#project-status .count.I b")
    before = int(hints.inner_text())
    for fewer in (1, 2):
        page.get_by_role("button", name=re.compile("改为“≥100%”")).first.click()
        page.locator("#project-status .count.I", has_text=f"{before - fewer} 提示").wait_for()
    # A field is saved as it is left, and its findings go.
    cell = page.locator("#indicators tbody tr").nth(1).locator("[data-field=value]")
    cell.fill("≥95%")
    cell.press("Tab")
    page.locator("#saving[data-kind=done]").wait_for()
    page.reload()
    assert (
        page.locator("#indicators tbody tr").nth(1).locator("textarea").nth(4).input_value()
        == "≥95%"
    )
    assert page.locator("#indicators tbody tr").nth(1).locator(".note.E").count() == 0

    clerk.open(f"{here}submit/")
    page.get_by_role("button", name="提交").click()
    clerk.sees("也没有说明理由")
    page.get_by_label("共同的理由").fill("与上年口径一致，依据另附")
    page.get_by_role("button", name="提交").click()
    clerk.sees("已提交单位审核")

    head = Person(browser, running, "danwei")
    step(head, here, "通过")
    department = Person(browser, running, "zhuguan")
    department.open(here)
    department.page.get_by_role("link", name="怀财字[2024]7号 经费").first.click()
    row = department.page.locator("#indicators tbody tr").nth(2)
    row.get_by_text("写意见").click()
    row.get_by_label("意见").fill("请附测算过程")
    row.get_by_role("button", name="写上").click()
    row.locator(".comment").wait_for()
    department.open(here)
    department.page.get_by_role("button", name="退回").first.click()
    department.page.get_by_label("退回意见").fill("请补充依据后重报")
    department.page.locator("dialog[open]").get_by_role("button", name="退回").click()
    department.sees("已退回")

    clerk.open(here)
    clerk.sees("请补充依据后重报")
    clerk.sees("请附测算过程")
    clerk.open(f"{here}submit/")
    page.get_by_role("button", name="提交").click()
    clerk.sees("已提交单位审核")
    step(head, here, "通过")
    step(department, here, "通过")
    for username in ("yewu", "jixiao"):
        step(Person(browser, running, username), here, "同意")

    observer = Person(browser, running, "renda")
    observer.open(here)
    observer.sees("批复")
    for name in ("提交", "通过", "同意", "退回", "导入文件"):
        assert observer.page.get_by_role("button", name=name, exact=True).count() == 0
    assert observer.page.locator("textarea").count() == 0
    for path in ("agree/", "return/", "field/", "projects/add/", "imports/add/"):
        answer = observer.page.request.post(running.address + here + path)
        assert answer.status == 403
    with observer.page.expect_download() as waiting:
        observer.page.locator("summary", has_text="下载").click()
        observer.page.get_by_role("link", name="PDF").click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF")
    assert clerk.faults == [] and department.faults == [] and observer.faults == []


def step(person: Person, here: str, name: str) -> None:
    """Let a reviewer pass a text."""
    person.open(here)
    person.page.get_by_role("button", name=name).first.click()
    person.page.locator("dialog[open]").get_by_role("button", name=name).click()
    person.page.locator(".told.success").wait_for()


def two_at_one_field(browser: Any, running: Running) -> None:
    """Who is later is shown both values, and decides; an expired session loses nothing."""
    first, second = (Person(browser, running, "tianbao") for _ in range(2))
    for person in (first, second):
        person.open("/")
        person.page.get_by_role("link", name=re.compile("2025")).click()
        person.page.get_by_role("link", name="怀财字[2024]7号 业务费").click()
    for person, words in ((first, "甲写的用途"), (second, "乙写的用途")):
        person.page.get_by_role("textbox", name="资金用途").fill(words)
        person.page.get_by_role("textbox", name="资金用途").blur()
        person.page.locator("#saving[data-kind=done], #saving[data-kind=bad]").wait_for()
    told = second.page.locator("[data-conflict]")
    told.wait_for()
    assert "甲写的用途" in told.inner_text() and "乙写的用途" in told.inner_text()
    second.page.get_by_role("button", name="用我写的").click()
    second.page.locator("#saving[data-kind=done]").wait_for()
    first.page.reload()
    assert first.page.get_by_role("textbox", name="资金用途").input_value() == "乙写的用途"

    place = first.page.url
    first.page.context.clear_cookies(name="sessionid")
    first.page.get_by_role("textbox", name="资金用途").fill("过期时写的用途")
    first.page.get_by_role("textbox", name="资金用途").blur()
    first.page.get_by_role("link", name="重新登录").click()
    first.page.get_by_label("账号").fill("tianbao")
    first.page.get_by_label("密码").fill(running.password)
    first.page.get_by_role("button", name="登录").click()
    first.page.wait_for_url(place)
    first.page.locator("#saving[data-kind=done]").wait_for()
    second.page.reload()
    assert second.page.get_by_role("textbox", name="资金用途").input_value() == "过期时写的用途"


def test_the_whole_cycle(browser: Any, running: Running) -> None:
    run_the_cycle(browser, running)
    two_at_one_field(browser, running)
    told = verify(running.folder)
    assert told.returncode == 0, told.stdout
    assert "操作记录完整" in told.stdout


def verify(folder: Path) -> subprocess.CompletedProcess[str]:
    """Return what ``jixiao verify-log`` says."""
    import sys

    return subprocess.run(
        [sys.executable, "-m", "jixiao", "verify-log", "--data", str(folder)],
        capture_output=True,
        text=True,
        env={key: value for key, value in os.environ.items() if not key.startswith("JIXIAO_")},
    )


def drop(page: Any, file: Path) -> None:
    """Drop a file on a page, as from the desktop."""
    dropped = page.evaluate_handle(
        """([name, data]) => {
            const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0));
            const transfer = new DataTransfer();
            transfer.items.add(new File([bytes], name));
            return transfer;
        }""",
        [file.name, base64.b64encode(file.read_bytes()).decode()],
    )
    page.dispatch_event("main", "dragenter", {"dataTransfer": dropped})
    page.get_by_text("松开鼠标").wait_for()
    page.dispatch_event("main", "drop", {"dataTransfer": dropped})


def test_a_file_is_dropped_corrected_and_taken_over(browser: Any, running: Running) -> None:
    clerk = Person(browser, running, "tianbao2")
    page = clerk.page
    page.get_by_role("button", name="新建文本").first.click()
    page.wait_for_url(re.compile(r"/texts/\d+/"))
    drop(page, SAMPLE.with_suffix(".pdf"))
    clerk.sees("读出 4 个项目")
    page.locator(".leaf img").first.wait_for()

    # A field shows its place on the page, a place on the page its field.
    page.get_by_role("link", name="项目 2").click()
    page.locator("#i-p1-purpose").click()
    mark = page.locator('.leaf[data-page="3"] rect.now, .leaf[data-page="2"] rect.now')
    mark.wait_for(state="attached")
    assert mark.get_attribute("data-spot") == "p1|purpose"
    page.locator('rect[data-spot="p2|name"]').dispatch_event("click")
    page.locator("#read[data-part='2']").wait_for()
    page.wait_for_function("document.activeElement.id === 'i-p2-name'")

    box = page.locator("#i-p2-0-value")
    read = box.input_value()
    box.fill("≥4321人")
    page.get_by_role("link", name="总览", exact=True).click()
    clerk.sees("已更正")
    page.get_by_role("link", name="项目 3").click()
    assert box.input_value() == "≥4321人"
    assert read in page.locator("#line-p2-0 .was").inner_text()
    page.get_by_role("link", name="总览", exact=True).click()
    page.get_by_role("button", name="采用勾选的内容").click()
    clerk.sees("已采用 4 个项目")
    page.locator("table.list a").nth(2).click()
    first = page.locator("#indicators tbody tr").first
    assert first.locator("[data-field=value]").input_value() == "≥4321人"
    assert clerk.faults == []
