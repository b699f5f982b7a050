from __future__ import annotations

from django.urls import path

from intranet.people import views

app_name = "people"
urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("guests/", views.guests, name="guests"),
    path("guests/<int:membership_id>/extend/", views.extend_guest, name="extend_guest"),
    path("settings/theme/", views.theme, name="theme"),
]
