"""Chat's part of a room: its tab, and the mentions in the badges."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from chat.models import Mention, Message
from intranet.rooms.models import Room
from intranet.rooms.reading import Place, counts_mentions, finds_latest
from intranet.rooms.tabs import Tab, register

register(Tab(key="chat", label=_("Chat"), url_name="chat:conversation", position=10))


@counts_mentions
def unread_mentions(places: Iterable[Place]) -> Counter[Place]:
    wanted = list(places)
    unread = Mention.objects.filter(
        user__in={user_id for user_id, _room in wanted},
        room__in={room_id for _user, room_id in wanted},
        room__memberships__user=F("user"),
        number__gt=F("room__memberships__pointer"),
    )
    counted = unread.values_list("user", "room").annotate(Count("pk"))
    return Counter({(user_id, room_id): count for user_id, room_id, count in counted})


@finds_latest
def last_said(room_ids: Iterable[int]) -> dict[int, dt.datetime]:
    """From the index of each room's numbers: however much was said, one look a room."""
    last = Message.objects.filter(room=OuterRef("pk")).order_by("-number").values("posted_at")[:1]
    rooms = Room.objects.filter(pk__in=list(room_ids)).annotate(said=Subquery(last))
    return dict(rooms.exclude(said=None).values_list("pk", "said"))
