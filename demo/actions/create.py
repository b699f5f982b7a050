"""The company comes about as any company does, through the apps' actions; then its past is put in place."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.hashers import make_password
from django.db import transaction

from demo.actions.past import put_in_the_past
from demo.actions.talk import talk
from demo.actions.worktime import give_working_times
from demo.company import PASSWORD, NotPossible
from demo.content import CALENDARS, DEPARTMENTS, GROUPS, PEOPLE, ROOMS, STATUSES
from demo.content.shapes import Person, RoomSpec
from demo.models import Company
from intranet import clock
from intranet.events import outbox
from intranet.people import actions as people
from intranet.people.handover import today
from intranet.people.models import Company as Workplace
from intranet.people.models import Department, Role, User, WorkCalendar
from intranet.rooms import actions as rooms
from intranet.rooms.models import Kind, Room, RoomRole

COMPANY = {
    "name": "远山智能",
    "english_name": "Yuanshan Intelligence",
    "locale": "zh-hans",
    "time_zone": "Asia/Shanghai",
}

PLANNED_IN = dt.timedelta(days=60)
OFFICES = {"zhaomin": "hr", "sunli": "it"}


@transaction.atomic
def create_company(*, now: dt.datetime | None = None) -> Company:
    """All of it or nothing."""
    _check_names_are_free()
    now = now or clock.now()
    is_founder = not Workplace.objects.is_here()
    if is_founder:
        people.found_company(**COMPANY)
    departments = create_departments()
    staff = create_people(departments)
    create_groups(staff)
    give_working_times(staff, now=now)
    _plan_transfer(departments, staff)
    places = create_rooms(departments, staff)
    messages = talk(places, staff, now=now)
    for spec in ROOMS:
        _finish(spec, places[spec.key], staff)
    outbox.run_due(limit=10_000)
    put_in_the_past(places, staff, messages, now=now)
    return Company.objects.create(
        users=[user.pk for user in staff.values()],
        departments=[department.pk for department in departments.values()],
        is_founder=is_founder,
    )


def _check_names_are_free() -> None:
    usernames = User.objects.filter(username__in=[person.username for person in PEOPLE])
    names = Department.objects.filter(name__in=[department.name for department in DEPARTMENTS])
    calendars = WorkCalendar.objects.filter(name__in=[calendar.name for calendar in CALENDARS])
    if Room.objects.filter(kind=Kind.COMPANY).exists():
        raise NotPossible("The demo company brings a room of the whole company, and there is one here.")
    taken = list(usernames.values_list("username", flat=True))
    for rows in (names, calendars):
        taken += rows.values_list("name", flat=True)
    if taken:
        raise NotPossible(f"The demo company needs names that are taken here: {', '.join(taken[:5])}.")


def create_departments() -> dict[str, Department]:
    made: dict[str, Department] = {}
    for spec in DEPARTMENTS:
        made[spec.key] = people.create_department(
            actor=None,
            name=spec.name,
            english_name=spec.english_name,
            hue=spec.hue,
            parent=made[spec.parent] if spec.parent else None,
        )
    return made


def create_people(departments: dict[str, Department]) -> dict[str, User]:
    staff = {person.username: _create_person(person) for person in PEOPLE}
    # One hash for all: a slow one for each of them would take longer than everything else together.
    User.objects.filter(pk__in=[user.pk for user in staff.values()]).update(password=make_password(PASSWORD))
    for person in PEOPLE:
        user = staff[person.username]
        for key, role in ((person.dept, person.role), *person.memberships):
            people.join_department(
                actor=None, user=user, department=departments[key], role=role, primary=key == person.dept
            )
    for username, office in OFFICES.items():
        people.appoint(actor=None, user=staff[username], office=office)
    for username, (sign, text) in STATUSES.items():
        people.set_status(user=staff[username], sign=sign, text=text, until=None)
    return staff


def _plan_transfer(departments: dict[str, Department], staff: dict[str, User]) -> None:
    """HR's lists show what they look like."""
    people.plan_transfer(
        actor=staff["zhaomin"],
        membership=staff["hedi"].memberships.get(primary=True),
        department=departments["firmware"],
        role=Role.MEMBER,
        on=today() + PLANNED_IN,
    )


def _create_person(person: Person) -> User:
    return people.create_user(
        actor=None,
        username=person.username,
        name=person.name,
        english_name=person.english_name,
        title=person.title,
        english_title=person.english_title,
        email=person.email,
        phone=person.phone,
        locale=person.locale,
        time_zone=person.time_zone,
    )


def create_groups(staff: dict[str, User]) -> None:
    for spec in GROUPS:
        people.create_group(
            actor=None,
            handle=spec.handle,
            name=spec.name,
            english_name=spec.english_name,
            description=spec.description,
            owners=[staff[username] for username in spec.owners],
            members=[staff[username] for username in spec.members],
        )


def create_rooms(departments: dict[str, Department], staff: dict[str, User]) -> dict[str, Room]:
    return {spec.key: _create_room(spec, departments, staff) for spec in ROOMS}


def _create_room(spec: RoomSpec, departments: dict[str, Department], staff: dict[str, User]) -> Room:
    members = [staff[username] for username in spec.members]
    if spec.kind == "direct":
        return rooms.open_direct(actor=members[0], people=members[1:])
    if spec.kind == "company":
        return _create_company_room(spec, staff)
    if spec.kind == "department":
        room = Room.objects.get(kind=Kind.DEPARTMENT, departments=departments[spec.departments[0]])
        texts = {"name": spec.name, "english_name": spec.english_name, "topic": spec.topic}
        Room.objects.filter(pk=room.pk).update(**texts)
        return room
    owner, *other_owners = (staff[username] for username in spec.owners)
    own = [departments[key] for key in spec.departments]
    texts = {"name": spec.name, "english_name": spec.english_name, "topic": spec.topic}
    if spec.kind == "topic":
        room = rooms.create_topic(actor=owner, departments=own, people=members, **texts)
    else:
        found = {"visibility": spec.visibility, "history": spec.history}
        room = rooms.create_project(actor=owner, departments=own, people=members, **texts, **found)
    for user in other_owners:
        rooms.set_role(actor=owner, room=room, user=user, role=RoomRole.OWNER)
    _appoint(spec, room, staff)
    return room


def _create_company_room(spec: RoomSpec, staff: dict[str, User]) -> Room:
    owners = [staff[username] for username in spec.owners]
    room = rooms.create_company_room(
        owners=owners, name=spec.name, english_name=spec.english_name, topic=spec.topic
    )
    _appoint(spec, room, staff)
    return room


def _appoint(spec: RoomSpec, room: Room, staff: dict[str, User]) -> None:
    for username in spec.moderators:
        actor = staff[spec.owners[0]]
        rooms.set_role(actor=actor, room=room, user=staff[username], role=RoomRole.MODERATOR)


def _finish(spec: RoomSpec, room: Room, staff: dict[str, User]) -> None:
    """What can only be done once everybody has said what they had to say."""
    for username in spec.asking:
        rooms.ask_to_join(actor=staff[username], room=room)
    for username in spec.starred_by:
        rooms.star(actor=staff[username], room=room, starred=True)
    if spec.archived:
        rooms.archive_room(actor=staff[spec.owners[0]], room=room)
