"""Where the pages are."""

from __future__ import annotations

from django.urls import include, path

from jixiao.web.accounts.views import entry
from jixiao.web.api import pages as tokens
from jixiao.web.journal import views as journal
from jixiao.web.targets.views import start

urlpatterns = [
    path("", start.start, name="start"),
    path("login/", entry.log_in, name="login"),
    path("logout/", entry.log_out, name="logout"),
    path("password/", entry.password, name="password"),
    path("password/elsewhere/", entry.end_elsewhere, name="end-elsewhere"),
    path("accounts/", include("jixiao.web.accounts.urls")),
    path("journal/", journal.journal, name="journal"),
    path("journal/export/", journal.export, name="journal-export"),
    path("journal/verify/", journal.check, name="journal-verify"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/add/", tokens.add, name="token-add"),
    path("tokens/<int:token_id>/revoke/", tokens.revoke, name="token-revoke"),
    path("api/", include("jixiao.web.api.urls")),
    path("", include("jixiao.web.rounds.urls")),
    path("texts/", include("jixiao.web.targets.urls")),
    path("texts/", include("jixiao.web.adjustments.urls")),
    path("review/", include("jixiao.web.review.urls")),
]

handler400 = "jixiao.web.views.bad"
handler403 = "jixiao.web.views.forbidden"
handler404 = "jixiao.web.views.missing"
handler500 = "jixiao.web.views.failed"
