"""An import beside its original: corrected in place, merged field by field, nothing typed lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.model import Indicator
from jixiao.web.imports.models import Correction, Original, Page
from jixiao.web.jobs import worker
from jixiao.web.journal.chain import verify
from jixiao.web.targets import content, fields
from jixiao.web.targets.models import Sheet, Text

SAMPLES = Path(__file__).parents[2] / "samples"
STRAY = "<table><tr><td>奇怪的栏</td><td>没有人认得的话，应当列出来</td></tr></table>"


@pytest.fixture(autouse=True)
def without_libreoffice(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only the tests that say so start LibreOffice."""
    if "libreoffice" not in request.keywords:
        monkeypatch.setenv("JIXIAO_SOFFICE", "/none")


class Desk:
    """The clerk with a file that was read into her draft."""

    def __init__(self, client: Client, text: Text, name: str, data: bytes | None = None) -> None:
        self.client, self.text = client, text
        data = (SAMPLES / name).read_bytes() if data is None else data
        there = f"/texts/{text.pk}/imports/add/"
        response = client.post(there, {"file": SimpleUploadedFile(name, data)})
        assert response.status_code == 302, response.content.decode()
        self.place = response["Location"]
        worker.run_waiting()
        self.made = text.imports.latest("pk")

    def see(self, part: str = "") -> str:
        response = self.client.get(self.place, {"part": part} if part else {})
        assert response.status_code == 200
        return str(response.content.decode())

    def do(self, what: str, status: int = 200, **told: Any) -> str:
        response = self.client.post(f"{self.place}{what}/", told)
        assert response.status_code == status, response.content.decode()
        return str(response.content.decode())

    def accept(self, *projects: int, head: bool = False) -> None:
        told: dict[str, Any] = {"project": [str(each) for each in projects]}
        self.do("accept", 302, **told, **({"head": "1"} if head else {}))

    def spots(self) -> dict[tuple[str, str], dict[str, Any]]:
        found = re.search(r'<script id="spots" type="application/json">(.*?)</script>', self.see())
        assert found is not None
        return {(each["row"], each["field"]): each for each in json.loads(found[1])}


@pytest.fixture
def clerk(logged_in: Callable[[str], Client]) -> Client:
    return logged_in("tianbao")


@pytest.fixture
def empty(clerk: Client) -> Text:
    years = clerk.get("/").context["years"]
    clerk.post("/texts/new/", {"year": years[0]})
    return Text.objects.get(unit__code="431002", year=years[0])


def typed(sheet: Sheet, field: str, value: str, row: int | None = None) -> None:
    """Let a project say something else, as if someone had typed it."""
    project = content.project_of(sheet)
    if row is None:
        project = fields.with_project(project, field, value)
    else:
        lines = list(project.indicators)
        lines[row] = fields.with_indicator(lines[row], field, value)
        project = msgspec.structs.replace(project, indicators=tuple(lines))
    sheet.content = content.dumped(project)
    sheet.save()


def without(sheet: Sheet, row: int) -> Indicator:
    """Take an indicator out of a project, as if someone had deleted it."""
    project = content.project_of(sheet)
    lines = list(project.indicators)
    gone = lines.pop(row)
    sheet.content = content.dumped(msgspec.structs.replace(project, indicators=tuple(lines)))
    sheet.rows = [*sheet.rows[:row], *sheet.rows[row + 1 :]]
    sheet.save()
    return gone


def projects(text: Text) -> list[Any]:
    return [content.project_of(each) for each in text.sheets.all()]


# ── beside the original ───────────────────────────────────────────────────────
def test_the_pages_of_a_pdf_are_shown_with_the_place_of_every_field(
    empty: Text, clerk: Client
) -> None:
    desk = Desk(clerk, empty, "huailai-resettlement-2024.pdf")
    page = desk.see()
    assert page.count('class="leaf"') == Page.objects.count() == 7
    picture = clerk.get(f"{desk.place}pages/1/")
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    spots = desk.spots()
    assert spots["p0", "name"]["boxes"] == [[2, 331.4, 105.2, 516.5, 130.2]]
    for field in ("level1", "level2", "name", "description", "value", "basis"):
        assert spots["p3-7", field]["boxes"], field
    assert len(spots["head", "overall"]["boxes"]) > 1, "the heading and the words below it"


def test_a_word_file_without_libreoffice_is_shown_by_its_tables(empty: Text, clerk: Client) -> None:
    desk = Desk(clerk, empty, "huailai-resettlement-2024.docx")
    page = desk.see()
    assert 'class="leaf"' not in page and "正在准备原页面" not in page
    assert desk.spots()["p0", "name"]["cells"] == ["b-t1r2c5"]
    cell = re.search(r'<td id="b-t1r2c5"[^>]*>(.*?)</td>', page)
    assert cell is not None and "经费" in cell[1]


@pytest.mark.libreoffice
def test_a_word_file_is_printed_and_its_fields_found_on_the_pages(
    empty: Text, clerk: Client
) -> None:
    desk = Desk(clerk, empty, "huailai-resettlement-2024.docx")
    spots = desk.spots()
    drawn = [key for key, spot in spots.items() if spot["boxes"]]
    assert len(drawn) > 0.97 * len(spots)
    assert Original.objects.get().pdf
    assert clerk.get(f"{desk.place}pages/1/").status_code == 200


def test_pages_further_on_are_drawn_when_someone_comes_to_them(
    empty: Text, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jixiao.web.imports.originals.FIRST", 2)
    monkeypatch.setattr("jixiao.web.imports.originals.BATCH", 2)
    desk = Desk(clerk, empty, "huailai-resettlement-2024.pdf")
    assert Page.objects.count() == 2
    for _ in range(2):
        assert clerk.get(f"{desk.place}pages/5/").status_code == 202
    assert worker.run_waiting() == 1, "asked for twice, drawn once"
    assert clerk.get(f"{desk.place}pages/5/").status_code == 200
    assert clerk.get(f"{desk.place}pages/6/").status_code == 200, "and the one behind it"
    assert clerk.get(f"{desk.place}pages/8/").status_code == 404


def test_what_was_not_read_is_listed_with_its_place(empty: Text, clerk: Client) -> None:
    data = (SAMPLES / "huailai-resettlement-2024.html").read_bytes()
    data = data.replace(b"</body>", STRAY.encode() + b"</body>")
    desk = Desk(clerk, empty, "表.html", data)
    page = desk.see()
    assert "没有认出" in page and 'data-fill="' in page
    spot = desk.spots()["u0", ""]
    assert all(f'id="{cell}"' in page for cell in spot["cells"]) and len(spot["cells"]) == 2


def test_the_file_is_given_back_to_be_saved_only(empty: Text, clerk: Client) -> None:
    desk = Desk(clerk, empty, "怀来“<b>”.html", (SAMPLES / "sannvhe-2023.html").read_bytes())
    response = clerk.get(f"{desk.place}original/")
    assert response.content == (SAMPLES / "sannvhe-2023.html").read_bytes()
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["Content-Type"] == "application/octet-stream"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "<b>”" not in desk.see()


# ── corrected ─────────────────────────────────────────────────────────────────
def test_a_correction_is_kept_and_what_was_read_stays_visible(empty: Text, clerk: Client) -> None:
    desk = Desk(clerk, empty, "huailai-resettlement-2024.docx")
    read = content.read_whole(desk.made.reading).projects[0].indicators[0].value.text
    told = {"row": "p0-0", "field": "value"}
    note = desk.do("correct", **told, value="≥15次", before=read)
    assert "读出的是" in note and read in note
    page = desk.see("0")
    assert "≥15次" in page and read in page
    assert "别人" in desk.do("correct", 409, **told, value="≥16次", before="≥11次")
    desk.accept(0)
    assert projects(empty)[0].indicators[0].value.number == 15
    assert not Correction.objects.filter(content__contains="≥16次").exists()
    assert verify().broken is None


def test_rows_are_left_out_and_added_and_the_reading_comes_back(empty: Text, clerk: Client) -> None:
    desk = Desk(clerk, empty, "huailai-resettlement-2024.docx")
    assert "恢复" in desk.do("leave-out", row="p0-1", number="0")
    page = desk.do("rows/add", number="0")
    row = re.search(r'id="line-(p0-\w+x)"', page)
    assert row is not None
    desk.do("correct", row=row[1], field="name", value="手加的指标", before="")
    desk.do(
        "correct",
        row="p1",
        field="purpose",
        value="改过的用途",
        before="移民信息审核及机关运行经费",
    )
    assert "改过的用途" not in desk.do("restore", number="1")
    desk.accept(0, 1)
    first, second = projects(empty)
    names = [each.name for each in first.indicators]
    assert len(names) == 8 and names[-1] == "手加的指标" and "完成率" not in names[:1]
    assert second.purpose == "移民信息审核及机关运行经费"


def test_two_projects_that_are_one_are_joined_and_parted(empty: Text, clerk: Client) -> None:
    desk = Desk(clerk, empty, "huailai-resettlement-2024.docx")
    page = desk.do("join", number="1")
    assert page.count('id="line-p0-') == 8 and page.count('id="line-p1-') == 8
    assert "已并入项目 1" in desk.see()
    desk.do("restore", number="1")
    assert 'id="line-p1-' not in desk.see("0")
    desk.do("join", number="1")
    desk.accept(0, 1, 2)
    assert [len(each.indicators) for each in projects(empty)] == [16, 9]


def test_a_correction_that_cannot_be_made_says_why(empty: Text, clerk: Client) -> None:
    desk = Desk(clerk, empty, "huailai-resettlement-2024.docx")
    for what, told in {
        "correct": {"row": "p0-99", "field": "value", "value": "x"},
        "leave-out": {"row": "nonsense", "number": "0"},
        "join": {"number": "0"},
        "restore": {"number": "99"},
        "rows/add": {"number": "77777"},
        "choose": {"row": "p0", "field": "nonsense", "side": "mine"},
        "choose/all": {"number": "0", "side": "nobody's"},
    }.items():
        assert "Traceback" not in desk.do(what, 422, **told), what
    assert not Correction.objects.exists()


# ── merged ────────────────────────────────────────────────────────────────────
def test_what_was_typed_wins_blanks_are_filled_and_new_rows_added(
    draft: Text, clerk: Client
) -> None:
    sheet = draft.sheets.all()[0]
    typed(sheet, "purpose", "我写的用途")
    typed(sheet, "goals", "")
    typed(sheet, "basis", "", 0)
    typed(sheet, "value", "≥99次", 1)
    gone = without(sheet, 3).name
    before = draft.sheets.get(pk=sheet.pk).rows
    desk = Desk(clerk, draft, "huailai-resettlement-2024.docx")
    page = desk.see()
    assert "2 处不同" in page and "加 1 项指标" in page
    desk.accept(0, 1, 2, 3, head=True)
    assert draft.sheets.count() == 4
    after = draft.sheets.get(pk=sheet.pk)
    project = content.project_of(after)
    assert project.purpose == "我写的用途"
    assert project.goals and project.indicators[0].basis
    assert project.indicators[1].value.text == "≥99次"
    assert project.indicators[3].name == gone, "a new row stands where the file has it"
    assert [row for row in after.rows if row in before] == before, "rows keep their names"


def test_the_files_words_are_taken_where_one_says_so(draft: Text, clerk: Client) -> None:
    first, second = draft.sheets.all()[:2]
    typed(first, "purpose", "我写的用途")
    typed(first, "name", "我写的名称")
    typed(second, "purpose", "我写的另一个用途")
    desk = Desk(clerk, draft, "huailai-resettlement-2024.docx")
    desk.do("choose", 204, row="p0", field="purpose", side="theirs")
    desk.do("choose/all", number="1", side="theirs")
    assert "我写的用途" in re.sub("</?mark>", "", desk.see("0"))
    desk.accept(0, 1)
    first, second = draft.sheets.all()[:2]
    assert content.project_of(first).purpose == "完成移民信息审核及机关运行经费"
    assert content.project_of(first).name == "我写的名称"
    assert content.project_of(second).purpose == "移民信息审核及机关运行经费"
    kept = content.read_whole(draft.versions.get(reason="before_import").content)
    assert kept.projects[0].purpose == "我写的用途"


def test_amounts_of_two_units_are_taken_together(draft: Text, clerk: Client) -> None:
    sheet = draft.sheets.all()[0]
    typed(sheet, "budget.money_unit", "元")
    typed(sheet, "budget.total", "900000")
    typed(sheet, "budget.fiscal", "900000")
    desk = Desk(clerk, draft, "huailai-resettlement-2024.docx")
    desk.do("choose", 204, row="p0", field="budget.total", side="theirs")
    desk.accept(0)
    budget = projects(draft)[0].budget
    assert (budget.total, budget.fiscal, budget.money_unit) == ("80.00", "80.00", "万元")


@pytest.mark.parametrize(
    "again", ["huailai-resettlement-2024.docx", "huailai-resettlement-2024.pdf"]
)
def test_the_same_text_again_gives_no_doubles(again: str, empty: Text, clerk: Client) -> None:
    Desk(clerk, empty, "huailai-resettlement-2024.docx").accept(0, 1, 2, 3, head=True)
    before = projects(empty)
    empty.refresh_from_db()
    head = content.head_of(empty)
    desk = Desk(clerk, empty, again)
    assert desk.see().count("与现有的相同") == 4
    desk.accept(0, 1, 2, 3, head=True)
    empty.refresh_from_db()
    assert projects(empty) == before
    assert content.head_of(empty) == head


def test_a_file_that_waits_already_is_not_taken_twice(empty: Text, clerk: Client) -> None:
    places = {Desk(clerk, empty, "sannvhe-2023.html").place for _ in range(2)}
    assert len(places) == 1 and empty.imports.count() == 1
    assert "sannvhe-2023.html" in clerk.get(f"/texts/{empty.pk}/").content.decode()


def test_nothing_is_kept_of_a_file_that_is_decided_about(empty: Text, clerk: Client) -> None:
    desk = Desk(clerk, empty, "huailai-resettlement-2024.pdf")
    desk.do("discard", 302)
    assert not Original.objects.exists() and not Page.objects.exists()
    assert clerk.get(f"{desk.place}original/").status_code == 404
    assert "不能再更正" in desk.do("correct", 409, row="p0", field="name", value="x", before="")


def test_the_pages_ask_little_of_the_database(
    draft: Text, clerk: Client, django_assert_max_num_queries: Any
) -> None:
    desk = Desk(clerk, draft, "huailai-resettlement-2024.pdf")
    for part in ("", "0", "head"):
        with django_assert_max_num_queries(15):
            desk.see(part)


def test_another_unit_sees_nothing_of_it(
    empty: Text, clerk: Client, logged_in: Callable[[str], Client]
) -> None:
    desk = Desk(clerk, empty, "huailai-resettlement-2024.pdf")
    stranger = logged_in("tianbao2")
    for path in ("", "pages/1/", "original/"):
        assert stranger.get(desk.place + path).status_code == 404
