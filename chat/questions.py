"""What can be asked about talk in a room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chat.permissions import MODERATE, POST, can_moderate, can_post
from intranet.rooms.questions import asks_about_rooms

asks_about_rooms("post", _("Post messages"), can_post, POST)
asks_about_rooms("moderate", _("Delete other people’s messages"), can_moderate, MODERATE)
