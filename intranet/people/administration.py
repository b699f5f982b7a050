"""The site of Django's administration, and the one way in which it writes."""

from __future__ import annotations

from functools import wraps
from typing import Any, cast

from allauth.account.views import logout as sign_out
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intranet.people.action_admin import ActionAdmin
from intranet.people.models import User
from intranet.people.pages import Page, View, attention, pages, pages_for
from intranet.people.permissions import can_open_administration
from intranet.verdicts import require


class Administration(admin.AdminSite):
    site_title = "同心"
    site_header = format_lazy("同心 · {}", _("Administration"))
    index_title = _("Administration")

    def register(
        self, model_or_iterable: Any, admin_class: type[admin.ModelAdmin] | None = None, **options: Any
    ) -> None:
        """Only what writes through actions; what libraries offer for their own tables does not."""
        if admin_class is not None and issubclass(admin_class, ActionAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(can_open_administration(request.user))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [path(each.route, self.admin_view(_guarded(each)), name=each.name) for each in pages()]
        return [*own, *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """What needs attention and what there is to do stand before the tables."""
        me = cast("User", request.user)
        own = {"pages": pages_for(me), "attention": list(attention(me)), "bodyclass": "dashboard"}
        return super().index(request, own | (extra_context or {}))

    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one sign-in; whoever has signed in and still comes here has no business here."""
        if request.user.is_authenticated:
            require(can_open_administration(request.user))
            return redirect("admin:index")
        return redirect(
            f"{resolve_url('account_login')}?{urlencode({'next': request.GET.get('next', request.path)})}"
        )

    def logout(  # type: ignore[override]  # there is one sign-out, with a page of its own
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return sign_out(request)

    def password_change(  # type: ignore[override]  # there is one such page
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")


def _guarded(page: Page) -> View:
    @wraps(page.view)
    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(page.allowed(cast("User", request.user)))
        context = {**admin.site.each_context(request), "title": page.label}
        return page.view(request, context, *args, **kwargs)

    return view
