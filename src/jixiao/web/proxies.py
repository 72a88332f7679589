"""Reverse proxies that are trusted: what they say of where a request comes from, and by which way.

Without JIXIAO_PROXIES nobody is believed: anyone can write a header. With it, the client is the
rightmost address in X-Forwarded-For that is no trusted proxy; what stands to its left is hearsay.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Network = IPv4Network | IPv6Network

_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")


class TrustedProxies:
    """Puts the client's address in the place of a trusted proxy's, and drops what others claim."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what answers."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        proxies: Sequence[Network] = settings.PROXIES
        peer = str(request.META.get("REMOTE_ADDR") or "")
        if is_trusted(peer, proxies):
            request.META["REMOTE_ADDR"] = client(
                peer, request.META.get("HTTP_X_FORWARDED_FOR", ""), proxies
            )
        else:
            for name in _FORWARDED:
                request.META.pop(name, None)
        return self._get_response(request)


def client(peer: str, forwarded: str, proxies: Sequence[Network]) -> str:
    """Return the address that a request comes from, seen through the trusted proxies."""
    found = peer
    for each in reversed([part.strip() for part in forwarded.split(",")]):
        address = _address(each)
        if (
            address is None
        ):  # not written by a proxy of ours: nothing further left is to be believed
            return found
        found = address
        if not is_trusted(found, proxies):
            return found
    return found


def is_trusted(address: str, proxies: Sequence[Network]) -> bool:
    """Tell whether an address is that of a trusted proxy."""
    plain = _address(address)
    return plain is not None and any(ip_address(plain) in network for network in proxies)


def _address(said: str) -> str | None:
    """Return an address in its plain form, without a port; None for what is none."""
    if said.startswith("["):
        said = said[1:].partition("]")[0]
    elif said.count(":") == 1:
        said = said.partition(":")[0]
    try:
        found = ip_address(said)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return str(mapped or found)
