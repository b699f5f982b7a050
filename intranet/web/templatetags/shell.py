"""The parts that every screen draws: icons, avatars, a room's rings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Protocol

from django import template
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.forms import BoundField
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()
HAN = re.compile(r"[\u3400-\u9fff]")
# The first mark that is found decides: Edge also calls itself Chrome, and Chrome calls itself Safari.
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
# The size of a picture's file, and how wide it is drawn.
PICTURES = {"": (96, 34), "small": (96, 22), "large": (96, 48), "huge": (256, 96)}
RING_PLACES = ("outer", "middle", "core")


class Department(Protocol):
    hue: str
    display_name: str


class Link(Protocol):
    department: Department


class Person(Protocol):
    pk: int
    display_name: str
    avatar: str
    primary_memberships: Iterable[Link]


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="{}"/></svg>', size, icon_url(name))


@register.simple_tag
def icon_url(name: str) -> str:
    return f"{static('web/icons.svg')}#{name}"


@register.filter
def initials(name: str, size: str = "") -> str:
    """梅梅 of 韩梅梅, EC of Emma Chen; one character of a Chinese name where there is little room."""
    if HAN.search(name):
        return name[-1:] if size == "small" else name[-2:]
    words = name.split()
    return "".join(word[0] for word in words[:2]).upper() if len(words) > 1 else name[:2].capitalize()


@register.filter
def department(person: Person) -> Department | None:
    """Where a person belongs first; the queryset has loaded it, or it is not shown."""
    for membership in getattr(person, "primary_memberships", ()):
        return membership.department
    return None


@register.simple_tag
def avatar(person: Person, size: str = "", *, live: bool = False, online: Iterable[int] = ()) -> SafeString:
    """The picture or initials in the department's ring; with `live`, a dot that follows the presence."""
    home = department(person)
    name = person.display_name
    label = _("{name}, {department}").format(name=name, department=home.display_name) if home else name
    dot: str | SafeString = ""
    if live:
        state = "on" if person.pk in (online or ()) else "off"
        dot = format_html(' data-presence-user="{}" data-presence="{}"', person.pk, state)
    return format_html(
        '<span class="avatar {}" data-hue="{}"{} role="img" aria-label="{}">{}</span>',
        size,
        home.hue if home else "",
        dot,
        label,
        _picture(person, size) or initials(name, size),
    )


def _picture(person: Person, size: str) -> SafeString | str:
    """The label tells who it is; what stands in for somebody who is yet to come has no picture."""
    if not (key := getattr(person, "avatar", "")):
        return ""
    file, width = PICTURES[size]
    address = reverse("people:picture", args=[key, file])
    return format_html('<img src="{}" width="{}" height="{}" alt="">', address, width, width)


@register.simple_tag
def rings(room: Any) -> SafeString:
    """One ring for each department that takes part, three at most."""
    hues = [link.department.hue for link in room.department_links.all()[: len(RING_PLACES)]]
    if not hues:
        return icon("lock" if room.is_direct else "rooms")
    places = " ".join(f"{place}-{hue}" for place, hue in zip(RING_PLACES, hues, strict=False))
    return format_html(
        '<svg class="rings {}" aria-hidden="true"><use href="{}"/></svg>',
        places,
        icon_url(f"rings{len(hues)}"),
    )


@register.filter
def styled(field: BoundField) -> SafeString:
    return field.as_widget(attrs={"class": "input"})


@register.simple_tag(takes_context=True)
def flashes(context: template.Context) -> Iterable[Message]:
    """What an action left to say; `messages` is a conversation's own word."""
    request = context.get("request")
    return get_messages(request) if request else ()


@register.simple_tag
def stand_in(**fields: Any) -> dict[str, Any]:
    """Something to draw a fragment with before the real object exists."""
    return fields


@register.filter
def device(user_agent: str) -> str:
    """Browser and system, as far as one tells them apart oneself."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), _("Another browser"))
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} · {system}" if system else browser
