"""Where the pages of rounds and of progress are."""

from __future__ import annotations

from django.urls import path

from jixiao.web.rounds import views

urlpatterns = [
    path("rounds/", views.rounds, name="rounds"),
    path("rounds/extend/", views.extend, name="round-extend"),
    path("progress/", views.shown, name="progress"),
    path("progress/remind/", views.remind, name="remind"),
    path("notices/<int:notice_id>/read/", views.read, name="notice-read"),
]
