"""What both tables have in common: django-import-export compares each line with what is there.

The resources never write. They run without a transaction, and where the library would save they note a step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils import translation
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from import_export.results import RowResult
from tablib import Dataset

from intranet.people.importing.cells import WRONG, Wrong, neutral
from intranet.people.importing.columns import COLUMNS
from intranet.people.importing.files import Table
from intranet.people.importing.report import Change, Line, Note, Outcome, Report, Step

OUTCOMES = {
    RowResult.IMPORT_TYPE_NEW: Outcome.NEW,
    RowResult.IMPORT_TYPE_UPDATE: Outcome.CHANGED,
    RowResult.IMPORT_TYPE_SKIP: Outcome.UNCHANGED,
    RowResult.IMPORT_TYPE_INVALID: Outcome.ERROR,
}


class Words(widgets.Widget):
    """Text; what a spreadsheet made of it is refused in words."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if isinstance(value, Wrong):
            raise ValueError(WRONG[value.reason])
        return self.read(value)

    def read(self, value: str) -> Any:
        return value

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class Lower(Words):
    def read(self, value: str) -> str:
        return value.lower()


class OneOf(Words):
    """One of a few values, by its own name or by what it is called in any language."""

    def __init__(self, choices: Iterable[tuple[str, Any]], **others: str) -> None:
        super().__init__()
        self._choices = dict(choices)
        self._others = others

    def read(self, value: str) -> str:
        if (found := self._named.get(value.casefold())) is None:
            known = ", ".join(str(label) for label in self._choices.values())
            raise ValueError(_("“%(value)s” is none of: %(known)s.") % {"value": value[:40], "known": known})
        return found

    @cached_property
    def _named(self) -> dict[str, str]:
        named = {**self._others, **{key.casefold(): key for key in self._choices}}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                named |= {str(label).casefold(): key for key, label in self._choices.items()}
        return named

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(self._choices.get(value, value))


class Cell(fields.Field):
    def __init__(self, attribute: str, widget: Words | None = None) -> None:
        super().__init__(attribute=attribute, column_name=attribute, widget=widget or Words())


class TableResource(resources.ModelResource):
    """`kind` names the columns; the methods that raise here are what a kind of table adds."""

    kind: str

    def __init__(self) -> None:
        super().__init__()
        self.report = Report()
        self.labels = {column.attribute: column.label for column in COLUMNS[self.kind]}
        self.notes: list[Note] = []  # about the line that is being read

    # --- Reading ----------------------------------------------------------------------------------------

    def check(self, table: Table) -> None:
        """Add every line of a table to the report."""
        dataset = Dataset(headers=["line", *table.attributes])
        dataset.extend([number, *row] for number, row in zip(table.lines, table.rows, strict=True))
        self.sheet = table.sheet
        result = self.import_data(dataset, dry_run=False, use_transactions=False)
        for error in [*result.base_errors, *(each for row in result.rows for each in row.errors)]:
            raise error.error

    def import_field(
        self, field: Cell, instance: Model, row: dict[str, Any], *args: Any, **kwargs: Any
    ) -> None:
        """A cell that is empty leaves what is there."""
        if row.get(field.column_name) != "":
            super().import_field(field, instance, row, *args, **kwargs)

    def do_instance_save(self, instance: Model, is_create: bool) -> None:
        """An action does, later."""

    def after_import(self, dataset: Dataset, result: Any, **kwargs: Any) -> None:
        """The library would set PostgreSQL's sequences to what it saved; it saved nothing."""

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        self.notes = []

    def import_instance(self, instance: Any, row: dict[str, Any], **kwargs: Any) -> None:
        super().import_instance(instance, row, **kwargs)
        if repeated := dict(self.repeated(instance, row["line"])):
            raise ValidationError(repeated)

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        return original.pk is not None and super().skip_row(instance, original, row, import_validation_errors)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Without the library's two queries a line: what must be unique is compared in memory."""
        errors: dict[str, list[ValidationError]] = dict(import_validation_errors or {})
        try:
            instance.clean_fields(exclude={"password", *errors})
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for attribute, sentence in self.conflicts_of(instance):
            errors.setdefault(attribute, []).append(ValidationError(sentence))
        if errors:
            raise ValidationError(errors)

    def after_import_row(self, row: dict[str, Any], row_result: RowResult, **kwargs: Any) -> None:
        outcome = OUTCOMES[row_result.import_type]
        before = row_result.original
        changes = self.changes_of(before, row_result.instance)
        self._add_line(row, outcome, changes)
        if outcome != Outcome.UNCHANGED:
            self.report.steps.append(self.step_of(row_result.instance, before, row["line"], outcome))

    def import_row(self, row: dict[str, Any], instance_loader: Any, **kwargs: Any) -> RowResult:
        result = super().import_row(row, instance_loader, **kwargs)
        if result.validation_error is not None:
            for attribute, sentences in result.validation_error.message_dict.items():
                column = "" if attribute == NON_FIELD_ERRORS else self.labels.get(attribute, attribute)
                self.notes += [Note(column, sentence) for sentence in sentences]
            self._add_line(row, Outcome.ERROR, [])
        return result

    def _add_line(self, row: dict[str, Any], outcome: Outcome, changes: list[Change]) -> None:
        label = next((row[key] for key in ("name", "username", "email") if isinstance(row.get(key), str)), "")
        self.report.lines.append(Line(self.sheet, row["line"], label[:60], outcome, self.notes, changes))

    def changes_of(self, before: Any, after: Any) -> list[Change]:
        pairs = ((field, field.export(before), field.export(after)) for field in self.get_import_fields())
        return [Change(self.labels[field.column_name], old, new) for field, old, new in pairs if old != new]

    def repeated(self, instance: Any, line: int) -> Iterable[tuple[str, str]]:
        """Whether an earlier line is about the same; also where this one changes nothing."""
        raise NotImplementedError

    def conflicts_of(self, instance: Any) -> Iterable[tuple[str, str]]:
        raise NotImplementedError

    def step_of(self, instance: Any, before: Any, line: int, outcome: Outcome) -> Step:
        raise NotImplementedError

    # --- Writing out --------------------------------------------------------------------------------------

    def get_export_headers(self, selected_fields: Any = None) -> list[str]:
        return [self.labels[field.column_name] for field in self.get_export_fields(selected_fields)]

    def table_of(self, rows: Sequence[Model]) -> tuple[list[str], list[list[str]]]:
        """The header and the rows, none of them a formula."""
        exported = self.export(rows)
        return exported.headers, [[neutral(cell) for cell in row] for row in exported]
