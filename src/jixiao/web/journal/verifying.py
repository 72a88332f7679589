"""The chain is walked in the background: a province's record has millions of entries."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus

from jixiao.web.jobs.models import Job
from jixiao.web.journal.chain import Actor, record, verify
from jixiao.web.journal.models import Verification


@transaction.atomic
def ask(actor: Actor) -> Verification:
    """Ask for a check; one that is under way is not asked for again."""
    last = latest()
    if last is not None and last.done_at is None and not has_failed(last):
        return last
    made = Verification.objects.create()
    made.job = UUID(walk.enqueue(made.pk).id)
    made.save(update_fields=["job"])
    record(actor, "journal.verify", "journal", made.pk)
    return made


def latest() -> Verification | None:
    """Return the last check that was asked for."""
    return Verification.objects.first()


def has_failed(check: Verification) -> bool:
    """Tell whether a check came to nothing."""
    failed = Job.objects.filter(pk=check.job or UUID(int=0), status=TaskResultStatus.FAILED)
    return check.done_at is None and failed.exists()


@task
def walk(check_id: int) -> None:
    """Walk the chain, and write down what was found."""
    found = verify()
    Verification.objects.filter(pk=check_id).update(
        done_at=timezone.now(),
        entries=found.entries,
        last=found.last,
        broken=found.broken.number if found.broken else None,
        reason=found.broken.reason if found.broken else "",
    )
