"""Every write to people, departments and what they may do."""

from intranet.people.actions.departments import COMPANY, change_department, change_grant, create_department
from intranet.people.actions.imports import (
    confirm_import,
    discard_import,
    forget_imports,
    report_of,
    run_import,
    run_imports,
    stage_import,
)
from intranet.people.actions.memberships import join_department, leave_department, transfer
from intranet.people.actions.people import (
    appoint,
    change_preferences,
    change_user,
    create_user,
    deactivate_user,
    dismiss,
    reactivate_user,
)
from intranet.people.actions.sessions import (
    end_sessions,
    forget_expired_sessions,
    set_own_password,
    set_password,
    sign_out_user,
)

__all__ = [
    "COMPANY",
    "appoint",
    "change_department",
    "change_grant",
    "change_preferences",
    "change_user",
    "confirm_import",
    "create_department",
    "create_user",
    "deactivate_user",
    "discard_import",
    "dismiss",
    "end_sessions",
    "forget_expired_sessions",
    "forget_imports",
    "join_department",
    "leave_department",
    "reactivate_user",
    "report_of",
    "run_import",
    "run_imports",
    "set_own_password",
    "set_password",
    "sign_out_user",
    "stage_import",
    "transfer",
]
