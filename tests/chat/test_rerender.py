from __future__ import annotations

from io import StringIO

from django.core.management import call_command

from chat import actions
from chat.models import Message
from chat.text import RENDERER
from intranet.events.models import Event
from intranet.people.models import User
from intranet.rooms.models import RoomMembership
from tests.cast import Cast


def rerender(*options: str) -> str:
    out = StringIO()
    call_command("rerender", *options, stdout=out)
    return out.getvalue()


def test_draws_anew_what_an_older_renderer_drew(cast: Cast) -> None:
    message = actions.post_message(actor=cast.owner, room=cast.launch, body="**@韩梅梅**", client_id="1")
    Message.objects.update(renderer=RENDERER - 1, html="<p>old</p>")
    before = Event.objects.count()
    assert rerender().startswith("1 ")
    message.refresh_from_db()
    assert f'data-user="{cast.member.pk}"' in message.html
    assert (message.renderer, message.version, message.edited_at) == (RENDERER, 1, None)
    assert Event.objects.count() == before


def test_leaves_alone_what_is_up_to_date(cast: Cast) -> None:
    actions.post_message(actor=cast.owner, room=cast.launch, body="**x**", client_id="1")
    Message.objects.update(html="<p>as it is</p>")
    assert rerender().startswith("0 ")
    assert Message.objects.get().html == "<p>as it is</p>"
    assert rerender("--all").startswith("1 ")
    assert Message.objects.get().html == "<p><strong>x</strong></p>"


def test_tombstones_stay_empty(cast: Cast) -> None:
    message = actions.post_message(actor=cast.owner, room=cast.launch, body="x", client_id="1")
    actions.delete_message(actor=cast.owner, message=message)
    rerender("--all")
    assert Message.objects.get().html == ""


def test_names_mean_whom_they_meant_then(cast: Cast) -> None:
    """Whoever left, changed their name or came later: nobody is added and nobody is lost."""
    body = "@韩梅梅 and @Newcomer"
    message = actions.post_message(actor=cast.owner, room=cast.launch, body=body, client_id="1")
    drawn, mentioned = message.html, message.mentioned
    assert mentioned == [cast.member.pk]
    RoomMembership.objects.filter(room=cast.launch, user=cast.member).delete()
    User.objects.filter(pk=cast.member.pk).update(name="韩红")
    User.objects.filter(pk=cast.manager.pk).update(english_name="Newcomer")
    RoomMembership.objects.get_or_create(room=cast.launch, user=cast.manager)
    rerender("--all")
    message.refresh_from_db()
    assert (message.html, message.mentioned) == (drawn, mentioned)
