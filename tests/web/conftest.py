"""The demo county in a database of its own, and clients logged in as each of its people."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("django")

os.environ["JIXIAO_DATA"] = str(Path(tempfile.gettempdir()) / "jixiao-web-tests-no-such-folder")
os.environ["JIXIAO_SECRET_KEY"] = "only for tests"
os.environ["DJANGO_SETTINGS_MODULE"] = "jixiao.web.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.test import Client  # noqa: E402

from web_running import Running, serve  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

PASSWORD = "county-for-tests"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Build the county once; each test's changes are rolled back."""
    from jixiao.web.demo.build import build

    with django_db_blocker.unblock():
        build(PASSWORD)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run the application as its users start it, with a demo county of its own."""
    with serve(tmp_path_factory.mktemp("server"), os.environ.get("DATABASE_URL")) as made:
        yield made


@pytest.fixture
def logged_in(db: None) -> Callable[[str], Client]:
    """Return what gives a client that is logged in as a user."""
    from jixiao.web.accounts.models import User

    def client(username: str) -> Client:
        made = Client(enforce_csrf_checks=False)
        made.force_login(User.objects.get(username=username))
        return made

    return client


@pytest.fixture
def actor(db: None) -> Callable[[str], Any]:
    """Return what gives the one who does something."""
    from jixiao.web.accounts.models import User
    from jixiao.web.journal.chain import Actor

    return lambda username: Actor(User.objects.get(username=username), "192.0.2.7")


@pytest.fixture
def draft(db: None) -> Any:
    """Return the text that 张敏 is filling in."""
    return text_of("431002", 2025)


@pytest.fixture
def sheet(draft: Any) -> Any:
    """Return the first project of that text."""
    return draft.sheets.first()


@pytest.fixture
def program(db: None) -> Callable[[str], Any]:
    """Return what gives a program with a token of a user."""
    from web_api import Program

    return Program


def text_of(unit: str, year: int) -> Any:
    """Return a text of the county."""
    from jixiao.web.targets.models import Text

    return Text.objects.get(unit__code=unit, year=year)
