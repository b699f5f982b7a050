from __future__ import annotations

from intranet.events.publish import publish, publishing
from intranet.people.actions.authority import require_hr
from intranet.people.actions.departments import COMPANY
from intranet.people.models import Policy, User


def change_policy(*, actor: User | None, phones: str) -> Policy:
    require_hr(actor)
    policy = Policy.current()
    before = {"phones": policy.phones}
    policy.phones = phones
    policy.full_clean()
    with publishing():
        policy.save()
        after = {"phones": str(phones)}
        publish("people.policy.changed", stream=COMPANY, actor=actor, before=before, after=after)
    return policy


def provision_policy() -> None:
    """There is one from the start, for the administration to show."""
    if not Policy.objects.exists():
        Policy.objects.create()
