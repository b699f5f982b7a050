"""The company goes with everything that its people made; whatever belongs to others stays."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet

from chat.models import Message
from demo.company import NotPossible
from demo.models import Company
from intranet.events.models import Event, Stream
from intranet.people import pictures
from intranet.people.actions import COMPANY
from intranet.people.models import Company as Workplace
from intranet.people.models import Department, User, UserGroup, WorkCalendar
from intranet.rooms.models import Kind, Room, RoomMembership, RoomRole

BATCH = 2000
NAMED = 5
Progress = Callable[[int, int], None]


def remove_company(*, company: Company, progress: Progress) -> None:
    """Refuses, with a sentence, when people who are not of the company would lose something."""
    belongings = Belongings(company)
    if others := belongings.others():
        raise NotPossible(
            "The demo company stays, because others share rooms or departments with it and would lose what is"
            f" theirs: {', '.join(sorted(others)[:NAMED])}."
        )
    _delete_messages(belongings.messages, progress)
    with transaction.atomic():
        if company.is_founder:
            Workplace.objects.all().delete()
            Event.objects.filter(stream=COMPANY, kind__startswith="people.company.").delete()
        belongings.delete()
        company.delete()
    Workplace.objects.forget()


class Belongings:
    """What there is because of the company: also the rooms and messages that its people made later."""

    def __init__(self, company: Company) -> None:
        self.users = User.objects.filter(pk__in=company.users)
        self.departments = Department.objects.filter(pk__in=company.departments)
        self._own_users, self._own_departments = company.users, company.departments
        self.rooms = Room.objects.filter(pk__in=list(self._rooms().values_list("pk", flat=True)))
        self.calendars = list(self._calendars().values_list("pk", flat=True))
        self.messages = Message.objects.filter(room__in=self.rooms)
        self.streams = [f"user.{pk}" for pk in company.users]
        self.groups = self._groups()
        self.streams += [group.stream for group in self.groups]
        self._own_rooms = list(self.rooms.values_list("pk", flat=True))
        self.streams += [f"room.{pk}" for pk in self._own_rooms]

    def _rooms(self) -> QuerySet[Room]:
        """Rooms of nobody else's department, conversations of nobody else, its own company room."""
        foreign_departments = Department.objects.exclude(pk__in=self._own_departments)
        foreign_people = User.objects.exclude(pk__in=self._own_users)
        owned = RoomMembership.objects.filter(role=RoomRole.OWNER, user__in=self._own_users)
        own = (
            Q(departments__in=self._own_departments)
            | Q(kind=Kind.DIRECT, members__in=self._own_users)
            | Q(kind=Kind.COMPANY, pk__in=owned.values("room"))
        )
        return (
            Room.objects.filter(own)
            .exclude(departments__in=foreign_departments)
            .exclude(Q(kind=Kind.DIRECT) & Q(members__in=foreign_people))
            .distinct()
        )

    def _groups(self) -> QuerySet[UserGroup]:
        """User groups of nobody else."""
        foreign = User.objects.exclude(pk__in=self._own_users)
        own = UserGroup.objects.filter(Q(owners__in=self._own_users) | Q(members__in=self._own_users))
        return own.exclude(owners__in=foreign).exclude(members__in=foreign).distinct()

    def _calendars(self) -> QuerySet[WorkCalendar]:
        """Those that only its people and departments use; the company's is nobody's own."""
        own = Q(people__in=self._own_users) | Q(departments__in=self._own_departments)
        foreign_people = User.objects.exclude(pk__in=self._own_users).exclude(calendar=None)
        foreign_departments = Department.objects.exclude(pk__in=self._own_departments).exclude(calendar=None)
        return (
            WorkCalendar.objects.filter(own, is_default=False)
            .exclude(people__in=foreign_people)
            .exclude(departments__in=foreign_departments)
            .distinct()
        )

    def others(self) -> set[str]:
        """Names of people and departments that would lose something they have a right to."""
        foreign = User.objects.exclude(pk__in=self._own_users)
        staff = foreign.filter(memberships__department__in=self.departments)
        authors = foreign.filter(messages__in=self.messages)
        inside = Department.objects.filter(parent__in=self.departments)
        hosts = Room.objects.exclude(pk__in=self.rooms)
        shared = hosts.filter(
            Q(messages__author__in=self.users) | Q(kind=Kind.DIRECT, members__in=self.users)
        )
        return {
            *staff.values_list("name", flat=True),
            *authors.values_list("name", flat=True),
            *inside.exclude(pk__in=self._own_departments).values_list("name", flat=True),
            *(str(room) for room in shared.distinct()),
        }

    def delete(self) -> None:
        self._delete_events()
        UserGroup.objects.filter(pk__in=[group.pk for group in self.groups]).delete()
        self.rooms.delete()
        self._delete_sessions()
        for user in self.users.exclude(avatar=""):
            pictures.forget(user.avatar)
        self.users.delete()
        Group.objects.filter(department_role__department__in=self.departments).delete()
        self.departments.delete()
        WorkCalendar.objects.filter(pk__in=self.calendars).delete()

    def _delete_events(self) -> None:
        Event.objects.filter(stream__in=self.streams).delete()
        Stream.objects.filter(name__in=self.streams).delete()
        Event.objects.filter(stream=COMPANY, data__department__in=self._own_departments).delete()
        Event.objects.filter(stream=COMPANY, data__calendar__in=self.calendars).delete()
        Event.objects.filter(stream=COMPANY, data__user__in=self._own_users).delete()
        Stream.objects.filter(name=COMPANY).exclude(name__in=Event.objects.values("stream")).delete()
        # That others were in a room which goes.
        Event.objects.filter(kind__startswith="rooms.membership.", data__room__in=self._own_rooms).delete()
        # What its people did to others remains a fact of the others.
        Event.objects.filter(actor__in=self.users).update(actor=None)

    def _delete_sessions(self) -> None:
        own = {str(pk) for pk in self._own_users}
        keys = [
            each.pk for each in Session.objects.iterator() if each.get_decoded().get("_auth_user_id") in own
        ]
        Session.objects.filter(pk__in=keys).delete()


def _delete_messages(messages: QuerySet[Message], progress: Progress) -> None:
    """In short transactions, since load work may have made a million; a second attempt goes on."""
    total, done = messages.count(), 0
    while keys := list(messages.values_list("pk", flat=True)[:BATCH]):
        Message.objects.filter(pk__in=keys).delete()
        done += len(keys)
        progress(done, total)
