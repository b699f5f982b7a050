from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from intranet.people import actions
from intranet.people.importing import files
from intranet.people.importing.check import check
from intranet.people.importing.files import Table
from intranet.people.importing.report import Line, Note, Report
from intranet.people.models import ImportState
from intranet.progress import Bar


class Command(BaseCommand):
    help = "Imports people and departments from a CSV file or an Excel workbook: all of it, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="CSV in UTF-8, or an .xlsx workbook")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument(
            "--language", choices=("zh-hans", "en"), default=language_of_terminal(), help="of what it says"
        )

    def handle(self, *, file: Path, dry_run: bool, language: str, **_options: Any) -> None:
        with translation.override(language):
            try:
                tables = files.read(file.read_bytes())
            except OSError as error:
                raise SystemExit(f"{file}: {error.strerror}") from None
            except ValidationError as error:
                raise SystemExit("\n".join(error.messages)) from None
            report = check(tables, actor=None)
            self._tell(report)
            if report.has_errors:
                raise SystemExit(_("Nothing was imported. Correct these lines, then try again."))
            if not dry_run:
                self._run(file.name, tables)

    def _tell(self, report: Report) -> None:
        for line, note in report.in_words():
            self.stdout.write(_in_one_line(line, note))
        for warning in report.warnings:
            self.stdout.write(_("Warning: %(problem)s") % {"problem": warning})
        counted = (f"{outcome.label} {count}" for outcome, count in report.counts.items())
        self.stdout.write(" · ".join(counted))

    def _run(self, name: str, tables: Sequence[Table]) -> None:
        staged = actions.stage_import(actor=None, file_name=name, tables=tables)
        actions.confirm_import(actor=None, staged=staged)
        staged.refresh_from_db()
        with Bar(self.stdout, _("Importing")) as bar:
            done = actions.run_import(staged, progress=lambda running: bar.show(running.done, running.total))
        if done.state != ImportState.DONE:
            raise SystemExit(_("Nothing was imported. %(problem)s") % {"problem": done.problem})
        self.stdout.write(_("Everything was imported."))


def _in_one_line(line: Line, note: Note) -> str:
    where = f"{line.sheet}, " if line.sheet else ""
    said = _("%(where)sline %(line)s: %(problem)s") % {"where": where, "line": line.number, "problem": note}
    return said if note.is_error else _("Warning: %(problem)s") % {"problem": said}


def language_of_terminal() -> str:
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "zh-hans" if named.startswith("zh") else "en"
