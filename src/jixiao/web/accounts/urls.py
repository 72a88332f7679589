"""Where the pages of the administrator are."""

from __future__ import annotations

from django.urls import path

from jixiao.web.accounts.views import lists, people, places

_PLACE = "places/<slug:kind>/"

urlpatterns = [
    path("", people.accounts, name="accounts"),
    path("add/", people.add, name="account-add"),
    path("<int:user_id>/", people.account, name="account"),
    path("<int:user_id>/reset/", people.reset, name="account-reset"),
    path("<int:user_id>/unlock/", people.unlock, name="unlock"),
    path("<int:user_id>/switch/", people.switch, name="switch"),
    path("places/", places.tree, name="places"),
    path(f"{_PLACE}add/", places.add, name="place-add"),
    path(f"{_PLACE}<int:pk>/", places.place, name="place"),
    path(f"{_PLACE}<int:pk>/switch/", places.switch, name="place-switch"),
    path(f"{_PLACE}<int:pk>/remove/", places.remove, name="place-remove"),
    path("list/", lists.upload, name="list"),
    path("list/accept/", lists.accept, name="list-accept"),
    path("list/empty/", lists.empty, name="list-empty"),
]
