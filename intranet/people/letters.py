"""Mails that the product writes by itself, each in the language of its reader."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from intranet.people.models import Company, Invitation


def address_of(token: str) -> str:
    return settings.ORIGINS[0] + reverse("people:invitation", args=[token])


def send_invitation(invitation: Invitation, token: str) -> None:
    user = invitation.user
    with translation.override(user.locale), timezone.override(user.time_zone):
        company = Company.objects.current().display_name
        context = {"invitation": invitation, "user": user, "company": company, "address": address_of(token)}
        subject = render_to_string("people/mail/invitation_subject.txt", context)
        body = render_to_string("people/mail/invitation.txt", context)
        mail = EmailMultiAlternatives(" ".join(subject.split()), body, to=[invitation.email])
        mail.attach_alternative(render_to_string("people/mail/invitation.html", context), "text/html")
        mail.send()
