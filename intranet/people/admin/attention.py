"""What HR finds on the front page of the administration."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.people.handover import today
from intranet.people.models import Department, Membership, PlannedChange, Role, State, User
from intranet.people.pages import Notice, watches
from intranet.people.permissions import can_administer_people

SOON = dt.timedelta(days=14)


@watches
def people(user: User) -> Iterator[Notice]:
    if not can_administer_people(user):
        return
    changes = reverse("admin:people_plannedchange_changelist")
    if count := PlannedChange.objects.filter(state=State.REFUSED, effective_on__gt=today() - SOON).count():
        refused = ngettext(
            "%(count)s planned change was not possible.",
            "%(count)s planned changes were not possible.",
            count,
        )
        yield Notice(refused % {"count": count}, f"{changes}?state__exact=refused")
    if count := PlannedChange.objects.filter(state=State.PLANNED).count():
        planned = ngettext(
            "%(count)s planned change waits for its day.",
            "%(count)s planned changes wait for their day.",
            count,
        )
        yield Notice(planned % {"count": count}, f"{changes}?state__exact=planned")
    memberships = reverse("admin:people_membership_changelist")
    if count := Membership.objects.filter(until__range=(today(), today() + SOON)).count():
        ending = ngettext("%(count)s stay ends within 14 days.", "%(count)s stays end within 14 days.", count)
        yield Notice(ending % {"count": count}, f"{memberships}?until__isempty=0&o=5")
    yield from _without_manager()


def _without_manager() -> Iterator[Notice]:
    managers = Membership.objects.filter(role=Role.MANAGER, user__is_active=True)
    without = Department.objects.exclude(pk__in=managers.values("department")).without_tree_fields()
    if count := without.count():
        sentence = ngettext(
            "%(count)s department has no manager.", "%(count)s departments have no manager.", count
        )
        yield Notice(
            sentence % {"count": count}, f"{reverse('admin:people_department_changelist')}?manager=none"
        )


@watches
def superusers(user: User) -> Iterator[Notice]:
    """Whoever could lock the company out of its own administration."""
    if not user.is_superuser:
        return
    if User.objects.active().filter(groups__name="HR").count() == 0:
        yield Notice(_("Nobody holds the office of HR."), reverse("admin:people_user_changelist"))
