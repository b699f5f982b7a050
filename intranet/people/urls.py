from __future__ import annotations

from django.urls import path

from intranet.people import views

app_name = "people"
urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/theme/", views.theme, name="theme"),
    path("settings/absences/", views.absences, name="absences"),
    path("settings/absences/<int:absence_id>/", views.absence, name="absence"),
    path("settings/absences/<int:absence_id>/remove/", views.remove_absence, name="remove_absence"),
]
