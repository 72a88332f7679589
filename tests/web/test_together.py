"""Two people at the same thing at the same moment, against the real server."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from web_running import Running, Session


def at_once(*acts: Callable[[], tuple[int, str]]) -> list[tuple[int, str]]:
    """Do several things at the same moment."""
    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(act) for act in acts]]


def text_of(session: Session, word: str, start: str = "/") -> str:
    """Return the path of the text whose card or row has a word in it."""
    _, page = session.get(start)
    for part in re.split(r"</tr>|</a>\s*(?=<a class=\"card)", page):
        found = re.findall(r'href="(/texts/\d+/)"', part)
        if word in part and found:
            path: str = found[-1]
            return path
    raise AssertionError(f"no text with {word}")


def test_two_apply_for_an_adjustment(running: Running) -> None:
    ours = [Session(running, "t205001") for _ in range(3)]
    path = text_of(ours[0], "批复")
    _, page = ours[0].get(f"{path}adjust/")
    sheet = re.findall(r'name="sheet" value="(\d+)"', page)[0]
    told = {"sheet": sheet, "reason": "任务有变"}
    answers = at_once(*(lambda each=each: each.post(f"{path}adjust/", told) for each in ours))
    assert sorted(status for status, _ in answers) == [200, 409, 409]
    _, page = ours[0].get(path)
    assert page.count("任务有变</a>") == 1


def test_both_sections_approve_an_adjustment(running: Running) -> None:
    business, performance = Session(running, "yewu"), Session(running, "jixiao")
    path = text_of(performance, "调整·财政审核")
    answers = at_once(*(
        lambda each=each: each.post(f"{path}agree/", {"opinion": "同意"})
        for each in (business, performance)
    ))  # fmt: skip
    assert [status for status, _ in answers] == [200, 200]
    clerk = Session(running, "t213001")
    _, page = clerk.get(text_of(clerk, "批复"))
    assert page.count("<b>批复绩效目标调整</b>") == 1 and "4,800" in page


def test_two_remind_the_same_unit(running: Running) -> None:
    ours = [Session(running, name) for name in ("jixiao", "z210")]
    _, page = ours[1].get("/progress/?state=draft")
    unit = re.findall(r'name="unit" value="(\d+)"', page)[0]
    told = {"year": "2026", "unit": unit, "whom": "chosen", "words": "两个人一起催"}
    answers = at_once(*(lambda each=each: each.post("/progress/remind/", told) for each in ours))
    said = "".join(page for _, page in answers)
    assert said.count("已催办 1 个单位") == 1 and said.count("今天已经催办过") == 1
    _, page = Session(running, "t210002").get("/")
    assert page.count("两个人一起催") == 1


def test_the_same_account_place_and_text_are_made_once(running: Running) -> None:
    admins = [Session(running, "admin") for _ in range(4)]
    _, page = admins[0].get("/accounts/add/")
    unit = re.findall(r'<option value="(\d+)"[^>]*>431002', page)[0]
    person = {"username": "tongshi", "name": "同时", "role": "clerk", "unit": unit}
    answers = at_once(*(lambda each=each: each.post("/accounts/add/", person) for each in admins))
    assert sorted(status for status, _ in answers)[0] == 200
    assert {status for status, _ in answers} <= {200, 409, 422}
    assert sum("一次性密码" in page and status == 200 for status, page in answers) == 1
    _, page = admins[0].get("/accounts/places/unit/add/")
    department = re.findall(r'<option value="(\d+)"[^>]*>431 ', page)[0]
    told = {"code": "431777", "name": "同时新建的单位", "department": department}
    place = "/accounts/places/unit/add/"
    answers = at_once(*(lambda each=each: each.post(place, told) for each in admins))
    assert {status for status, _ in answers} <= {200, 409, 422}
    _, page = admins[0].get("/accounts/places/?q=431777")
    assert page.count(">同时新建的单位<") == 1


def test_a_text_is_agreed_to_or_returned_and_never_both(running: Running) -> None:
    ours = [Session(running, "jixiao") for _ in range(4)]
    _, page = ours[0].get("/review/")
    found = re.findall(r'href="(/texts/\d+/)', page)
    assert found
    told = {"opinion": "同时"}
    ways = ("agree", "return", "agree", "return")
    answers = at_once(*(
        lambda each=each, way=way: each.post(f"{found[0]}{way}/", told)
        for each, way in zip(ours, ways, strict=True)
    ))  # fmt: skip
    assert sorted(status for status, _ in answers) == [200, 409, 409, 409]
