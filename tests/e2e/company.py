"""What tests call inside the running product: people of two departments, a room of both, and an outsider."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from chat.actions import delete_message, edit_message, post_message
from chat.models import Message
from intranet.people import actions as people
from intranet.people.models import Department, User
from intranet.rooms import actions as rooms
from intranet.rooms.models import Room, RoomMembership, Visibility
from tests.scenes import Person, sign_in


@dataclass(frozen=True)
class Scene:
    """李雷 of marketing owns the room, 韩梅梅 of research is in it, 林涛 of legal has a room of his own."""

    room: int
    quiet: int
    private: int
    marketing: str
    lilei: Person
    hanmeimei: Person
    lintao: Person

    @property
    def address(self) -> str:
        return f"/rooms/{self.room}/"


def scene(*, locale: str = "zh-hans", topic: str = "") -> Scene:
    tag = uuid.uuid4().hex[:6]
    marketing, research, legal = (
        people.create_department(actor=None, name=f"{name}{tag}", english_name=f"{english} {tag}", hue=hue)
        for name, english, hue in (
            ("市场部", "Marketing", "orange"),
            ("研发部", "R&D", "blue"),
            ("法务部", "Legal", "cyan"),
        )
    )
    lilei = _person(f"lilei-{tag}", "李雷", "Lei Li", locale)
    hanmeimei = _person(f"hanmeimei-{tag}", "韩梅梅", "Meimei Han", locale)
    lintao = _person(f"lintao-{tag}", "林涛", "Tao Lin", locale)
    for user, department in ((lilei, marketing), (hanmeimei, research), (lintao, legal)):
        people.join_department(actor=None, user=user, department=department)
    both, asked = [marketing, research], [hanmeimei]
    room, quiet = (
        rooms.create_project(actor=lilei, name=name, english_name=english, departments=both, people=asked)
        for name, english in ((f"上市{tag}", f"Launch {tag}"), (f"展会{tag}", f"Fair {tag}"))
    )
    private = rooms.create_project(actor=lintao, name=f"合同{tag}", departments=[legal], topic=topic)
    seats = [Person(user.pk, user.username, sign_in(user.pk)) for user in (lilei, hanmeimei, lintao)]
    return Scene(room.pk, quiet.pk, private.pk, marketing.name, *seats)


def _person(username: str, name: str, english_name: str, locale: str) -> User:
    return people.create_user(
        actor=None, username=username, name=name, english_name=english_name, password=None, locale=locale
    )


def say(room: int, author: int, *bodies: str) -> list[int]:
    """Their ids."""
    where, who = Room.objects.get(pk=room), User.objects.get(pk=author)
    return [post_message(actor=who, room=where, body=body, client_id=uuid.uuid4().hex).pk for body in bodies]


def edit(message: int, body: str) -> None:
    """By whoever wrote it."""
    said = Message.objects.select_related("room", "author").get(pk=message)
    edit_message(actor=said.author, message=said, body=body, version=said.version)


def delete(message: int) -> None:
    said = Message.objects.select_related("room", "author").get(pk=message)
    delete_message(actor=said.author, message=said)


def read_up_to(room: int, user: int, number: int) -> None:
    rooms.mark_read(actor=User.objects.get(pk=user), room_id=room, number=number)


def set_pointer(room: int, user: int, number: int) -> None:
    """Also back."""
    RoomMembership.objects.filter(room=room, user=user).update(pointer=number)


def pointer(room: int, user: int) -> int:
    return RoomMembership.objects.get(room=room, user=user).pointer


def is_starred(room: int, user: int) -> bool:
    return RoomMembership.objects.get(room=room, user=user).starred


def sources(room: int) -> list[str]:
    """What was said, in order."""
    return list(Room.objects.get(pk=room).messages.order_by("number").values_list("source", flat=True))


def give_password(user: int, password: str) -> None:
    """All sessions end with it."""
    people.set_password(actor=None, user=User.objects.get(pk=user), password=password)


def invite_newcomer(department: str, *, locale: str) -> str:
    """The path of an invitation for somebody who is new there."""
    user = _person(f"new-{uuid.uuid4().hex[:6]}", "吴悦", "Yue Wu", locale)
    home = Department.objects.get(name=department)
    people.join_department(actor=None, user=user, department=home)
    return f"/invitation/{people.invite_on_paper(actor=None, user=user)[1]}/"


def open_room(at: Scene, name: str) -> int:
    """One more room of 李雷."""
    owner = User.objects.get(pk=at.lilei.pk)
    home = owner.memberships.get().department
    return rooms.create_project(actor=owner, name=name, departments=[home]).pk


def name_alike(room: int, owner: int, whom: int) -> str:
    """The user name of another member who has the same name."""
    by, like = User.objects.get(pk=owner), User.objects.get(pk=whom)
    twin = _person(f"twin-{room}", like.name, "Another Han", like.locale)
    people.join_department(actor=None, user=twin, department=like.memberships.get().department)
    rooms.invite(actor=by, room=Room.objects.get(pk=room), people=[twin])
    return twin.username


def archive(room: int, owner: int) -> None:
    rooms.archive_room(actor=User.objects.get(pk=owner), room=Room.objects.get(pk=room))


def let_departments_join(room: int, owner: int) -> None:
    by = User.objects.get(pk=owner)
    rooms.change_room(actor=by, room=Room.objects.get(pk=room), visibility=Visibility.DEPARTMENTS)


def name_of(room: int) -> str:
    return Room.objects.get(pk=room).name


def remove(room: int, owner: int, user: int) -> None:
    by, whom = User.objects.get(pk=owner), User.objects.get(pk=user)
    rooms.remove_member(actor=by, room=Room.objects.get(pk=room), user=whom)


def name_everything(at: Scene, names: list[str]) -> list[int]:
    """In the running product. The ids of the rooms."""
    owner, other = User.objects.get(pk=at.lilei.pk), User.objects.get(pk=at.hanmeimei.pk)
    made = []
    for index, name in enumerate(names):
        home = owner.memberships.get().department
        room = rooms.create_project(
            actor=owner,
            name=f"{name} {index}",
            english_name=name,
            topic=name * 2,
            departments=[home],
            people=[other],
        )
        made.append(room.pk)
    for index, name in enumerate(names[:20]):
        user = people.create_user(
            actor=None, username=f"x{at.room}-{index}", name=name, english_name=name, title=name
        )
        department = _department(f"{name} {at.room}", name)
        people.join_department(actor=None, user=user, department=department)
        rooms.invite(actor=owner, room=Room.objects.get(pk=made[0]), people=[user])
        rooms.open_direct(actor=owner, people=[user])
    people.change_user(actor=None, user=other, name=names[0], title=names[1], english_name=names[2])
    return made


def _department(name: str, english_name: str) -> Department:
    return people.create_department(actor=None, name=name[-60:], english_name=english_name, hue="plum")


def rename(user: int, name: str) -> str:
    people.change_user(actor=None, user=User.objects.get(pk=user), name=name)
    return name


def tag(room: int) -> str:
    """What tells the room's name from those of other scenes."""
    return Room.objects.get(pk=room).name[2:]


def direct(*users: int) -> int:
    actor, *others = (User.objects.get(pk=user) for user in users)
    return rooms.open_direct(actor=actor, people=others).pk


def many_rooms(user: int, count: int) -> list[int]:
    owner = User.objects.get(pk=user)
    home = owner.memberships.get().department
    names = [f"Room {number:02}" for number in range(count)]
    return [rooms.create_project(actor=owner, name=name, departments=[home]).pk for name in names]
