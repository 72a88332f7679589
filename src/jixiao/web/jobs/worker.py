"""The worker: takes jobs one by one, and says while it works that it is alive."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus

from jixiao.web.jobs import workplace
from jixiao.web.jobs.models import Job

_LOG = logging.getLogger(__name__)

IDLE = 0.5
"""Seconds between two looks at an empty queue."""

ALIVE = 5
"""Seconds between two signs of life of a worker at work."""

SILENT = 30
"""Seconds without a sign of life after which a job is taken from a worker."""

LIMIT = 420
"""Seconds after which a job is held to have lost its way: its worker ends, another is started."""

ATTEMPTS = 3
"""So often a job is begun: one that brings its worker down must not do so for ever."""


def take(worker: str) -> Job | None:
    """Return the next job, marked as this worker's; None where there is none."""
    now = timezone.now()
    silent = now - timedelta(seconds=SILENT)
    waiting = Q(status=TaskResultStatus.READY) & (Q(run_after=None) | Q(run_after__lte=now))
    left = Q(status=TaskResultStatus.RUNNING, alive_at__lt=silent)
    with transaction.atomic():
        jobs = Job.objects.select_for_update(skip_locked=connection.features.has_select_for_update)
        job = jobs.filter(waiting | left).order_by("-priority", "added_at").first()
        if job is None:
            return None
        if job.attempts >= ATTEMPTS:
            job.status = TaskResultStatus.FAILED
            job.finished_at, job.error = now, "试了几次都没有做完"
            job.save()
            return None
        job.status, job.worker = TaskResultStatus.RUNNING, worker
        job.started_at = job.alive_at = now
        job.attempts += 1
        job.save()
    return job


def run(job: Job) -> None:
    """Do a job and write down what came of it. Tasks are made so that doing one twice is no harm."""
    done = threading.Event()
    signs = threading.Thread(target=_show_life, args=(job, done), daemon=True)
    signs.start()
    try:
        result = import_string(job.task).call(*job.arguments["args"], **job.arguments["kwargs"])
        outcome: dict[str, Any] = {"status": TaskResultStatus.SUCCESSFUL, "result": result}
    except Exception as error:  # noqa: BLE001 - whatever a task raises is written down
        _LOG.exception("job %s failed", job.task)
        outcome = {"status": TaskResultStatus.FAILED, "error": f"{type(error).__name__}: {error}"}
    finally:
        done.set()
        signs.join()
    Job.objects.filter(pk=job.pk, worker=job.worker, attempts=job.attempts).update(
        finished_at=timezone.now(), **outcome
    )


def run_waiting() -> int:
    """Do all jobs that wait, and return how many; what tests and single steps use."""
    count = 0
    while job := take("here"):
        run(job)
        count += 1
    return count


def _show_life(job: Job, done: threading.Event) -> None:
    end = time.monotonic() + LIMIT
    while not done.wait(ALIVE):
        if time.monotonic() > end:
            _LOG.error("job %s takes longer than %s s", job.task, LIMIT)
            with suppress(DatabaseError):
                _give_up(job)
            os._exit(os.EX_SOFTWARE)  # the thread at work cannot be stopped by itself
        try:
            mine = Job.objects.filter(pk=job.pk, attempts=job.attempts)
            mine.update(alive_at=timezone.now())
        except DatabaseError:  # it is busy, or away for a while: the next sign may come through
            _LOG.warning("job %s cannot show that it is alive", job.task, exc_info=True)
    connection.close()


def _give_up(job: Job) -> None:
    """End a job for good: begun again it would keep all others waiting once more."""
    Job.objects.filter(pk=job.pk, attempts=job.attempts).update(
        status=TaskResultStatus.FAILED, finished_at=timezone.now(), error="太久没有做完"
    )


def give_back(host: str) -> int:
    """Let the jobs of workers of this machine that are no more be taken at once; return how many."""
    left = [
        job.pk
        for job in Job.objects.filter(
            status=TaskResultStatus.RUNNING, worker__startswith=f"{host}-"
        )
        if not workplace.is_alive(job.worker.rpartition("-")[2])
    ]
    return Job.objects.filter(pk__in=left).update(status=TaskResultStatus.READY)


def serve() -> None:
    """Work until told to stop, or until the process that started this one is gone."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    name, parent = f"{socket.gethostname()}-{os.getpid()}", os.getppid()
    own = workplace.move_in()
    give_back(socket.gethostname())
    while not stop.is_set() and os.getppid() == parent:
        close_old_connections()
        try:
            job = take(name)
        except Exception:  # noqa: BLE001 - a database that is away for a while comes back
            _LOG.exception("the queue cannot be read")
            time.sleep(ALIVE)
            continue
        if job is None:
            stop.wait(IDLE)
        else:
            run(job)
    workplace.move_out(own)
