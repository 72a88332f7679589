"""``python -m jixiao.web.jobs``: a worker."""

from __future__ import annotations

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
    django.setup()
    from jixiao.web.jobs.worker import serve

    serve()
