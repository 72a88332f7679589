"""What a database says after a crash, as JSON: run with the application's own environment."""

from __future__ import annotations

import json
import os
from collections import Counter


def facts() -> dict[str, object]:
    from django.db import connection

    from jixiao.web.imports.models import Page
    from jixiao.web.jobs.models import Job
    from jixiao.web.journal.chain import verify
    from jixiao.web.journal.models import Entry
    from jixiao.web.targets.models import Decision, Import, Sheet, Version

    intact = "ok"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            intact = cursor.execute("PRAGMA integrity_check").fetchone()[0]
    broken = verify().broken
    versions = Version.objects.order_by("text", "number").values_list("text", "number", "reason")
    return {
        "intact": intact,
        "broken": str(broken) if broken else "",
        "versions": [list(each) for each in versions],
        "decisions": Counter(Decision.objects.values_list("step", flat=True)),
        "actions": Counter(Entry.objects.values_list("action", flat=True)),
        "imports": [list(e) for e in Import.objects.values_list("name", "status", "pk")],
        "pages": [list(each) for each in Page.objects.values_list("original", "number")],
        "sheets": [list(each) for each in Sheet.objects.values_list("text", "content")],
        "jobs": Counter(Job.objects.values_list("status", flat=True)),
    }


if __name__ == "__main__":
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "jixiao.web.settings"
    django.setup()
    print(json.dumps(facts()))
