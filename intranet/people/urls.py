from __future__ import annotations

from django.urls import path

from intranet.people import views

app_name = "people"
urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/theme/", views.theme, name="theme"),
    path("settings/status/", views.status, name="status"),
    path("settings/avatar/", views.avatar, name="avatar"),
    path("settings/avatar/remove/", views.remove_avatar, name="remove_avatar"),
    path("avatars/<slug:key>-<int:size>.webp", views.picture, name="picture"),
]
