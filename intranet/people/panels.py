"""People's own step of a first sign-in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.people.entrance.steps import Step, register

register(Step(key="preferences", label=_("Language and time"), url_name="people:welcome", position=10))
