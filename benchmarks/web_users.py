"""People at work, for locust: clerks fill in and save, reviewers look through their queue.

Each waits 3 to 6 seconds between two things, as one who reads and types does.
"""

from __future__ import annotations

import itertools
import random
import re
from html import unescape
from typing import Any

from locust import FastHttpUser, between, events, task

from benchmarks.county import PASSWORD

_numbers = itertools.count()
_BOX = re.compile(
    r'<textarea id="f-(?:description|basis)\w+"[^>]*? data-row="(\w+)" data-field="(description|basis|value)"'
    r'[^>]*? data-saved="([^"]*)"'
)
SAVE, PROJECT, TEXT, QUEUE = "保存一栏", "打开项目", "打开文本", "审核队列"


class Person(FastHttpUser):
    """Someone who has logged in."""

    abstract = True
    wait_time = between(3, 6)
    username = ""

    def on_start(self) -> None:
        """Log in."""
        self.client.get("/login/", name="登录")
        told = {"username": self.username, "password": PASSWORD, **self.token()}
        with self.client.post("/login/", told, name="登录", catch_response=True) as answer:
            if "退出登录" not in answer.text:
                answer.failure("not logged in")

    def token(self) -> dict[str, str]:
        """Return what guards a form."""
        jar = self.client.cookiejar
        return {"csrfmiddlewaretoken": next(c.value or "" for c in jar if c.name == "csrftoken")}


class Clerk(Person):
    """Opens a project, and fills in one box after the other."""

    weight = 9

    def on_start(self) -> None:
        """Log in, and find the text."""
        self.username = f"clerk{next(_numbers) % 100}"
        super().on_start()
        page = self.client.get("/", name="首页").text
        self.text = re.findall(r'href="(/texts/\d+/)"', page)[0]
        page = self.client.get(self.text, name=TEXT).text
        self.projects = list(dict.fromkeys(re.findall(rf"{self.text}projects/\d+/", page)))
        self.open()

    def open(self) -> None:
        """Open one of the projects."""
        self.project = random.choice(self.projects)
        page = self.client.get(self.project, name=PROJECT).text
        found = re.search(r'id="revision" value="(\d+)"', page)
        self.revision = found[1] if found else "1"
        self.boxes: dict[tuple[str, str], str] = {
            (row, field): unescape(saved) for row, field, saved in _BOX.findall(page)
        }

    @task(12)
    def save(self) -> None:
        """Save a box; another session of the same clerk may have been there first (409)."""
        (row, field), before = random.choice(list(self.boxes.items()))
        value = f"{before[:60]}{random.randint(0, 99)}"
        told = {"row": row, "field": field, "value": value, "before": before}
        headers = {"HX-Request": "true", "X-CSRFToken": self.token()["csrfmiddlewaretoken"]}
        there = f"{self.project}field/"
        told["revision"] = self.revision
        with self.client.post(
            there, told, name=SAVE, headers=headers, catch_response=True
        ) as answer:
            found = re.search(r'id="revision" value="(\d+)"', answer.text or "")
            if answer.status_code == 200 and found:
                self.revision, self.boxes[row, field] = found[1], value
            else:
                answer.failure(f"{answer.status_code}: {(answer.text or '')[:200]}")

    @task(1)
    def turn(self) -> None:
        """Go on to another project."""
        self.open()


class Reviewer(Person):
    """Looks at what waits."""

    weight = 1

    def on_start(self) -> None:
        """Log in as one of the two sections."""
        self.username = random.choice(("business", "performance"))
        super().on_start()

    @task(3)
    def queue(self) -> None:
        """Look at the queue."""
        self.page = self.client.get("/", name=QUEUE).text

    @task(2)
    def all(self) -> None:
        """Look at all texts."""
        self.client.get("/?show=all", name=QUEUE)

    @task(2)
    def look(self) -> None:
        """Open a text of the queue."""
        there = re.findall(r'href="(/texts/\d+/)', self.client.get("/", name=QUEUE).text)
        if there:
            self.client.get(random.choice(there), name=TEXT)


@events.init.add_listener
def _seed(**_: Any) -> None:
    random.seed(20260101)
