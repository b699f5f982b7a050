from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intranet.people.forms import PreferencesForm, time_zones
from intranet.people.models import Company, User
from intranet.people.models.checks import check_username

ABOUT_COMPANY = ("name", "english_name", "locale", "time_zone")


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html(),
    )
    again = forms.CharField(
        label=_("The same again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any = None, *, user: User | None = None) -> None:
        super().__init__(data)
        self.user = user

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self.cleaned_data.get("password", self.cleaned_data["again"]):
            raise ValidationError(_("The two passwords are not the same."), code="mismatch")
        return self.cleaned_data["again"]

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, self.person())
        return password

    def person(self) -> User | None:
        """Whose names the password must not resemble."""
        return self.user


class SetUpForm(NewPasswordForm):
    """A company and its first administrator."""

    name = forms.CharField(label=_("Name of the company"), max_length=60)
    english_name = forms.CharField(label=_("English name (optional)"), max_length=60, required=False)
    locale = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    admin_name = forms.CharField(label=_("Your name"), max_length=60)
    username = forms.CharField(
        label=_("User name"),
        max_length=40,
        validators=[check_username],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    email = forms.EmailField(label=_("E-mail (optional)"), max_length=254, required=False)

    field_order = (*ABOUT_COMPANY, "admin_name", "username", "email")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.initial = Company.unnamed().preferences | {"locale": get_language()}

    @property
    def is_chosen(self) -> bool:
        """Whether the time zone is somebody's choice, and no longer a guess of ours."""
        return self.is_bound

    def person(self) -> User:
        known = self.cleaned_data
        return User(
            username=known.get("username", ""), name=known.get("admin_name", ""), email=known.get("email")
        )

    def company(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ABOUT_COMPANY}

    def administrator(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {"username": found["username"], "name": found["admin_name"], "email": found["email"]}


class ArrivalForm(PreferencesForm):
    """What matters from the first day; the rest waits in the settings."""

    theme = None  # type: ignore[assignment]  # so Django leaves out a field of the form above it

    @property
    def is_chosen(self) -> bool:
        """Whether the time zone is somebody's choice; the company's own may be a wrong guess."""
        return self.is_bound or self.initial["time_zone"] != Company.objects.current().time_zone
