"""Rooms' own parts elsewhere: the tab that tells about a room, and the last step of a first sign-in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.people.entrance import steps
from intranet.rooms.tabs import Tab, register

register(Tab(key="about", label=_("About"), url_name="rooms:about", position=90))
steps.register(steps.Step(key="rooms", label=_("Your rooms"), url_name="rooms:welcome", position=90))
