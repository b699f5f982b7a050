"""Chat's part of a room: its tab, and the mentions in the badges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from chat.models import Mention
from intranet.rooms.reading import Place, counts_mentions
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
