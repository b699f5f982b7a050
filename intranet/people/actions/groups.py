"""User groups: HR makes them, their owners say who is in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from intranet.events.publish import publish, publishing
from intranet.people.actions.authority import require_hr
from intranet.people.models import User, UserGroup
from intranet.people.permissions import can_manage_group
from intranet.verdicts import require


def create_group(
    *,
    actor: User | None,
    handle: str,
    name: str,
    owners: Iterable[User] = (),
    members: Iterable[User] = (),
    **fields: Any,
) -> UserGroup:
    require_hr(actor)
    group = UserGroup(handle=handle.lower(), name=name, **fields)
    group.full_clean()
    with publishing():
        group.save()
        group.owners.set(owners)
        group.members.set(members)
        publish("people.group.created", stream=group.stream, actor=actor, group=group.pk)
    return group


def change_group(*, actor: User | None, group: UserGroup, **fields: Any) -> UserGroup:
    """By HR, who also says who owns it."""
    require_hr(actor)
    changed = sorted(fields)
    owners, members = fields.pop("owners", None), fields.pop("members", None)
    for name, value in fields.items():
        setattr(group, name, value)
    group.full_clean()
    with publishing():
        group.save()
        if owners is not None:
            group.owners.set(owners)
        if members is not None:
            group.members.set(members)
        publish("people.group.changed", stream=group.stream, actor=actor, group=group.pk, fields=changed)
    return group


def remove_group(*, actor: User, group: UserGroup) -> None:
    require_hr(actor)
    with publishing():
        publish("people.group.removed", stream=group.stream, actor=actor, group=group.pk)
        group.delete()


def add_to_group(*, actor: User, group: UserGroup, people: Iterable[User]) -> None:
    require(can_manage_group(actor, group))
    with publishing():
        present = set(group.members.values_list("pk", flat=True))
        joining = [person for person in people if person.is_active and person.pk not in present]
        group.members.add(*joining)
        for person in joining:
            publish("people.group.joined", stream=group.stream, actor=actor, group=group.pk, user=person.pk)


def remove_from_group(*, actor: User, group: UserGroup, user: User) -> None:
    require(can_manage_group(actor, group))
    with publishing():
        if group.members.filter(pk=user.pk).exists():
            group.members.remove(user)
            publish("people.group.left", stream=group.stream, actor=actor, group=group.pk, user=user.pk)


def people_of_group(group: UserGroup) -> list[User]:
    """For whoever invites or names a group: the people that it stands for now."""
    return list(group.people().order_by("pk"))
