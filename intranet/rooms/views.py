"""HTTP only: load through what the person sees, call one action, answer."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from intranet.people import actions as people
from intranet.people.entrance import steps
from intranet.people.models import User
from intranet.rooms import actions, permissions
from intranet.rooms.browser import browser, describe
from intranet.rooms.forms import (
    BROWSED_KINDS,
    BrowseForm,
    ChangeForm,
    CreateForm,
    CurrentForm,
    DirectForm,
    InviteForm,
    ReadForm,
    RoleForm,
    StarForm,
)
from intranet.rooms.models import Kind, Room, RoomMembership
from intranet.rooms.page import room_page
from intranet.rooms.permissions import standing
from intranet.rooms.sidebar import sidebar as sidebar_of
from intranet.rooms.tabs import front_page
from intranet.verdicts import require
from intranet.web.edge import valid


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where one was last; on a phone, which shows one pane at a time, the list."""
    last = RoomMembership.objects.last_read_by(_me(request))
    if last is None or "Mobi" in request.headers.get("User-Agent", ""):
        return redirect("rooms:index")
    return redirect(front_page(last.room))


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """One's own rooms at the side, and beside them all that one may find; a phone shows one of both."""
    wanted = valid(BrowseForm(request.GET)).cleaned_data
    found = browser(_me(request), wanted) | {"kinds": BROWSED_KINDS, "is_browsing": bool(request.GET)}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "rooms/_found.html", found)
    return render(request, "rooms/index.html", {**found, **sidebar_of(_me(request))})


@require_GET
def sidebar(request: HttpRequest) -> HttpResponse:
    current = valid(CurrentForm(request.GET)).cleaned_data["current"]
    return render(request, "rooms/_sidebar.html", {**sidebar_of(_me(request), current=current)})


@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """The last step of a first sign-in: one's rooms, and then into the first of them."""
    me = _me(request)
    if not me.is_arriving:
        return redirect("rooms:home")
    mine = RoomMembership.objects.arriving(me)
    if request.method == "POST":
        people.arrive(user=me)
        return redirect(front_page(mine[0].room) if mine else reverse("rooms:home"))
    context = {"rooms": mine, "steps": steps.steps(current="rooms"), "back": steps.before("rooms")}
    return render(request, "rooms/welcome.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    me = _me(request)
    require(permissions.can_create_somewhere(me))
    form = CreateForm(_posted(request), user=me)
    if request.method == "POST" and form.is_valid():
        return _to(request, _created(me, **form.cleaned_data))
    return _form(request, "rooms/_create.html", {"form": form})


def _created(me: User, *, kind: str, visibility: str, history: str, **fields: Any) -> Room:
    if kind == Kind.TOPIC:
        return actions.create_topic(actor=me, **fields)
    return actions.create_project(actor=me, visibility=visibility, history=history, **fields)


@require_http_methods(["GET", "POST"])
def direct(request: HttpRequest) -> HttpResponse:
    me = _me(request)
    form = DirectForm(_posted(request), user=me)
    if request.method == "POST" and form.is_valid():
        return _to(request, actions.open_direct(actor=me, **form.cleaned_data))
    return _form(request, "rooms/_direct.html", {"form": form})


@require_GET
def about(request: HttpRequest, room_id: int) -> HttpResponse:
    return render(request, "rooms/about.html", room_page(_me(request), _room(request, room_id), tab="about"))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, room_id: int) -> HttpResponse:
    me, room = _me(request), _room(request, room_id)
    require(permissions.can_change_room(standing(me, room)))
    form = ChangeForm(_posted(request), user=me, room=room)
    if request.method == "POST" and form.is_valid():
        actions.change_room(actor=me, room=room, **form.cleaned_data)
        return _back(request, "rooms:about", room.pk)
    return _form(request, "rooms/_change.html", {"form": form, "room": room})


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, room_id: int) -> HttpResponse:
    me, room = _me(request), _room(request, room_id)
    require(permissions.can_invite(standing(me, room)))
    form = InviteForm(_posted(request), user=me, room=room)
    if request.method == "POST" and form.is_valid():
        return _to(request, actions.invite(actor=me, room=room, **form.cleaned_data))
    return _form(request, "rooms/_invite.html", {"form": form, "room": room})


@require_POST
def remove(request: HttpRequest, room_id: int, user_id: int) -> HttpResponse:
    room = _room(request, room_id)
    actions.remove_member(actor=_me(request), room=room, user=_member(room, user_id))
    return _back(request, "rooms:about", room.pk)


@require_POST
def role(request: HttpRequest, room_id: int, user_id: int) -> HttpResponse:
    room = _room(request, room_id)
    chosen = valid(RoleForm(request.POST)).cleaned_data["role"]
    actions.set_role(actor=_me(request), room=room, user=_member(room, user_id), role=chosen)
    return _back(request, "rooms:about", room.pk)


@require_POST
def hand_over(request: HttpRequest, room_id: int, user_id: int) -> HttpResponse:
    room = _room(request, room_id)
    actions.hand_over(actor=_me(request), room=room, user=_member(room, user_id))
    return _back(request, "rooms:about", room.pk)


# --- From outside -----------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, room_id: int) -> HttpResponse:
    """Where a link to a room leads whoever is not in it, and may know of it."""
    me, room = _me(request), _findable(request, room_id)
    if request.method == "GET":
        [found] = describe(me, [room])
        return render(request, "rooms/_door.html", {"found": found, "room": room})
    actions.join(actor=me, room=room)
    return _to(request, room)


@require_POST
def ask(request: HttpRequest, room_id: int) -> HttpResponse:
    actions.ask_to_join(actor=_me(request), room=_findable(request, room_id))
    return _browse(request)


@require_POST
def withdraw(request: HttpRequest, room_id: int) -> HttpResponse:
    actions.withdraw_request(actor=_me(request), room=_findable(request, room_id))
    return _browse(request)


@require_POST
def accept(request: HttpRequest, room_id: int, user_id: int) -> HttpResponse:
    room = _room(request, room_id)
    actions.accept_request(actor=_me(request), room=room, user=_asking(room, user_id))
    return _answered(request, room)


@require_POST
def decline(request: HttpRequest, room_id: int, user_id: int) -> HttpResponse:
    room = _room(request, room_id)
    actions.decline_request(actor=_me(request), room=room, user=_asking(room, user_id))
    return _answered(request, room)


# --- Inside -----------------------------------------------------------------------------------------


@require_POST
def leave(request: HttpRequest, room_id: int) -> HttpResponse:
    actions.leave(actor=_me(request), room=_room(request, room_id))
    return _back(request, "rooms:index")


@require_POST
def archive(request: HttpRequest, room_id: int) -> HttpResponse:
    room = _room(request, room_id)
    actions.archive_room(actor=_me(request), room=room)
    return _back(request, "rooms:about", room.pk)


@require_POST
def restore(request: HttpRequest, room_id: int) -> HttpResponse:
    room = _room(request, room_id)
    actions.restore_room(actor=_me(request), room=room)
    return _back(request, "rooms:about", room.pk)


@require_POST
def star(request: HttpRequest, room_id: int) -> HttpResponse:
    starred = valid(StarForm(request.POST)).cleaned_data["starred"]
    actions.star(actor=_me(request), room=_room(request, room_id), starred=starred)
    return HttpResponse(status=204)


@require_POST
def read(request: HttpRequest, room_id: int) -> HttpResponse:
    number = valid(ReadForm(request.POST)).cleaned_data["number"]
    actions.mark_read(actor=_me(request), room_id=_room(request, room_id).pk, number=number)
    return HttpResponse(status=204)


def _room(request: HttpRequest, room_id: int) -> Room:
    return permissions.enter(request.user, room_id).with_departments()


def _member(room: Room, user_id: int) -> User:
    members = RoomMembership.objects.filter(room=room).select_related("user")
    return get_object_or_404(members, user__pk=user_id).user


def _findable(request: HttpRequest, room_id: int) -> Room:
    rooms = Room.objects.findable_by(request.user).with_people().with_departments()
    return get_object_or_404(rooms, pk=room_id)


def _asking(room: Room, user_id: int) -> User:
    """Whoever asks; or asked, and is told that it has been answered."""
    return get_object_or_404(User.objects.filter(join_requests__room=room), pk=user_id)


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)


def _posted(request: HttpRequest) -> QueryDict | None:
    """Also a form with nothing in it was posted, and is told what is missing."""
    return request.POST if request.method == "POST" else None


def _form(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """A form as it is asked for, or as it comes back with what is wrong in it."""
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def _to(request: HttpRequest, room: Room) -> HttpResponse:
    return _go(request, front_page(room))


def _back(request: HttpRequest, url_name: str, *args: int) -> HttpResponse:
    return _go(request, reverse(url_name, args=args))


def _browse(request: HttpRequest) -> HttpResponse:
    """Back to what they were looking for among the rooms."""
    return _go(request, _browsed(request) or f"{reverse('rooms:index')}?browse=on")


def _answered(request: HttpRequest, room: Room) -> HttpResponse:
    return _go(request, _browsed(request) or reverse("rooms:about", args=[room.pk]))


def _browsed(request: HttpRequest) -> str:
    """The address of the list of rooms that they came from, if they did."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    is_list = came_from.netloc == request.get_host() and came_from.path == reverse("rooms:index")
    return f"{came_from.path}?{came_from.query or 'browse=on'}" if is_list else ""


def _go(request: HttpRequest, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)  # type: ignore[attr-defined]
