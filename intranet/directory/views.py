"""HTTP only: load through what the person sees, call one action, answer."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from intranet import clock
from intranet.directory.finding import departments_of, matching, working_in
from intranet.directory.forms import AddForm, SearchForm
from intranet.directory.local_time import local_time
from intranet.people import actions
from intranet.people.models import User, UserGroup
from intranet.people.permissions import can_manage_group, can_see_phone, phone_view
from intranet.people.worktime import off_work
from intranet.rooms.permissions import people_in_reach
from intranet.rooms.presence import online
from intranet.verdicts import require

PAGE = 40

# --- People -----------------------------------------------------------------------------------------


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """What is typed narrows the list; a script asks for the list alone."""
    in_reach = people_in_reach(_me(request))
    form = SearchForm(request.GET, departments=departments_of(in_reach))
    listed = _listed(request, _found(in_reach, form), form) if form.is_valid() else {}
    context = {"form": form, "departments": form.fields["department"].queryset, **listed}  # type: ignore[attr-defined]
    template = "directory/_found.html" if request.htmx else "directory/people.html"  # type: ignore[attr-defined]
    return render(request, template, context, status=422 if form.errors else 200)


def _found(in_reach: Any, form: SearchForm) -> Any:
    wanted = form.cleaned_data
    found = working_in(in_reach, wanted["department"]) if wanted["department"] else in_reach
    return matching(found, wanted["q"]).with_primary_department().prefetch_related("memberships")


def _listed(request: HttpRequest, found: Any, form: SearchForm) -> dict[str, Any]:
    page = Paginator(found, PAGE).get_page(form.cleaned_data["page"] or 1)
    rows = list(page.object_list)
    view = phone_view(_me(request))
    return {
        "page": page,
        "people": [(person, bool(can_see_phone(view, person))) for person in rows],
        "people_online": online(person.pk for person in rows),
    }


@require_GET
def card(request: HttpRequest, username: str) -> HttpResponse:
    me = _me(request)
    in_reach = people_in_reach(me).with_primary_department().prefetch_related("memberships__department")
    person = get_object_or_404(in_reach, username=username)
    context = {
        "person": person,
        "people_online": online([person.pk]),
        "local": local_time(person, seen_by=me),
        "phone_shown": bool(can_see_phone(phone_view(me), person)),
        "groups": UserGroup.objects.visible_to(me).filter(members=person),
        "off": next((each for each in off_work([person], clock.now()) if each.absence), None),
    }
    return render(request, "directory/card.html", context)


# --- User groups --------------------------------------------------------------------------------------


@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    found = UserGroup.objects.visible_to(_me(request)).with_sizes()
    return render(request, "directory/groups.html", {"groups": found})


@require_GET
def group(request: HttpRequest, handle: str) -> HttpResponse:
    me, shown = _me(request), _group(request, handle)
    reachable = people_in_reach(me)
    members = list(reachable.filter(user_groups=shown).with_primary_department().order_by("pinyin", "pk"))
    owners = list(reachable.filter(owned_groups=shown).with_primary_department().order_by("pinyin", "pk"))
    context = {
        "group": shown,
        "members": members,
        "owners": owners,
        "people_online": online(person.pk for person in [*members, *owners]),
        "may_manage": bool(can_manage_group(me, shown)),
    }
    return render(request, "directory/group.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, handle: str) -> HttpResponse:
    me, shown = _me(request), _group(request, handle)
    require(can_manage_group(me, shown))
    form = AddForm(request.POST if request.method == "POST" else None, user=me, group=shown)
    if request.method == "POST" and form.is_valid():
        actions.add_to_group(actor=me, group=shown, **form.cleaned_data)
        return _to_group(request, shown)
    status = 422 if request.method == "POST" else 200
    return render(request, "directory/_add.html", {"form": form, "group": shown}, status=status)


@require_POST
def remove(request: HttpRequest, handle: str, user_id: int) -> HttpResponse:
    shown = _group(request, handle)
    member: User = get_object_or_404(shown.members, pk=user_id)
    actions.remove_from_group(actor=_me(request), group=shown, user=member)
    return _to_group(request, shown)


def _group(request: HttpRequest, handle: str) -> UserGroup:
    return get_object_or_404(UserGroup.objects.visible_to(_me(request)), handle=handle)


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)


def _to_group(request: HttpRequest, shown: UserGroup) -> HttpResponse:
    url = reverse("directory:group", args=[shown.handle])
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)  # type: ignore[attr-defined]
