"""The rooms that a person may find: where they are already, what they may join, and where they may ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Q

from intranet.people.models import Department, User
from intranet.rooms import permissions
from intranet.rooms.models import JoinRequest, Room, RoomMembership, RoomQuerySet
from intranet.rooms.permissions import Standing, standings

SIZE = 40


@dataclass(frozen=True)
class Found:
    room: Room
    standing: Standing
    request: JoinRequest | None

    @property
    def offer(self) -> str:
        """What the person can do about this room from outside."""
        if permissions.can_enter(self.standing):
            return "open"
        if permissions.can_join(self.standing):
            return "join"
        if self.request is not None and self.request.declined_at is None:
            return "waiting"
        return "ask" if permissions.can_ask(self.standing) else ""


class Browser(TypedDict):
    found: list[Found]
    page: Page[Room]
    wanted: dict[str, Any]
    departments: list[Department]
    requests: list[JoinRequest]


def browser(user: User, wanted: dict[str, Any]) -> Browser:
    """One page of what they look for, in a constant number of queries."""
    findable = Room.objects.findable_by(user)
    rooms = _narrow(findable, user, wanted).with_people().with_departments()
    page = Paginator(rooms.order_by("archived_at", "name", "pk"), SIZE).get_page(wanted["page"] or 1)
    return Browser(
        found=describe(user, page.object_list),
        page=page,
        wanted=wanted,
        departments=list(Department.objects.filter(rooms__in=findable).distinct().order_by("name")),
        requests=requests_for(user),
    )


def describe(user: User, rooms: Any) -> list[Found]:
    rooms = list(rooms)
    at = standings(user, rooms)
    requests = {each.room_id: each for each in user.join_requests.filter(room__in=rooms)}
    return [Found(room, at[room.pk], requests.get(room.pk)) for room in rooms]


def requests_for(user: User) -> list[JoinRequest]:
    """Those that wait for this person's answer, the oldest first."""
    answering = RoomMembership.objects.answering().filter(user=user, room__archived_at=None)
    waiting = JoinRequest.objects.filter(room__in=answering.values("room"), declined_at=None)
    return with_people(list(waiting.select_related("room").order_by("made_at", "pk")))


def requests_of(room: Room) -> list[JoinRequest]:
    return with_people(list(room.requests.filter(declined_at=None).order_by("made_at", "pk")))


def with_people(requests: list[JoinRequest]) -> list[JoinRequest]:
    """With all that their avatars draw; who has left the company asks for nothing."""
    people = User.objects.active().with_primary_department().in_bulk([each.user_id for each in requests])
    for request in requests:
        if request.user_id in people:
            request.user = people[request.user_id]
    return [request for request in requests if request.user_id in people]


def _narrow(rooms: RoomQuerySet, user: User, wanted: dict[str, Any]) -> RoomQuerySet:
    if words := wanted["q"].split():
        for word in words:
            rooms = rooms.filter(
                Q(name__icontains=word) | Q(english_name__icontains=word) | Q(topic__icontains=word)
            )
    if wanted["kind"]:
        rooms = rooms.filter(kind=wanted["kind"])
    if wanted["department"]:
        rooms = rooms.filter(department_links__department=wanted["department"])
    if wanted["mine"]:
        rooms = rooms.filter(memberships__user=user)
    return rooms.filter(archived_at__isnull=not wanted["archived"])
