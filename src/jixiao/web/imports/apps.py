"""The app of imports."""

from __future__ import annotations

from django.apps import AppConfig


class Imports(AppConfig):
    """Originals of files that were uploaded, and what people corrected of what was read."""

    name = "jixiao.web.imports"
    label = "imports"
    verbose_name = "导入"
