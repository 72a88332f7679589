"""The backend of django-tasks that keeps jobs in the application's own database."""

from __future__ import annotations

from typing import Any

from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from jixiao.web.jobs.models import Job


class DatabaseBackend(BaseTaskBackend):
    """A job is a row: it is there when the transaction that adds it is committed, and only then."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Add a job."""
        self.validate_task(task)
        job = Job.objects.create(
            task=task.module_path,
            arguments=normalize_json({"args": list(args), "kwargs": dict(kwargs)}),
            priority=task.priority,
            run_after=task.run_after,
        )
        return self._result(job, task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Return what became of a job."""
        job = Job.objects.filter(pk=result_id).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return self._result(job, import_string(job.task))

    def _result(self, job: Job, task: Task[Any, Any]) -> TaskResult[Any]:
        result: TaskResult[Any] = TaskResult(
            task=task,
            id=str(job.id),
            status=TaskResultStatus(job.status),
            enqueued_at=job.added_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
            last_attempted_at=job.started_at,
            args=job.arguments["args"],
            kwargs=job.arguments["kwargs"],
            backend=self.alias,
            errors=[TaskError(exception_class_path="builtins.Exception", traceback=job.error)]
            if job.error
            else [],
            worker_ids=[job.worker] if job.worker else [],
        )
        object.__setattr__(result, "_return_value", job.result)
        return result
