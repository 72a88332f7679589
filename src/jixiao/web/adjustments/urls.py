"""Where the pages of adjustments are; ``text_id`` is the approved text's, then the copy's."""

from __future__ import annotations

from django.urls import path

from jixiao.web.adjustments import views

urlpatterns = [
    path("<int:text_id>/adjust/", views.adjust, name="adjust"),
    path("<int:text_id>/adjustment/", views.table, name="adjustment"),
    path("<int:text_id>/adjustment/docx/", views.document, name="adjustment-docx"),
    path("<int:text_id>/adjustment/cancel/", views.cancel, name="adjustment-cancel"),
]
