from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.people.models import Department, User
from intranet.rooms.models import DIRECT_SIZE, Room, RoomRole
from intranet.rooms.permissions import can_create, people_in_reach

KEY_LENGTH = 18


class RowsField(forms.ModelMultipleChoiceField):
    """A number beyond what a database holds is no choice; SQLite would fail on it."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        if any(len(str(key)) > KEY_LENGTH for key in value or ()):
            raise forms.ValidationError(self.error_messages["invalid_list"], code="invalid_list")
        return super().clean(value)


class PeopleField(RowsField):
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.display_name} · {obj.display_title}" if obj.display_title else obj.display_name


class CreateForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    english_name = forms.CharField(label=_("English name"), max_length=80, required=False)
    topic = forms.CharField(label=_("Topic"), max_length=200, required=False)
    departments = RowsField(
        label=_("Departments that take part"), queryset=Department.objects.order_by("name")
    )
    people = PeopleField(label=_("People"), queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        people = people_in_reach(user).exclude(pk=user.pk).with_primary_department()
        self.fields["people"].queryset = people  # type: ignore[attr-defined]

    def clean_departments(self) -> list[Department]:
        chosen = list(self.cleaned_data["departments"])
        if not can_create(self._user, chosen):
            raise forms.ValidationError(_("Choose at least one department in which you may create rooms."))
        return chosen


class DirectForm(forms.Form):
    people = PeopleField(label=_("To"), queryset=User.objects.none())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_in_reach(user).exclude(pk=user.pk).with_primary_department()
        self.fields["people"].queryset = people  # type: ignore[attr-defined]

    def clean_people(self) -> list[User]:
        return _not_too_many(list(self.cleaned_data["people"]), present=1)


class InviteForm(forms.Form):
    people = PeopleField(label=_("People"), queryset=User.objects.none())

    def __init__(self, *args: Any, user: User, room: Room, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._room = room
        people = people_in_reach(user).exclude(rooms=room).with_primary_department()
        self.fields["people"].queryset = people  # type: ignore[attr-defined]

    def clean_people(self) -> list[User]:
        people = list(self.cleaned_data["people"])
        if not self._room.is_direct:
            return people
        return _not_too_many(people, present=self._room.members.filter(is_active=True).count())


def _not_too_many(people: list[User], *, present: int) -> list[User]:
    if present + len(people) > DIRECT_SIZE:
        raise forms.ValidationError(_("Choose at most eight people. For more, create a room."))
    return people


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=RoomRole)


class ReadForm(forms.Form):
    number = forms.IntegerField(min_value=0, max_value=2**62)


class StarForm(forms.Form):
    starred = forms.BooleanField(required=False)


class CurrentForm(forms.Form):
    current = forms.IntegerField(required=False, min_value=0, max_value=2**62)
