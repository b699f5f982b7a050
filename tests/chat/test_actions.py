from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from chat import actions
from chat.models import Mention, Message, Revision
from chat.text import RENDERER
from intranet.events import outbox
from intranet.events.log import numbers
from intranet.events.models import Event
from intranet.people.models import User
from intranet.rooms.actions import archive_room, open_direct, remove_member
from intranet.rooms.models import Room, RoomMembership
from intranet.rooms.permissions import enter
from intranet.verdicts import Denied
from tests.cast import Cast
from tests.commits import committed


def post(author: User, room: Room, body: str, client_id: str = "one") -> Message:
    with committed():
        return actions.post_message(actor=author, room=room, body=body, client_id=client_id)


def pointer(user: User, room: Room) -> int:
    return RoomMembership.objects.get(user=user, room=room).pointer


def kinds(stream: str) -> list[str]:
    return list(Event.objects.filter(stream=stream).order_by("seq").values_list("kind", flat=True))


# --- Posting ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("change", "reason"), [("archive", "archived"), ("removal", "not_found")])
def test_what_the_room_became_meanwhile_holds_for_the_message(cast: Cast, change: str, reason: str) -> None:
    """Between the question whether one may post and the message's number somebody else may be first."""
    room = enter(cast.member, cast.launch.pk)
    if change == "archive":
        archive_room(actor=cast.owner, room=cast.launch)
    else:
        remove_member(actor=cast.owner, room=cast.launch, user=cast.member)
    with pytest.raises(Denied) as denied:
        actions.post_message(actor=cast.member, room=room, body="Too late", client_id="late")
    assert denied.value.verdict.reason == reason
    assert not Message.objects.exists()
    assert not Event.objects.filter(kind="chat.message.posted").exists()


def test_keeps_source_html_and_renderer(cast: Cast) -> None:
    message = post(cast.owner, cast.launch, "Ready **today**")
    message.refresh_from_db()
    assert (message.source, message.html) == ("Ready **today**", "<p>Ready <strong>today</strong></p>")
    assert (message.renderer, message.version, message.author) == (RENDERER, 1, cast.owner)


def test_takes_the_rooms_next_number_and_announces_it(cast: Cast) -> None:
    first, second = post(cast.owner, cast.launch, "1", "a"), post(cast.member, cast.launch, "2", "b")
    assert (first.number, second.number) == (1, 2)
    assert numbers([cast.launch.stream]) == {cast.launch.stream: 2}
    assert kinds(cast.launch.stream)[-2:] == ["chat.message.posted"] * 2


def test_counts_each_room_on_its_own(cast: Cast) -> None:
    post(cast.owner, cast.launch, "here", "a")
    assert post(cast.stranger, cast.contracts, "there", "b").number == 1


def test_a_repeat_of_the_client_id_is_the_first_message(cast: Cast) -> None:
    first = post(cast.owner, cast.launch, "Sent", "same")
    again = post(cast.owner, cast.launch, "Sent, or so it seemed", "same")
    assert again == first
    assert Message.objects.get().source == "Sent"
    assert kinds(cast.launch.stream).count("chat.message.posted") == 1


def test_client_ids_are_each_authors_own(cast: Cast) -> None:
    first, second = post(cast.owner, cast.launch, "1", "same"), post(cast.member, cast.launch, "2", "same")
    assert first != second


def test_a_repeat_answers_even_when_one_may_not_post_any_more(cast: Cast) -> None:
    """The first try did arrive; only its answer was lost."""
    first = post(cast.guest, cast.launch, "Sent", "same")
    remove_member(actor=cast.owner, room=cast.launch, user=cast.guest)
    assert post(cast.guest, cast.launch, "Sent", "same") == first


def test_a_refused_message_leaves_nothing(cast: Cast) -> None:
    before = kinds(cast.launch.stream)
    with pytest.raises(ValidationError):
        post(cast.owner, cast.launch, "  \n ")
    with pytest.raises(Denied):
        post(cast.stranger, cast.launch, "Let me in")
    assert not Message.objects.exists()
    assert kinds(cast.launch.stream) == before


def test_two_messages_cannot_have_one_number(cast: Cast) -> None:
    message = post(cast.owner, cast.launch, "1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            room=cast.launch,
            author=cast.member,
            client_id="x",
            number=message.number,
            source="",
            html="",
            renderer=1,
        )


# --- Reading ------------------------------------------------------------------------------------------


def test_what_one_says_oneself_is_read(cast: Cast) -> None:
    post(cast.member, cast.launch, "1", "a")
    post(cast.owner, cast.launch, "2", "b")
    assert (pointer(cast.owner, cast.launch), pointer(cast.member, cast.launch)) == (2, 1)


def test_a_client_id_of_another_room_is_refused_and_loses_nothing(cast: Cast) -> None:
    post(cast.owner, cast.launch, "There", "same")
    room = open_direct(actor=cast.owner, people=[cast.member])
    with pytest.raises(ValidationError) as refused:
        post(cast.owner, room, "Here", "same")
    assert refused.value.code == "client_id_used"
    assert not room.messages.exists()


# --- Editing ------------------------------------------------------------------------------------------


def test_editing_keeps_what_was_said_before(cast: Cast) -> None:
    message = post(cast.owner, cast.launch, "Frist")
    changed = actions.edit_message(actor=cast.owner, message=message, body="First", version=1)
    assert (changed.source, changed.html, changed.version) == ("First", "<p>First</p>", 2)
    assert changed.edited_at is not None
    assert [revision.source for revision in changed.revisions.all()] == ["Frist"]
    assert kinds(cast.launch.stream)[-1] == "chat.message.edited"


def test_editing_takes_no_number_of_a_message(cast: Cast) -> None:
    message = post(cast.owner, cast.launch, "1")
    actions.edit_message(actor=cast.owner, message=message, body="One", version=1)
    assert numbers([cast.launch.stream]) == {cast.launch.stream: 1}


def test_of_two_edits_of_one_version_the_second_is_told(cast: Cast) -> None:
    first_device = post(cast.owner, cast.launch, "Draft")
    second_device = Message.objects.get(pk=first_device.pk)
    actions.edit_message(actor=cast.owner, message=first_device, body="From the desk", version=1)
    with pytest.raises(actions.EditedMeanwhile):
        actions.edit_message(actor=cast.owner, message=second_device, body="From the phone", version=1)
    saved = Message.objects.get(pk=first_device.pk)
    assert (saved.source, saved.version) == ("From the desk", 2)
    assert [revision.source for revision in saved.revisions.all()] == ["Draft"]


def test_a_version_that_never_was_changes_nothing(cast: Cast) -> None:
    message = post(cast.owner, cast.launch, "Draft")
    with pytest.raises(actions.EditedMeanwhile):
        actions.edit_message(actor=cast.owner, message=message, body="Other", version=2)
    assert not Revision.objects.exists()


def test_the_history_holds_the_text_of_its_version_however_late_the_row_was_read(cast: Cast) -> None:
    stale = post(cast.owner, cast.launch, "One")
    actions.edit_message(actor=cast.owner, message=Message.objects.get(pk=stale.pk), body="Two", version=1)
    with pytest.raises(actions.EditedMeanwhile):
        actions.edit_message(actor=cast.owner, message=stale, body="Three", version=2)
    current = Message.objects.get(pk=stale.pk)
    actions.edit_message(actor=cast.owner, message=current, body="Three", version=2)
    assert [revision.source for revision in current.revisions.all()] == ["Two", "One"]


# --- Deleting -----------------------------------------------------------------------------------------


def test_a_tombstone_says_nothing_of_what_was_said(cast: Cast) -> None:
    message = post(cast.owner, cast.launch, "Secret")
    message = actions.edit_message(actor=cast.owner, message=message, body="Less secret", version=1)
    gone = actions.delete_message(actor=cast.owner, message=message)
    assert gone.is_deleted
    assert (gone.source, gone.html, gone.mentioned) == ("", "", [])
    assert not Revision.objects.exists()
    assert kinds(cast.launch.stream)[-1] == "chat.message.deleted"


def test_deleting_twice_is_deleting_once(cast: Cast) -> None:
    message = post(cast.owner, cast.launch, "Oops")
    first = actions.delete_message(actor=cast.owner, message=message)
    again = actions.delete_message(actor=cast.owner, message=Message.objects.get(pk=message.pk))
    assert (again.deleted_at, again.version) == (first.deleted_at, first.version)
    assert kinds(cast.launch.stream).count("chat.message.deleted") == 1


def test_a_deleted_message_keeps_its_number(cast: Cast) -> None:
    message = post(cast.owner, cast.launch, "Oops", "a")
    actions.delete_message(actor=cast.owner, message=message)
    assert post(cast.owner, cast.launch, "Next", "b").number == 2


def test_an_edit_that_comes_after_the_deletion_brings_nothing_back(cast: Cast) -> None:
    message = post(cast.owner, cast.launch, "Oops")
    stale = Message.objects.get(pk=message.pk)
    actions.delete_message(actor=cast.owner, message=message)
    with pytest.raises(actions.EditedMeanwhile):
        actions.edit_message(actor=cast.owner, message=stale, body="Again", version=1)
    assert Message.objects.get(pk=message.pk).source == ""


# --- Mentions -----------------------------------------------------------------------------------------


def named(message: Message) -> set[User]:
    return {mention.user for mention in Mention.objects.filter(message=message)}


def test_whoever_is_named_is_noted_and_told(cast: Cast) -> None:
    message = post(cast.owner, cast.launch, "@韩梅梅 please look, @guest too")
    outbox.run_due()
    assert named(message) == {cast.member, cast.guest}
    assert kinds(cast.member.stream)[-1] == "chat.mention.added"


def test_nobody_is_noted_for_naming_themselves_or_people_outside(cast: Cast) -> None:
    message = post(cast.owner, cast.launch, "@李雷 and @stranger")
    outbox.run_due()
    assert named(message) == set()


def test_an_edit_changes_who_is_named(cast: Cast) -> None:
    message = post(cast.owner, cast.launch, "@韩梅梅 please")
    outbox.run_due()
    actions.edit_message(actor=cast.owner, message=message, body="@王芳 please", version=1)
    outbox.run_due()
    assert named(message) == {cast.manager}
    assert kinds(cast.member.stream)[-1] == "chat.mention.withdrawn"


def test_a_deletion_withdraws_who_was_named(cast: Cast) -> None:
    message = post(cast.owner, cast.launch, "@韩梅梅 please")
    outbox.run_due()
    actions.delete_message(actor=cast.owner, message=message)
    outbox.run_due()
    assert named(message) == set()


def test_noting_again_changes_nothing(cast: Cast) -> None:
    message = post(cast.owner, cast.launch, "@韩梅梅 please")
    outbox.run_due()
    before = Event.objects.count()
    actions.note_mentions(message=Message.objects.get(pk=message.pk))
    assert named(message) == {cast.member}
    assert Event.objects.count() == before


def test_a_message_that_names_nobody_wakes_nobody(cast: Cast) -> None:
    outbox.run_due()
    post(cast.owner, cast.launch, "Just so")
    assert outbox.run_due() == 0
