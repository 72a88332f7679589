"""Where the pages of reviewing are; ``text_id`` in an address is judged by ``scope``."""

from __future__ import annotations

from django.urls import path

from jixiao.web.review.views import appraisals, bulk, exports, phrases, queue

_TEXT = "<int:text_id>/"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("export/", exports.queue, name="export-queue"),
    path("opinions/<slug:kind>/", exports.opinions, name="export-opinions"),
    path("bulk/<slug:way>/", bulk.bulk, name="bulk"),
    path("bulk/<slug:way>/decide/", bulk.decide, name="bulk-decide"),
    path("phrases/", phrases.phrases, name="phrases"),
    path("phrases/keep/", phrases.keep, name="phrase-keep"),
    path("phrases/<int:phrase_id>/drop/", phrases.drop, name="phrase-drop"),
    path(f"{_TEXT}findings/comment/", phrases.comment_of_finding, name="comment-of-finding"),
    path(f"{_TEXT}comments/<int:comment_id>/withdraw/", phrases.withdraw, name="comment-withdraw"),
    path(f"{_TEXT}opinions/<slug:kind>/", exports.opinions_of_text, name="opinions"),
    path(f"{_TEXT}appraisal/", appraisals.appraisal, name="appraisal"),
    path(f"{_TEXT}appraisal/<int:sheet_id>/", appraisals.appraisal, name="appraisal-of-project"),
    path(f"{_TEXT}appraisal/field/", appraisals.field, name="appraisal-field"),
    path(f"{_TEXT}appraisal/take/", appraisals.take, name="appraisal-take"),
    path(f"{_TEXT}appraisal/complete/", appraisals.complete, name="appraisal-complete"),
    path(f"{_TEXT}appraisal/download/<slug:kind>/", appraisals.download, name="appraisal-download"),
]
