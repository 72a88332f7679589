"""``python -m jixiao.web.jobs``: a worker."""

from __future__ import annotations

import os

import django

if __name__ == "__main__":
    from jixiao.web import environment

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
    environment.prepare()
    django.setup()
    from jixiao.web.jobs.worker import serve

    serve()
