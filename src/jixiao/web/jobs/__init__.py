"""后台任务: a queue in the database for django-tasks, and the worker that empties it."""
