"""Rooms' own part of a room: the tab that tells about it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.rooms.tabs import Tab, register

register(Tab(key="about", label=_("About"), url_name="rooms:about", position=90))
