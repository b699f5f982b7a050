from __future__ import annotations

from django.urls import path

from intranet.people import views

app_name = "people"
urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/theme/", views.theme, name="theme"),
]
