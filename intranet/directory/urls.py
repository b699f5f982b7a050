from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from intranet.directory import views


class NameConverter(StringConverter):
    """What a user name or a handle can consist of."""

    regex = r"[\w.-]+"


register_converter(NameConverter, "name")

app_name = "directory"
urlpatterns = [
    path("", views.people, name="people"),
    path("groups/", views.groups, name="groups"),
    path("groups/<name:handle>/", views.group, name="group"),
    path("groups/<name:handle>/add/", views.add, name="add"),
    path("groups/<name:handle>/<int:user_id>/remove/", views.remove, name="remove"),
    path("<name:username>/", views.card, name="card"),
]
