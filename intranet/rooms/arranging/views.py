"""HTTP only: one's own list of rooms, arranged."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intranet.people.models import User
from intranet.rooms.arranging import actions
from intranet.rooms.arranging.forms import (
    FoldForm,
    MuteForm,
    NewSectionForm,
    PlaceForm,
    PreferencesForm,
    SectionForm,
    StepForm,
    UndoForm,
)
from intranet.rooms.arranging.switcher import switcher as switcher_of
from intranet.rooms.arranging.undo import pack, unpack
from intranet.rooms.models import SidebarSection
from intranet.web.edge import valid
from intranet.web.refusals import is_page


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    actions.change_preferences(actor=_me(request), **valid(PreferencesForm(request.POST)).cleaned_data)
    return _done(request)


@require_POST
def fold(request: HttpRequest) -> HttpResponse:
    me = _me(request)
    actions.fold(actor=me, **valid(FoldForm(request.POST, user=me)).cleaned_data)
    return _done(request)


@require_POST
def place(request: HttpRequest) -> HttpResponse:
    me = _me(request)
    actions.place(actor=me, **valid(PlaceForm(request.POST, user=me)).cleaned_data)
    return _done(request)


@require_POST
def mute(request: HttpRequest) -> HttpResponse:
    me = _me(request)
    actions.mute(actor=me, **valid(MuteForm(request.POST, user=me)).cleaned_data)
    return _done(request)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    me = _me(request)
    moved = actions.mark_all_read(actor=me)
    return JsonResponse({"rooms": len(moved), "undo": pack(me, moved)})


@require_POST
def unread_again(request: HttpRequest) -> HttpResponse:
    me = _me(request)
    actions.take_back(actor=me, moved=unpack(me, valid(UndoForm(request.POST)).cleaned_data["undo"]))
    return _done(request)


@require_http_methods(["GET", "POST"])
def new_section(request: HttpRequest) -> HttpResponse:
    me = _me(request)
    chosen = (request.POST if request.method == "POST" else request.GET).getlist("rooms")
    form = NewSectionForm(request.POST if request.method == "POST" else None, user=me, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            actions.make_section(actor=me, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _done(request)
    return _form(request, "rooms/_new_section.html", {"form": form})


@require_http_methods(["GET", "POST"])
def rename_section(request: HttpRequest, section_id: int) -> HttpResponse:
    me, section = _me(request), _section(request, section_id)
    form = SectionForm(request.POST if request.method == "POST" else None, user=me, section=section)
    if request.method == "POST" and form.is_valid():
        actions.rename_section(actor=me, section=section, **form.cleaned_data)
        return _done(request)
    return _form(request, "rooms/_rename_section.html", {"form": form, "section": section})


@require_POST
def move_section(request: HttpRequest, section_id: int) -> HttpResponse:
    step = valid(StepForm(request.POST)).cleaned_data["step"]
    actions.move_section(actor=_me(request), section=_section(request, section_id), step=step)
    return _done(request)


@require_POST
def delete_section(request: HttpRequest, section_id: int) -> HttpResponse:
    actions.delete_section(actor=_me(request), section=_section(request, section_id))
    return _done(request)


@require_GET
def switcher(request: HttpRequest) -> HttpResponse:
    return JsonResponse({**switcher_of(_me(request))}, json_dumps_params={"ensure_ascii": False})


def _section(request: HttpRequest, section_id: int) -> SidebarSection:
    me = _me(request)
    return get_object_or_404(SidebarSection.objects.filter(user=me), pk=section_id)


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)


def _form(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _done(request: HttpRequest) -> HttpResponse:
    """The list follows by itself; without a script one goes to it."""
    return redirect("rooms:index") if is_page(request) else HttpResponse(status=204)
