from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self

from django.conf import settings
from django.utils.translation import gettext as _

from intranet.people.importing.columns import PEOPLE
from intranet.people.importing.report import Change, Note, Outcome, Step
from intranet.people.importing.resource import Cell, Lower, OneOf, TableResource, Words
from intranet.people.importing.tree import Tree
from intranet.people.importing.usernames import Usernames
from intranet.people.models import RESERVED_NAMES, Role, StepKind, User, UserGroup
from intranet.people.permissions import can_administer

OWN_FIELDS = ("name", "english_name", "email", "phone", "title", "english_title", "locale", "time_zone")
ROLES = {"员工": "member", "主管": "manager", "经理": "manager", "负责人": "manager", "外部人员": "guest"}
LANGUAGES = {"zh": "zh-hans", "zh-cn": "zh-hans", "中文": "zh-hans", "简体中文": "zh-hans", "英文": "en"}


class Place(Words):
    """A department, by name while it is in memory and by its path in a table."""

    def __init__(self) -> None:
        super().__init__()
        self.tree = Tree()

    def read(self, value: str) -> str:
        return self.tree.find(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.tree.path(value) if value else ""


@dataclass
class Known:
    """Everybody who is there already or stands in an earlier line."""

    by_username: dict[str, User] = field(default_factory=dict)
    by_email: dict[str, User] = field(default_factory=dict)
    by_name: dict[str, list[User]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def load(cls) -> Self:
        known = cls()
        for user in prepared(User.objects.with_primary_department()):
            known.add(user)
        return known

    def add(self, user: User) -> None:
        self.by_username[user.username.lower()] = user
        self.by_name[user.name].append(user)
        if user.email:
            self.by_email[user.email] = user


class PersonResource(TableResource):
    """A line is about who has its user name; if it has none, about who has its e-mail; else somebody new."""

    kind = PEOPLE
    username = Cell("username", Lower())
    name = Cell("name")
    english_name = Cell("english_name")
    email = Cell("email", Lower())
    phone = Cell("phone")
    title = Cell("title")
    english_title = Cell("english_title")
    place = Cell("place", Place())
    role = Cell("role", OneOf(Role.choices, **ROLES))
    locale = Cell("locale", OneOf(settings.LANGUAGES, **LANGUAGES))
    time_zone = Cell("time_zone")

    class Meta:
        model = User
        fields = ("username", *OWN_FIELDS[:6], "place", "role", *OWN_FIELDS[6:])
        import_id_fields = ()
        skip_unchanged = store_instance = skip_html_diff = True

    def __init__(self, tree: Tree, *, known: Known | None = None, actor: User | None = None) -> None:
        super().__init__()
        self.fields["place"].widget.tree = tree
        self.known = known or Known()
        self.actor = actor
        self.lines: dict[int, int] = {}  # by whoever is in memory, the line that was about them
        self.handles = set(UserGroup.objects.values_list("handle", flat=True))
        self.usernames = Usernames(self.known.by_username.keys() | self.handles | RESERVED_NAMES)

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """A name that is made must not be one that stands in a later line."""
        names = (row.get("username") for row in dataset.dict)
        self.usernames.reserve(name.lower() for name in names if isinstance(name, str))

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> User | None:
        username, email = (row.get(key, "") for key in ("username", "email"))
        known: User | None = None
        if isinstance(username, str) and username:
            known = self.known.by_username.get(username.lower())
        elif isinstance(email, str) and email:
            known = self.known.by_email.get(email.lower())
        self.identified = bool(username or email)
        self.found = known
        return copy.copy(known) if known is not None and known.pk is not None else None

    def repeated(self, instance: Any, line: int) -> Iterator[tuple[str, str]]:
        if self.found is None:
            return
        first = self.lines.setdefault(id(self.found), line)
        if first != line:
            sentence = _("The same person is in line %(line)s already. Remove one of the two lines.")
            yield "username", sentence % {"line": first}

    def import_instance(self, instance: Any, row: dict[str, Any], **kwargs: Any) -> None:
        self.names_department = bool(row.get("place"))
        try:
            super().import_instance(instance, row, **kwargs)
        finally:
            if self.found is not None:
                instance.username = self.found.username  # as it is spelt, whatever the line says
            if not instance.username:
                # Where the name is missing, that is what has to be said.
                instance.username = self.usernames.make(instance.name or "nobody")

    def conflicts_of(self, instance: Any) -> Iterator[tuple[str, str]]:
        own = self.known.by_username.get(instance.username.lower()) if instance.pk else None
        owner = self.known.by_email.get(instance.email)
        if owner is not None and owner is not own and owner is not self.found:
            yield "email", self._taken(instance.email, owner)
        if own is None and instance.username.lower() in self.handles:
            yield "username", _("A user group is called so already.")
        if own is None and not self.identified:
            yield from self._namesakes(instance)
        placed = self.names_department or bool(getattr(instance, "place", ""))
        if getattr(instance, "role", "") and not placed:
            yield "role", _("A role is one in a department. Put in the department too.")
        if own is not None and self.actor and any(self._differs(own, instance, name) for name in OWN_FIELDS):
            verdict = can_administer(self.actor, own)
            if not verdict:
                yield "username", str(verdict.sentence)

    def _taken(self, email: str, owner: User) -> str:
        if (line := self.lines.get(id(owner))) is not None and owner._state.adding:
            sentence = _("The address %(email)s is in line %(line)s already. Each person has their own.")
            return sentence % {"email": email, "line": line}
        sentence = _("The address %(email)s belongs to %(username)s. Correct it, or put in that user name.")
        return sentence % {"email": email, "username": owner.username}

    def _namesakes(self, instance: Any) -> Iterator[tuple[str, str]]:
        """A second person of a name is told from a second line about the same one by a user name."""
        namesakes = self.known.by_name.get(instance.name, [])
        if any(each.place == getattr(instance, "place", "") for each in namesakes):  # type: ignore[attr-defined]
            sentence = _(
                "%(name)s (%(username)s) is in this department already. Put in the user name or the e-mail:"
                " that one to change the person, another one to add somebody of the same name."
            )
            yield "name", sentence % {"name": instance.name, "username": namesakes[0].username}
        elif namesakes:
            sentence = _("There is a %(name)s already: %(username)s. This line adds another one.")
            self._warn("name", sentence % {"name": instance.name, "username": namesakes[0].username})

    def _differs(self, before: Any, after: Any, name: str) -> bool:
        return bool(getattr(before, name, "") != getattr(after, name, ""))

    def _warn(self, attribute: str, sentence: str) -> None:
        self.notes.append(Note(self.labels[attribute], sentence, is_error=False))

    def changes_of(self, before: Any, after: Any) -> list[Change]:
        """Of somebody new the one thing that need not stand in the file."""
        changes = super().changes_of(before, after)
        return changes if before else [each for each in changes if each.column == self.labels["username"]]

    def step_of(self, instance: Any, before: Any, line: int, outcome: Outcome) -> Step:
        data: dict[str, Any] = {"user": instance.pk}
        data["fields"] = {
            name: getattr(instance, name) for name in OWN_FIELDS if self._differs(before, instance, name)
        }
        if before is not None and instance.email:
            self.known.by_email[instance.email] = self.known.by_username[instance.username.lower()]
        if before is None:
            data["fields"] |= {"username": instance.username, "name": instance.name}
            self._remember(instance, line)
        if any(self._differs(before, instance, name) for name in ("place", "role")):
            data |= {"place": instance.place, "role": getattr(instance, "role", "")}
        return Step(StepKind.PERSON, line, instance.name, outcome, data)

    def _remember(self, instance: Any, line: int) -> None:
        vars(instance).setdefault("place", "")
        if not instance.place:
            self._warn("place", _("This person is in no department, and will see no room of one."))
        self.known.add(instance)
        self.lines[id(instance)] = line


def prepared(users: Iterable[User]) -> list[User]:
    """With what a line says of a person and their row does not: the department, and the role there."""
    people = list(users)
    for user in people:
        primary = next(iter(user.primary_memberships), None)  # type: ignore[attr-defined]
        place, role = (primary.department.name, primary.role) if primary else ("", "")
        user.place, user.role = place, role  # type: ignore[attr-defined]
    return people
