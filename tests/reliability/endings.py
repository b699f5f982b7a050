"""What ends a person's right to hear: called inside a process of the product."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from intranet.people import actions as people
from intranet.people.handover import today
from intranet.people.models import Department, DepartmentRole, Membership, Role, User
from intranet.rooms import actions as rooms
from intranet.rooms.models import Room
from tests.scenes import Scene

Ending = Callable[[Scene, User], None]


def _sign_out(scene: Scene, user: User) -> None:
    people.end_sessions(user=user)


def _change_password(scene: Scene, user: User) -> None:
    people.set_password(actor=None, user=user, password="another quiet lamp")


def _deactivate(scene: Scene, user: User) -> None:
    people.deactivate_user(actor=None, user=user)


def _end_of_stay(scene: Scene, user: User) -> None:
    department, over = Department.objects.get(pk=scene.department), today() - dt.timedelta(days=1)
    people.join_department(actor=None, user=user, department=department, role=Role.GUEST, until=over)
    people.end_expired_memberships()


def _remove_from_room(scene: Scene, user: User) -> None:
    owner = User.objects.get(pk=scene.people[0].pk)
    rooms.remove_member(actor=owner, room=Room.objects.get(pk=scene.room), user=user)


def _change_department(scene: Scene, user: User) -> None:
    other = people.create_department(actor=None, name=f"{user.username}要去的部门")
    people.transfer(actor=None, membership=Membership.objects.get(user=user), department=other)


def _take_grant(scene: Scene, user: User) -> None:
    """From the guests, of whom this person is the only one."""
    department = Department.objects.get(pk=scene.department)
    role = DepartmentRole.objects.get(department=department, role=Role.GUEST)
    people.change_grant(actor=None, role=role, codename="enter_rooms", granted=False)


CLOSES_SOCKET: dict[str, Ending] = {
    "sign-out": _sign_out,
    "password": _change_password,
    "deactivation": _deactivate,
    "end of a stay": _end_of_stay,
}
CLOSES_STREAM: dict[str, Ending] = {
    "removal": _remove_from_room,
    "transfer": _change_department,
    "grant": _take_grant,
}


def prepare_guest(scene: Scene, user_id: int) -> None:
    people.join_department(
        actor=None,
        user=User.objects.get(pk=user_id),
        department=Department.objects.get(pk=scene.department),
        role=Role.GUEST,
    )


def end(scene: Scene, user_id: int, how: str) -> None:
    (CLOSES_SOCKET | CLOSES_STREAM)[how](scene, User.objects.get(pk=user_id))
