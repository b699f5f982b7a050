"""The database itself refuses to change or remove a record.

On SQLite a migration that makes the table anew drops its triggers: it has to end with `protect`.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "The audit is append-only."

PROTECT = {
    "postgresql": [
        f"""CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
        """CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_record
            FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()""",
    ],
    "sqlite": [
        f"""CREATE TRIGGER audit_no_{verb} BEFORE {verb} ON audit_record
            BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
        for verb in ("update", "delete")
    ],
}
UNPROTECT = {
    "postgresql": [
        "DROP TRIGGER audit_append_only ON audit_record",
        "DROP FUNCTION audit_append_only()",
    ],
    "sqlite": ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"],
}


def protect(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in PROTECT[editor.connection.vendor]:
        editor.execute(statement)


def unprotect(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in UNPROTECT[editor.connection.vendor]:
        editor.execute(statement)
