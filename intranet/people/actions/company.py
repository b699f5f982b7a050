from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from intranet.events.publish import publish, publishing
from intranet.people import hooks
from intranet.people.actions.departments import COMPANY
from intranet.people.actions.people import create_user
from intranet.people.models import Company, User
from intranet.people.permissions import can_change_company
from intranet.verdicts import require

log = logging.getLogger(__name__)


def found_company(*, name: str, english_name: str = "", locale: str, time_zone: str) -> Company:
    """Nobody acts: there is nobody yet who could."""
    company = Company(name=name, english_name=english_name, locale=locale, time_zone=time_zone)
    company.clean_fields()
    try:
        with publishing():
            company.save(force_insert=True)
            publish("people.company.founded", stream=COMPANY, actor=None)
    except IntegrityError:
        raise ValidationError(_("There is a company here already."), code="company_exists") from None
    Company.objects.forget()
    return company


def set_up_company(
    *, company: dict[str, Any], administrator: dict[str, Any], password: str | None
) -> tuple[Company, User]:
    """A company and the first person in it, who appoints all others; both or neither."""
    try:
        with publishing():
            founded = found_company(**company)
            power: dict[str, Any] = {"is_staff": True, "is_superuser": True}
            user = create_user(actor=None, password=password, **administrator, **founded.preferences, **power)
            for hook in hooks.on_company_set_up:
                hook(user)
    finally:
        Company.objects.forget()
    log.info("the company was set up; user %s administers it", user.pk)
    return founded, user


def change_company(*, actor: User | None, company: Company, **fields: Any) -> Company:
    if actor is not None:
        require(can_change_company(actor))
    for name, value in fields.items():
        setattr(company, name, value)
    company.clean_fields()
    with publishing():
        company.save(update_fields=list(fields))
        publish("people.company.changed", stream=COMPANY, actor=actor, fields=sorted(fields))
    Company.objects.forget()
    return company
