"""HTTP only: load through what the person sees, call one action, answer."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chat import actions, permissions, windows
from chat.forms import EditForm, PostForm, WindowForm
from chat.models import Message
from intranet.people.models import User
from intranet.rooms.models import Room
from intranet.rooms.page import room_page
from intranet.rooms.permissions import can_find, enter, standing
from intranet.verdicts import Denied, require
from intranet.web.context import with_department
from intranet.web.edge import valid

MINIMAL = "return=minimal"


@require_GET
def conversation(request: HttpRequest, room_id: int) -> HttpResponse:
    """Whoever is not in the room, but may know of it, comes to its door."""
    try:
        room = enter(request.user, room_id).with_departments()
    except Denied:
        require(can_find(request.user, room_id))
        return redirect("rooms:join", room_id)
    at = valid(WindowForm(request.GET)).cleaned_data["at"]
    page = room_page(_me(request), room, tab="chat")
    here = page["standing"]
    window = windows.around(here, at) if at else windows.latest(here)
    post = permissions.can_post(here)
    abilities = {"post": bool(post), "moderate": bool(permissions.can_moderate(here))}
    context = page | {
        "messages": window.messages,
        "has_older": window.has_older,
        "has_newer": window.has_newer,
        "abilities": page["abilities"] | abilities,
        "refusal": post.sentence,
    }
    return render(request, "chat/conversation.html", context)


@require_http_methods(["GET", "POST"])
def messages(request: HttpRequest, room_id: int) -> HttpResponse:
    room = enter(request.user, room_id)
    return _post(request, room) if request.method == "POST" else _window(request, room)


def _post(request: HttpRequest, room: Room) -> HttpResponse:
    form = valid(PostForm(request.POST))
    message = actions.post_message(actor=_me(request), room=room, **form.cleaned_data)
    status = 200 if message.is_repeat else 201
    if request.headers.get("Prefer") == MINIMAL:
        return HttpResponse(status=status, headers={"Preference-Applied": MINIMAL})
    return _fragment(request, message, status=status)


def _window(request: HttpRequest, room: Room) -> HttpResponse:
    at = standing(request.user, room)
    wanted = valid(WindowForm(request.GET)).cleaned_data
    if wanted["before"] is not None:
        window = windows.before(at, wanted["before"])
    elif wanted["after"] is not None:
        window = windows.after(at, wanted["after"])
    elif wanted["around"] is not None:
        window = windows.around(at, wanted["around"])
    else:
        window = windows.latest(at)
    response = render(request, "chat/_messages.html", {"messages": window.messages})
    response["X-Has-Older"], response["X-Has-Newer"] = str(int(window.has_older)), str(int(window.has_newer))
    return response


@require_GET
def permalink(request: HttpRequest, message_id: int) -> HttpResponse:
    message = _message(request, message_id)
    room = reverse("chat:conversation", args=[message.room_id])
    return redirect(f"{room}?at={message.number}#message-{message.pk}")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, message_id: int) -> HttpResponse:
    message = _message(request, message_id)
    if request.method == "GET":
        require(permissions.can_edit(standing(request.user, message.room), message))
        return render(request, "chat/_edit.html", {"message": message})
    form = valid(EditForm(request.POST))
    changed = actions.edit_message(actor=_me(request), message=message, **form.cleaned_data)
    return _fragment(request, changed)


@require_POST
def delete(request: HttpRequest, message_id: int) -> HttpResponse:
    message = actions.delete_message(actor=_me(request), message=_message(request, message_id))
    return _fragment(request, message)


@require_GET
def history(request: HttpRequest, message_id: int) -> HttpResponse:
    message = _message(request, message_id)
    return render(request, "chat/_history.html", {"message": message, "revisions": message.revisions.all()})


def _fragment(request: HttpRequest, message: Message, *, status: int = 200) -> HttpResponse:
    with_department(message.author)
    return render(request, "chat/_message.html", {"message": message}, status=status)


def _message(request: HttpRequest, message_id: int) -> Message:
    visible = Message.objects.visible_to(request.user).for_drawing().select_related("room", "author")
    return get_object_or_404(visible, pk=message_id)


def _me(request: HttpRequest) -> User:
    return cast("User", request.user)
