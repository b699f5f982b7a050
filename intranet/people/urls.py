from __future__ import annotations

from django.urls import path

from intranet.people import views
from intranet.people.entrance import views as entrance

app_name = "people"
urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("guests/", views.guests, name="guests"),
    path("guests/<int:membership_id>/extend/", views.extend_guest, name="extend_guest"),
    path("settings/theme/", views.theme, name="theme"),
    path("setup/", entrance.set_up, name="set_up"),
    path("invitation/<str:token>/", entrance.invitation, name="invitation"),
    path("welcome/", entrance.welcome, name="welcome"),
    path("settings/status/", views.status, name="status"),
    path("settings/avatar/", views.avatar, name="avatar"),
    path("settings/avatar/remove/", views.remove_avatar, name="remove_avatar"),
    path("avatars/<slug:key>-<int:size>.webp", views.picture, name="picture"),
    path("settings/absences/", views.absences, name="absences"),
    path("settings/absences/<int:absence_id>/", views.absence, name="absence"),
    path("settings/absences/<int:absence_id>/remove/", views.remove_absence, name="remove_absence"),
]
