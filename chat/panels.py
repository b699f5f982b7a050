"""Chat's part of a room: its tab, and the mentions in the badges."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from chat.models import Mention, Message
from intranet.rooms.models import Room
from intranet.rooms.reading import counts_mentions, finds_latest
from intranet.rooms.tabs import Tab, register

register(Tab(key="chat", label=_("Chat"), url_name="chat:conversation", position=10))


@counts_mentions
def unread_mentions(user_id: int, room_ids: Iterable[int]) -> Counter[int]:
    unread = Mention.objects.filter(
        user=user_id,
        room__in=list(room_ids),
        room__memberships__user=user_id,
        number__gt=F("room__memberships__pointer"),
    )
    return Counter(dict(unread.values_list("room").annotate(Count("pk"))))


@finds_latest
def last_said(room_ids: Iterable[int]) -> dict[int, dt.datetime]:
    """From the index of each room's numbers: however much was said, one look a room."""
    last = Message.objects.filter(room=OuterRef("pk")).order_by("-number").values("posted_at")[:1]
    rooms = Room.objects.filter(pk__in=list(room_ids)).annotate(said=Subquery(last))
    return dict(rooms.exclude(said=None).values_list("pk", "said"))
