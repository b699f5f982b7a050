from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from intranet.people.importing.columns import DEPARTMENTS
from intranet.people.importing.report import Outcome, Step
from intranet.people.importing.resource import Cell, OneOf, TableResource, Words
from intranet.people.importing.tree import Tree
from intranet.people.models import Department, Membership, Role, StepKind
from intranet.people.models.department import Hue

OWN_FIELDS = ("english_name", "hue")


class Above(Words):
    def __init__(self) -> None:
        super().__init__()
        self.tree = Tree()

    def read(self, value: str) -> str:
        return self.tree.find(value)


class Names(Words):
    def read(self, value: str) -> list[str]:
        return [name.lower() for name in re.split(r"[,，、;；\s]+", value) if name]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return ", ".join(value or ())


class DepartmentResource(TableResource):
    """A line about a department is about the one of that name."""

    kind = DEPARTMENTS
    name = Cell("name")
    english_name = Cell("english_name")
    parent_name = Cell("parent_name", Above())
    hue = Cell("hue", OneOf(Hue.choices))
    manager_names = Cell("manager_names", Names())

    class Meta:
        model = Department
        fields = ("name", "english_name", "parent_name", "hue", "manager_names")
        import_id_fields = ()
        skip_unchanged = store_instance = skip_html_diff = True

    def __init__(self, tree: Tree, people: Collection[str]) -> None:
        super().__init__()
        self.tree = self.fields["parent_name"].widget.tree = tree
        self.people = people
        self.known = {each.name: each for each in prepared(Department.objects.without_tree_fields())}
        self.seen: dict[str, int] = {}
        self.managers: list[Step] = []  # last of all steps: a manager may be new in the same file

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Departments of the file may be above each other, in any order."""
        rows = [row for row in dataset.dict if isinstance(row.get("name"), str) and row["name"]]
        for row in rows:
            english = row.get("english_name", "")
            above = self.tree.parents.get(row["name"], "")
            self.tree.add(row["name"], english if isinstance(english, str) else "", above)
        for row in rows:
            if isinstance(above := row.get("parent_name", ""), str) and above:
                self.tree.parents[row["name"]] = self._last(above)

    def _last(self, path: str) -> str:
        """Which department a path ends in, before it is known whether the path is right."""
        last = re.split("[/／]", path)[-1].strip()
        return next((found for each in (path, last) if (found := self.tree.named(each))), "")

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Department | None:
        known = self.known.get(row.get("name", ""))
        return copy.copy(known) if known else None

    def import_instance(self, instance: Any, row: dict[str, Any], **kwargs: Any) -> None:
        present = getattr(instance, "manager_names", [])
        super().import_instance(instance, row, **kwargs)
        vars(instance)["manager_names"] = sorted({*present, *getattr(instance, "manager_names", [])})

    def conflicts_of(self, instance: Any) -> Iterator[tuple[str, str]]:
        if circle := self.tree.circle(instance.name):
            sentence = _("A department cannot be inside itself: %(circle)s. Correct one of the lines.")
            yield "parent_name", sentence % {"circle": circle}
        for name in getattr(instance, "manager_names", ()):
            if name not in self.people:
                sentence = _("There is nobody with the user name “%(name)s”. Add the person first.")
                yield "manager_names", sentence % {"name": name[:40]}

    def repeated(self, instance: Any, line: int) -> Iterator[tuple[str, str]]:
        if instance.name and (first := self.seen.setdefault(instance.name, line)) != line:
            sentence = _("The same department is in line %(line)s already. Remove one of the two lines.")
            yield "name", sentence % {"line": first}

    def step_of(self, instance: Any, before: Any, line: int, outcome: Outcome) -> Step:
        fields = {
            name: getattr(instance, name)
            for name in OWN_FIELDS
            if before is None or getattr(instance, name) != getattr(before, name)
        }
        data: dict[str, Any] = {"name": instance.name, "fields": fields}
        if (above := getattr(instance, "parent_name", "")) != getattr(before, "parent_name", ""):
            data["parent"] = above
        for name in getattr(instance, "manager_names", ()):
            if name not in getattr(before, "manager_names", ()):
                named = {"department": instance.name, "username": name}
                self.managers.append(Step(StepKind.MANAGER, line, instance.name, Outcome.CHANGED, named))
        return Step(StepKind.DEPARTMENT, line, instance.name, outcome, data)


def prepared(queryset: QuerySet[Department]) -> list[Department]:
    """With what a line says of a department and its row does not: what is above it, and who manages."""
    departments = list(queryset)
    names = dict(Department.objects.without_tree_fields().values_list("pk", "name"))
    managers: dict[int, list[str]] = defaultdict(list)
    manage = Membership.objects.filter(role=Role.MANAGER).values_list("department", "user__username")
    for pk, username in manage:
        managers[pk].append(username.lower())
    for each in departments:
        each.parent_name = names.get(each.parent_id, "")
        each.manager_names = sorted(managers[each.pk])
    return departments
