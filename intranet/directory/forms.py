from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from intranet.people.models import Department, User, UserGroup
from intranet.rooms.forms import PeopleField
from intranet.rooms.permissions import people_in_reach

KEY_LENGTH = 18
INDENT = "\u3000"


class DepartmentField(forms.ModelChoiceField):
    """A number beyond what a database holds is no choice; SQLite would fail on it."""

    def to_python(self, value: Any) -> Any:
        if value and len(str(value)) > KEY_LENGTH:
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)

    def label_from_instance(self, obj: Department) -> str:
        return f"{INDENT * obj.tree_depth}{obj.display_name}"


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Find a person"), max_length=60, required=False)
    department = DepartmentField(
        label=_("Department"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=_("All departments"),
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    def __init__(self, data: Any, *, departments: QuerySet[Department]) -> None:
        super().__init__(data)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]


class AddForm(forms.Form):
    people = PeopleField(label=_("People"), queryset=User.objects.none())

    def __init__(self, *args: Any, user: User, group: UserGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_in_reach(user).exclude(user_groups=group).with_primary_department()
        self.fields["people"].queryset = people  # type: ignore[attr-defined]
