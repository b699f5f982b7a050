from __future__ import annotations

from django.urls import path

from intranet.people import views
from intranet.people.entrance import views as entrance

app_name = "people"
urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/theme/", views.theme, name="theme"),
    path("setup/", entrance.set_up, name="set_up"),
    path("invitation/<str:token>/", entrance.invitation, name="invitation"),
    path("welcome/", entrance.welcome, name="welcome"),
]
