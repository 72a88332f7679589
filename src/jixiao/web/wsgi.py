"""What the server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from jixiao.web import environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
environment.prepare()

application = get_wsgi_application()
