from __future__ import annotations

import pytest

from intranet.events import outbox
from intranet.events.models import Event
from intranet.rooms import actions
from tests.cast import Cast
from tests.commits import committed


@pytest.mark.parametrize("change", ["archived", "renamed"])
def test_everybody_in_a_room_sees_in_their_list_what_became_of_it(cast: Cast, change: str) -> None:
    outbox.run_due()
    before = Event.objects.latest("pk").pk
    with committed():
        if change == "archived":
            actions.archive_room(actor=cast.owner, room=cast.launch)
        else:
            actions.change_room(actor=cast.owner, room=cast.launch, name="晨光 S2")
    outbox.run_due()
    news = Event.objects.filter(kind="rooms.membership.changed", pk__gt=before)
    told = news.values_list("stream", flat=True)
    assert sorted(told) == sorted(member.stream for member in cast.launch.members.all())
    assert cast.stranger.stream not in told
