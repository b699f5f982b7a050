from __future__ import annotations

from pathlib import Path

import pytest

from tools import house_rules
from tools.house_rules import APPEND_ONLY, CLOCK, GUARDIAN, PLAIN_TEXT, RAW_MANAGER, WRITES

BAD = [
    (WRITES, "chat/views.py", "message.save()"),
    (WRITES, "chat/views.py", "await message.asave()"),
    (WRITES, "chat/forms.py", "form.save(commit=False)"),
    (WRITES, "chat/live.py", "Message.objects.create(body='x')"),
    (WRITES, "chat/jobs.py", "room.messages.get_or_create(client_id='x')"),
    (WRITES, "chat/models.py", "self.filter(pk=1).update(body='x')"),
    (WRITES, "chat/jobs.py", "Message.objects.filter(pk=1).delete()"),
    (WRITES, "intranet/rooms/admin.py", "room.delete()"),
    (WRITES, "demo/content/people.py", "User.objects.bulk_create(users)"),
    (APPEND_ONLY, "intranet/audit/actions.py", "record.save()"),
    (APPEND_ONLY, "intranet/audit/actions.py", "self.filter(pk=1).delete()"),
    (APPEND_ONLY, "chat/actions.py", "Record.objects.filter(pk=1).update(reason='x')"),
    (GUARDIAN, "chat/permissions.py", "from guardian.shortcuts import assign_perm"),
    (GUARDIAN, "chat/views.py", "import guardian.shortcuts"),
    (RAW_MANAGER, "chat/views.py", "Message.objects.get(pk=1)"),
    (RAW_MANAGER, "chat/views/rooms.py", "Message.objects.all()"),
    (RAW_MANAGER, "chat/views.py", "Room.objects.filter(kind='x').order_by('name')"),
    (RAW_MANAGER, "chat/views.py", "RoomMembership.objects.filter(room_id=room_id)"),
    (RAW_MANAGER, "chat/views.py", "get_object_or_404(Room, pk=1)"),
    (RAW_MANAGER, "chat/views.py", "get_object_or_404(Room.objects, pk=1)"),
    (CLOCK, "chat/actions.py", "timezone.now()"),
    (CLOCK, "chat/models.py", "models.DateTimeField(default=timezone.now)"),
    (CLOCK, "chat/models.py", "models.DateTimeField(auto_now_add=True)"),
    (CLOCK, "chat/models.py", "datetime.datetime.now()"),
    (CLOCK, "chat/models.py", "dt.date.today()"),
    (CLOCK, "chat/models.py", "time.time()"),
    (CLOCK, "chat/models.py", "from django.utils.timezone import now"),
    (CLOCK, "chat/models.py", "from time import time"),
    (CLOCK, "chat/models.py", "from django.db.models.functions import Now"),
]

GOOD = [
    ("chat/actions.py", "message.save()"),
    ("chat/actions/posting.py", "Message.objects.create(body='x')"),
    ("chat/migrations/0002_fill.py", "Message.objects.update(body='x')"),
    ("intranet/events/publish.py", "Event.objects.bulk_create(rows)"),
    ("intranet/audit/actions.py", "Record.objects.bulk_create(rows)"),
    ("chat/views.py", "request.session.save()"),
    ("chat/views.py", "cache.delete('key')"),
    ("chat/views.py", "context.update({'room': room})"),
    ("chat/live.py", "digest.update(data)"),
    ("intranet/people/permissions.py", "from guardian.shortcuts import assign_perm"),
    ("chat/views.py", "Room.objects.visible_to(request.user).get(pk=1)"),
    ("chat/views.py", "Room.objects.filter(kind='x').visible_to(user)"),
    ("chat/views.py", "Draft.objects.written_by(_me(request))"),
    ("chat/views.py", "Draft.objects.filter(author=request.user)"),
    ("chat/views.py", "get_object_or_404(RoomMembership.objects.filter(room=room), user=1)"),
    ("intranet/celery.py", "app.conf.update(task_always_eager=False)"),
    ("chat/views.py", "get_object_or_404(Room.objects.visible_to(request.user), pk=1)"),
    ("chat/models.py", "Room.objects.filter(kind='x')"),
    ("chat/models.py", "clock.now()"),
    ("chat/models.py", "datetime.datetime(2026, 11, 23)"),
    ("chat/live.py", "time.monotonic()"),
    ("chat/live.py", "time.perf_counter()"),
]


@pytest.mark.parametrize(("rule", "path", "source"), BAD)
def test_finds_a_breach(rule: str, path: str, source: str) -> None:
    assert [finding.rule for finding in house_rules.check_python(path, source)] == [rule]


@pytest.mark.parametrize(("path", "source"), GOOD)
def test_lets_good_code_pass(path: str, source: str) -> None:
    assert not list(house_rules.check_python(path, source))


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        "<p>\n消息</p>",
        '<button aria-label="Send"></button>',
        "<p>{{ count }} people</p>",
        "{% if room %}Room{% endif %}",
    ],
)
def test_finds_plain_text_in_a_template(source: str) -> None:
    assert [finding.rule for finding in house_rules.check_template("x.html", source)] == [PLAIN_TEXT]


@pytest.mark.parametrize(
    "source",
    [
        '<p>{% translate "Hello" %} · {{ user.name }}</p>',
        "{% blocktranslate count n=n %}{{ n }} person{% plural %}{{ n }} people{% endblocktranslate %}",
        "{# a comment #}{% comment %}another{% endcomment %}",
        '<button aria-label="{% translate "Send" %}" class="primary">&nbsp;</button>',
        '<body class="{% block layout %}one-room{% endblock %}">',
        "<title>{% block title %}{% endblock %} · Tongxin 同心</title>",
        "<script>const text = 'x';</script><svg><text>x</text></svg>",
    ],
)
def test_lets_a_translatable_template_pass(source: str) -> None:
    assert not list(house_rules.check_template("x.html", source))


def test_names_the_line_of_plain_text() -> None:
    source = "{% comment %}\none\n{% endcomment %}\n<p>\n<b>Hello</b>"
    assert [finding.line for finding in house_rules.check_template("x.html", source)] == [5]


def test_an_exception_that_nobody_needs_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(house_rules, "ROOT", tmp_path)
    monkeypatch.setattr(house_rules, "EXCEPTIONS", {(CLOCK, "chat/old.py"): "gone"})
    assert house_rules.main() == 1
    assert "no exception is needed any more" in capsys.readouterr().out


def test_the_whole_tree_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(house_rules, "ROOT", tmp_path)
    monkeypatch.setattr(house_rules, "EXCEPTIONS", {})
    (tmp_path / "chat/templates/chat").mkdir(parents=True)
    (tmp_path / "chat/templates/chat/room.html").write_text("<p>Hello</p>")
    (tmp_path / "chat/views.py").write_text("message.save()\n")
    assert house_rules.main() == 1
    printed = capsys.readouterr().out
    assert "chat/views.py:1: only actions.py writes: message.save()" in printed
    assert "chat/templates/chat/room.html:1" in printed
