"""The people of the tests: fixed names, made the way the product makes them.

Marketing and research share the room `launch`; legal has a room of its own; `closed` is an archived room of
marketing. Everybody's seat is told by the name.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from intranet.people import actions
from intranet.people.models import Department, Role, User
from intranet.people.permissions import Office
from intranet.rooms import actions as rooms
from intranet.rooms.models import Room
from tests.snapshots import Snapshot

PASSWORD = "a quiet lamp 2026"


class QuickHasher(PBKDF2PasswordHasher):
    """What it writes, every process of the product can check; it only takes no time."""

    iterations = 1


@dataclass(frozen=True)
class Cast:
    marketing: Department
    research: Department
    legal: Department
    owner: User
    manager: User
    member: User
    guest: User
    removed: User
    deactivated: User
    stranger: User
    hr: User
    it: User
    superuser: User
    launch: Room
    closed: Room
    contracts: Room

    def people(self) -> dict[str, User]:
        """Everybody, by the name of their seat."""
        everything = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in everything.items() if isinstance(value, User)}

    def again(self, name: str) -> User:
        """The person as the database has them now, with no permission remembered."""
        return User.objects.get(pk=getattr(self, name).pk)


def make_cast() -> Cast:
    _snapshot.restore()
    people = {user.username: user for user in User.objects.all()}
    departments = {department.english_name: department for department in Department.objects.all()}
    rooms_by_name = {room.english_name: room for room in Room.objects.all()}
    return Cast(
        marketing=departments["Marketing"],
        research=departments["R&D"],
        legal=departments["Legal"],
        launch=rooms_by_name["S1 launch"],
        closed=rooms_by_name["Spring fair"],
        contracts=rooms_by_name["Contract templates"],
        **people,
    )


def _create() -> None:
    marketing = _department("市场部", "Marketing", "orange")
    research = _department("研发部", "R&D", "blue")
    legal = _department("法务部", "Legal", "cyan")
    owner = _person("owner", "李雷", "Lei Li", marketing)
    manager = _person("manager", "王芳", "Fang Wang", marketing, Role.MANAGER)
    member = _person("member", "韩梅梅", "Meimei Han", research)
    guest = _person("guest", "周游", "You Zhou", marketing, Role.GUEST)
    removed = _person("removed", "张伟", "Wei Zhang", research)
    deactivated = _person("deactivated", "陈晨", "Chen Chen", research)
    stranger = _person("stranger", "林涛", "Tao Lin", legal)
    hr = _person("hr", "赵敏", "Min Zhao", legal)
    it = _person("it", "孙丽", "Li Sun", legal)
    _person("superuser", "高山", "Shan Gao", None, is_staff=True, is_superuser=True)
    actions.appoint(actor=None, user=hr, office=Office.HR)
    actions.appoint(actor=None, user=it, office=Office.IT)
    people = [manager, member, guest, removed, deactivated]
    launch = _project(owner, "晨光 S1 上市", "S1 launch", [marketing, research], people)
    closed = _project(owner, "春季展会", "Spring fair", [marketing, research], people)
    _project(stranger, "合同模板", "Contract templates", [legal], [])
    for room in (launch, closed):
        rooms.remove_member(actor=owner, room=room, user=removed)
    rooms.archive_room(actor=owner, room=closed)
    actions.deactivate_user(actor=None, user=deactivated)


def _department(name: str, english_name: str, hue: str) -> Department:
    return actions.create_department(actor=None, name=name, english_name=english_name, hue=hue)


def _person(
    username: str,
    name: str,
    english_name: str,
    department: Department | None,
    role: str = Role.MEMBER,
    **fields: bool,
) -> User:
    user = actions.create_user(
        actor=None,
        username=username,
        name=name,
        english_name=english_name,
        email=f"{username}@tongxin.example",
        password=PASSWORD,
        **fields,
    )
    if department is not None:
        actions.join_department(actor=None, user=user, department=department, role=role)
    return user


def _project(
    owner: User, name: str, english_name: str, departments: list[Department], people: list[User]
) -> Room:
    return rooms.create_project(
        actor=owner, name=name, english_name=english_name, departments=departments, people=people
    )


_snapshot = Snapshot(_create)
