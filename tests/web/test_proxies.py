"""Where a request comes from: what a trusted proxy says, and nobody else."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest
from django.test import Client

from jixiao.web import environment
from jixiao.web.journal.models import Entry
from jixiao.web.proxies import client

TRUSTED = [ip_network("127.0.0.1"), ip_network("10.1.0.0/16"), ip_network("fd00::/8")]


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("127.0.0.1", "192.0.2.9", "192.0.2.9"),
        ("127.0.0.1", "203.0.113.5, 192.0.2.9", "192.0.2.9"),  # what stands left is hearsay
        ("127.0.0.1", "192.0.2.9, 10.1.2.3", "192.0.2.9"),
        ("127.0.0.1", "192.0.2.9:5123", "192.0.2.9"),
        ("127.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        ("127.0.0.1", "::ffff:192.0.2.9", "192.0.2.9"),
        ("127.0.0.1", "garbage", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.9, garbage, 10.1.0.1", "10.1.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "10.1.0.7", "10.1.0.7"),
    ],
)
def test_the_client_is_the_rightmost_that_is_no_proxy(
    peer: str, forwarded: str, expected: str
) -> None:
    assert client(peer, forwarded, TRUSTED) == expected


def logged(told: dict[str, str]) -> str:
    Client().post("/login/", {"username": "tianbao", "password": "wrong"}, headers=told)
    return Entry.objects.latest("number").address


@pytest.mark.django_db
def test_the_record_has_the_clients_address_only_behind_a_trusted_proxy(settings: Any) -> None:
    told = {"X-Forwarded-For": "192.0.2.44"}
    assert logged(told) == "127.0.0.1"
    settings.PROXIES = TRUSTED
    assert logged(told) == "192.0.2.44"


@pytest.mark.django_db
def test_https_is_believed_of_a_trusted_proxy_only(settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    told = {"X-Forwarded-Proto": "https"}
    assert not Client().get("/login/", headers=told).wsgi_request.is_secure()
    settings.PROXIES = TRUSTED
    assert Client().get("/login/", headers=told).wsgi_request.is_secure()


def test_a_proxy_that_is_no_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIXIAO_PROXIES", raising=False)
    assert environment.proxies() == []
    monkeypatch.setenv("JIXIAO_HTTPS", "1")
    assert [str(each) for each in environment.proxies()] == ["127.0.0.1/32", "::1/128"]
    monkeypatch.setenv("JIXIAO_PROXIES", "127.0.0.1, 10.1.2.3/16")
    assert len(environment.proxies()) == 2
    monkeypatch.setenv("JIXIAO_PROXIES", "nginx")
    with pytest.raises(environment.ProxiesError, match="nginx"):
        environment.proxies()
