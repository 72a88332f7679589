"""All operations of the API, in the order in which they are told of."""

from __future__ import annotations

from jixiao.web.api import catalogue, checks, steps, texts
from jixiao.web.api.errors import tell_errors
from jixiao.web.api.service import Service

service = Service()
for _part in (texts, steps, checks, catalogue):
    service.add_router("", _part.router)
tell_errors(service)
