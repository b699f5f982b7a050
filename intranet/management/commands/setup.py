from __future__ import annotations

import getpass
import os
import re
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import translation

from demo import company as demo
from intranet.people import actions
from intranet.people.entrance.forms import SetUpForm
from intranet.people.letters import address_of
from intranet.people.models import Company

# What each option is called in the form that checks it.
OPTIONS = {
    "company": "name",
    "english_name": "english_name",
    "language": "locale",
    "time_zone": "time_zone",
    "admin": "username",
    "admin_name": "admin_name",
    "email": "email",
}
QUESTIONS = {
    "name": "Name of the company",
    "english_name": "English name, if it has one",
    "locale": "Language (zh-hans, en)",
    "time_zone": "Time zone",
    "username": "User name of the first administrator",
    "admin_name": "Name of the first administrator",
    "email": "E-mail, if any",
}


class NotPossible(Exception):
    """Why the company cannot be set up, as a sentence for whoever typed the command."""


class Command(BaseCommand):
    help = "Sets up a company: its name, its defaults and its first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--company", metavar="NAME", help="the name of the company")
        parser.add_argument("--english-name", metavar="NAME", help="its English name")
        parser.add_argument("--language", metavar="CODE", help="zh-hans (default) or en")
        parser.add_argument("--time-zone", metavar="ZONE", help="such as Asia/Shanghai (default)")
        parser.add_argument("--admin", metavar="USER", help="user name or e-mail of the first administrator")
        parser.add_argument("--admin-name", metavar="NAME", help="their name (default: the user name)")
        parser.add_argument("--email", metavar="ADDRESS", help="their e-mail address")
        parser.add_argument(
            "--no-input",
            action="store_true",
            help="ask nothing; the password is TONGXIN_ADMIN_PASSWORD, or an invitation is printed",
        )

    def handle(self, *, no_input: bool, **options: Any) -> None:
        given = {field: options[name] for name, field in OPTIONS.items() if options[name] is not None}
        with translation.override("en"):
            try:
                self._check_nobody_is_here()
                values = _with_defaults(given) if no_input else self._ask_for_the_rest(given)
                self._set_up(values)
            except NotPossible as refusal:
                raise SystemExit(str(refusal)) from None
            except (EOFError, KeyboardInterrupt):
                raise SystemExit("\nNothing was set up.") from None

    def _check_nobody_is_here(self) -> None:
        Company.objects.forget()
        try:
            company = Company.objects.filter(pk=Company.ONLY).first()
        except DatabaseError:
            raise NotPossible(f"The database is not ready; run: {sys.executable} manage.py migrate") from None
        if company is not None:
            hint = "; “manage.py demo --remove” removes the demo company" if demo.is_here() else ""
            raise NotPossible(f"There is a company here already: {company.name}{hint}.")

    # --- Asking -------------------------------------------------------------------------------------

    def _ask_for_the_rest(self, given: dict[str, str]) -> dict[str, str]:
        values = _with_defaults(given)
        for name, question in QUESTIONS.items():
            if name not in given:
                default = values["username"] if name == "admin_name" else values[name]
                values[name] = self._ask(name, question, default)
        values["password"] = values["again"] = self._ask_for_password(values)
        return values

    def _ask(self, name: str, question: str, default: str) -> str:
        while True:
            answer = input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default
            problems = _problems({name: answer}, only=[name])
            if not problems:
                return answer
            self.stderr.write(problems[0])

    def _ask_for_password(self, values: dict[str, str]) -> str:
        while True:
            password = getpass.getpass("Password: ")
            again = getpass.getpass("The same again: ")
            fields = values | {"password": password, "again": again}
            problems = _problems(fields, only=["password", "again"])
            if not problems:
                return password
            self.stderr.write(problems[0])

    # --- Setting up -----------------------------------------------------------------------------------

    def _set_up(self, values: dict[str, str]) -> None:
        password = values.get("password") or os.environ.get("TONGXIN_ADMIN_PASSWORD") or None
        checked = ["password", "again"] if password else []
        values |= {"password": password or "", "again": password or ""}
        if problems := _problems(values, only=[*QUESTIONS, *checked]):
            raise NotPossible(" ".join(problems))
        form = SetUpForm(values)
        form.is_valid()
        try:
            company, user = actions.set_up_company(
                company=form.company(), administrator=form.administrator(), password=password
            )
        except ValidationError as error:
            raise NotPossible(" ".join(error.messages)) from None
        self.stdout.write(f"{company.name} is set up. Its first administrator is {user.username}.")
        if password is None:
            _invitation, token = actions.invite_on_paper(actor=None, user=user)
            self.stdout.write(f"To choose a password, open once: {address_of(token)}")


def _with_defaults(given: Mapping[str, str]) -> dict[str, str]:
    """An administrator who is named by an address gets the user name that it begins with."""
    unnamed = Company.unnamed()
    values = dict.fromkeys(QUESTIONS, "")
    values |= {"locale": unnamed.locale, "time_zone": unnamed.time_zone}
    values |= {name: value.strip() for name, value in given.items()}
    if "@" in values["username"]:
        values["email"] = values["email"] or values["username"]
        values["username"] = re.sub(r"[^\w.-]+", "-", values["username"].partition("@")[0])
    values["admin_name"] = values["admin_name"] or values["username"]
    return values


def _problems(values: Mapping[str, str], *, only: list[str]) -> list[str]:
    form = SetUpForm(values)
    errors = form.errors
    labels = {"name": "company", "username": "admin", "locale": "language", "time_zone": "time zone"}
    return [
        f"{labels.get(name, name.replace('_', ' ')).capitalize()}: {' '.join(map(str, errors[name]))}"
        for name in only
        if name in errors
    ]
