"""Where the pages of texts are; ``text_id`` in an address is judged by ``scope``."""

from __future__ import annotations

from django.urls import include, path

from jixiao.web.library import views as library
from jixiao.web.targets.views import (
    carry,
    comments,
    projects,
    rows,
    start,
    steps,
    texts,
    versions,
)

_TEXT = "<int:text_id>/"
_SHEET = f"{_TEXT}projects/<int:sheet_id>/"

urlpatterns = [
    path("new/", start.add, name="text-add"),
    path(_TEXT, texts.text, name="text"),
    path(f"{_TEXT}field/", texts.field, name="text-field"),
    path(f"{_TEXT}findings/", texts.findings, name="findings"),
    path(f"{_TEXT}carry/", carry.carry, name="carry"),
    path(f"{_TEXT}rows/paste/", rows.paste, name="row-paste"),
    path(f"{_TEXT}rows/preview/", rows.preview, name="row-preview"),
    path(f"{_TEXT}rows/<slug:what>/", rows.rows, name="rows"),
    path(f"{_TEXT}removed/<int:removed_id>/restore/", rows.restore, name="restore"),
    path(f"{_TEXT}projects/add/", projects.add, name="project-add"),
    path(_SHEET, projects.project, name="project"),
    path(f"{_SHEET}field/", projects.field, name="project-field"),
    path(f"{_SHEET}fix/", projects.fix, name="project-fix"),
    path(f"{_SHEET}choose/", projects.choose, name="project-choose"),
    path(f"{_SHEET}sums/", projects.sums, name="project-sums"),
    path(f"{_SHEET}parts/<slug:what>/", rows.part, name="project-part"),
    path(f"{_SHEET}duplicate/", projects.duplicate, name="project-duplicate"),
    path(f"{_SHEET}move/<str:way>/", projects.move, name="project-move"),
    path(f"{_SHEET}remove/", projects.remove, name="project-remove"),
    path(f"{_SHEET}recommended/", library.recommended, name="recommended"),
    path(f"{_SHEET}recommended/<int:number>/add/", library.take, name="recommended-take"),
    path(f"{_TEXT}comments/add/", comments.add, name="comment-add"),
    path(f"{_TEXT}comments/<int:comment_id>/settle/", comments.settle, name="comment-settle"),
    path(f"{_TEXT}submit/", steps.submit, name="submit"),
    path(f"{_TEXT}agree/", steps.agree, name="agree"),
    path(f"{_TEXT}return/", steps.send_back, name="send-back"),
    path(f"{_TEXT}imports/", include("jixiao.web.imports.urls")),
    path(f"{_TEXT}versions/", versions.versions, name="versions"),
    path(f"{_TEXT}compare/", versions.compared, name="compare"),
    path(f"{_TEXT}download/<slug:kind>/", versions.download, name="download"),
]
