"""Where the pages of imports are, under the address of their text."""

from __future__ import annotations

from django.urls import path

from jixiao.web.imports import views

_IMPORT = "<int:import_id>/"

urlpatterns = [
    path("add/", views.upload, name="import-add"),
    path(_IMPORT, views.shown, name="import"),
    path(f"{_IMPORT}pages/<int:number>/", views.page, name="import-page"),
    path(f"{_IMPORT}original/", views.original, name="import-original"),
    path(f"{_IMPORT}correct/", views.correct, name="import-correct"),
    path(f"{_IMPORT}choose/", views.choose, name="import-choose"),
    path(f"{_IMPORT}choose/all/", views.choose_all, name="import-choose-all"),
    path(f"{_IMPORT}take/", views.take, name="import-take"),
    path(f"{_IMPORT}leave-out/", views.leave_out, name="import-leave-out"),
    path(f"{_IMPORT}rows/add/", views.add_row, name="import-row-add"),
    path(f"{_IMPORT}join/", views.join, name="import-join"),
    path(f"{_IMPORT}restore/", views.restore, name="import-restore"),
    path(f"{_IMPORT}accept/", views.accept, name="import-accept"),
    path(f"{_IMPORT}discard/", views.discard, name="import-discard"),
]
