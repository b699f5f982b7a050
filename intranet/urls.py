from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("intranet.people.urls")),
    path("", include("chat.urls")),
    path("", include("intranet.rooms.urls")),
]
