from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intranet.people.models import Department, User
from intranet.rooms.models import DIRECT_SIZE, History, Kind, Room, RoomRole, Visibility, changeable
from intranet.rooms.permissions import can_create, can_create_somewhere, people_in_reach

KEY_LENGTH = 18
SHOWN = 3
NEW_KINDS = [
    (Kind.PROJECT, _("Project: departments work on something together")),
    (Kind.TOPIC, _("Open topic: everybody of the company finds it and joins")),
]
NEW_ROOM = {"kind": Kind.PROJECT, "visibility": Visibility.PRIVATE, "history": History.EVERYTHING}
BROWSED_KINDS = [(kind.value, kind.label) for kind in Kind if kind != Kind.DIRECT]


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


class SameNameMixin(forms.Form):
    """Warns of a name that a room has already which the person can find, until they say that they mean it."""

    user: User
    room: Room | None = None
    same_named: list[Room]

    def clean(self) -> dict[str, Any]:
        names = [name for key in ("name", "english_name") if (name := self.cleaned_data.get(key))]
        self.same_named = [] if self.cleaned_data.pop("anyway", False) else self._same_named(names)
        if self.same_named:
            raise forms.ValidationError(_("There is a room of this name already."), code="same_name")
        return self.cleaned_data

    def _same_named(self, names: list[str]) -> list[Room]:
        same = Q()
        for name in names:
            same |= Q(name__iexact=name) | Q(english_name__iexact=name)
        if not same:
            return []
        found = Room.objects.findable_by(self.user).filter(same).exclude(pk=self.room.pk if self.room else 0)
        return list(found.with_departments().order_by("archived_at", "pk")[:SHOWN])


class CreateForm(SameNameMixin):
    kind = forms.ChoiceField(label=_("Kind"), choices=NEW_KINDS, required=False, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name"), max_length=80)
    english_name = forms.CharField(label=_("English name"), max_length=80, required=False)
    topic = forms.CharField(label=_("Topic"), max_length=200, required=False)
    departments = RowsField(
        label=_("Departments that take part"),
        queryset=Department.objects.order_by("name"),
        required=False,
    )
    visibility = forms.ChoiceField(
        label=_("Who finds it"), choices=Visibility, required=False, widget=forms.RadioSelect
    )
    history = forms.ChoiceField(
        label=_("What newcomers see, if it is private"),
        choices=History,
        required=False,
        widget=forms.RadioSelect,
    )
    people = PeopleField(label=_("People"), queryset=User.objects.none(), required=False)
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, initial=NEW_ROOM)
        self.user = user
        people = people_in_reach(user).exclude(pk=user.pk).with_primary_department()
        self.fields["people"].queryset = people  # type: ignore[attr-defined]

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Kind.PROJECT

    def clean_departments(self) -> list[Department]:
        """A topic belongs to its maker's department unless they say otherwise."""
        chosen = list(self.cleaned_data["departments"])
        if not chosen and self.cleaned_data.get("kind") == Kind.TOPIC:
            return chosen
        if not can_create(self.user, chosen):
            raise forms.ValidationError(_("Choose at least one department in which you may create rooms."))
        return chosen

    def clean_visibility(self) -> str:
        return self.cleaned_data["visibility"] or Visibility.PRIVATE

    def clean_history(self) -> str:
        return self.cleaned_data["history"] or History.EVERYTHING


class ChangeForm(SameNameMixin):
    """What the owners of a room may change about it; who finds it only where that is theirs to say."""

    name = forms.CharField(label=_("Name"), max_length=80)
    english_name = forms.CharField(label=_("English name"), max_length=80, required=False)
    topic = forms.CharField(label=_("Topic"), max_length=200, required=False)
    visibility = forms.ChoiceField(label=_("Who finds it"), choices=Visibility, widget=forms.RadioSelect)
    history = forms.ChoiceField(
        label=_("What newcomers see, if it is private"), choices=History, widget=forms.RadioSelect
    )
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, user: User, room: Room) -> None:
        super().__init__(data, initial={name: getattr(room, name, None) for name in self.base_fields})
        self.user, self.room = user, room
        for name in self.fields.keys() - changeable(room) - {"anyway"}:
            del self.fields[name]


class DirectForm(forms.Form):
    people = PeopleField(label=_("To"), queryset=User.objects.none())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_in_reach(user).exclude(pk=user.pk).with_primary_department()
        self.fields["people"].queryset = people  # type: ignore[attr-defined]

    def clean_people(self) -> list[User]:
        return _not_too_many(list(self.cleaned_data["people"]), present=1)


class InviteForm(forms.Form):
    people = PeopleField(label=_("People"), queryset=User.objects.none(), required=False)
    departments = RowsField(
        label=_("Everybody of these departments"),
        queryset=Department.objects.order_by("name"),
        required=False,
    )

    def __init__(self, *args: Any, user: User, room: Room, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._room = room
        if room.is_direct or not can_create_somewhere(user):
            del self.fields["departments"]
        people = people_in_reach(user).exclude(rooms=room).with_primary_department()
        self.fields["people"].queryset = people  # type: ignore[attr-defined]

    def clean_people(self) -> list[User]:
        people = list(self.cleaned_data["people"])
        if not self._room.is_direct:
            return people
        return _not_too_many(people, present=self._room.members.filter(is_active=True).count())

    def clean(self) -> dict[str, Any]:
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError(_("Choose whom to invite."), code="nobody")
        return self.cleaned_data


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


class BrowseForm(forms.Form):
    """What to look for among the rooms; `browse` alone asks for all of them."""

    q = forms.CharField(required=False, max_length=80)
    kind = forms.ChoiceField(required=False, choices=[("", _("All kinds")), *BROWSED_KINDS])
    department = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    mine = forms.BooleanField(required=False)
    archived = forms.BooleanField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    browse = forms.BooleanField(required=False)


class CurrentForm(forms.Form):
    current = forms.IntegerField(required=False, min_value=0, max_value=2**62)
