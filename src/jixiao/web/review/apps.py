"""The app of reviewing."""

from __future__ import annotations

from django.apps import AppConfig


class Review(AppConfig):
    """The queue, review sheets, phrases."""

    name = "jixiao.web.review"
    label = "review"
    verbose_name = "审核"

    def ready(self) -> None:
        """Keep the standing of projects whenever a text that is reviewed is saved."""
        from django.db.models.signals import post_save

        from jixiao.web.review import standing
        from jixiao.web.targets.models import Text

        post_save.connect(standing.follow, sender=Text, dispatch_uid="review.standing")
