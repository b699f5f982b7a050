"""Who is found by a few letters, and in which departments there is anybody to find."""

from __future__ import annotations

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Replace

from intranet.people.models import Department, Membership
from intranet.people.models.user import UserQuerySet

# An input method may still have its own marks between the syllables: li'lei.
MARKS = str.maketrans("", "", "'’`@")
NAMES = ("name", "english_name", "username", "reading")
TITLES = ("title", "english_title")
MOST_WORDS = 6


def matching(people: UserQuerySet, words: str) -> UserQuerySet:
    """Each word stands in the name, its pinyin or initials, the title, or the name of a department.

    Who is called so comes before who works there.
    """
    found = people.annotate(reading=Replace("pinyin", Value(" "), Value("")))
    called = Q()
    for word in words.translate(MARKS).split()[:MOST_WORDS]:
        by_name = _in(NAMES, word) | Q(initials__istartswith=word)
        called &= by_name
        found = found.filter(by_name | _in(TITLES, word) | _works_in(word))
    if called:
        found = found.annotate(rank=Case(When(called, then=0), default=1))
        return found.order_by("rank", "pinyin", "pk")
    return found.order_by("pinyin", "pk")


def _in(fields: tuple[str, ...], word: str) -> Q:
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__icontains": word})
    return condition


def _works_in(word: str) -> Q:
    named = Q(department__name__icontains=word) | Q(department__english_name__icontains=word)
    return Q(Exists(Membership.objects.filter(named, user=OuterRef("pk"))))


def working_in(people: UserQuerySet, department: Department) -> UserQuerySet:
    """In it, or in one that is part of it."""
    below = list(department.descendants(include_self=True).values_list("pk", flat=True))
    return people.filter(Exists(Membership.objects.filter(user=OuterRef("pk"), department__in=below)))


def departments_of(people: UserQuerySet) -> QuerySet[Department]:
    """The tree, as far as there is somebody in it to find."""
    here = Membership.objects.filter(user__in=people.order_by().values("pk")).values("department")
    return Department.objects.order_siblings_by("name").filter(pk__in=here)
