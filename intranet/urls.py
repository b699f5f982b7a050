from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from intranet.people import views as people

handler429 = people.too_many
urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("intranet.people.account_urls")),
    path("i18n/setlang/", people.set_language, name="set_language"),
    path("", include("intranet.people.urls")),
    path("people/", include("intranet.directory.urls")),
    path("", include("chat.urls")),
    path("", include("intranet.rooms.urls")),
]
