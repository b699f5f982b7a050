"""Every write to people, departments, what they may do and when they work."""

from intranet.people.actions.absences import change_absence, enter_absence, remove_absence
from intranet.people.actions.calendars import (
    change_calendar,
    create_calendar,
    import_days,
    make_default_calendar,
    provision_company_calendar,
    remove_calendar,
    remove_day,
    set_day,
)
from intranet.people.actions.departments import COMPANY, change_department, change_grant, create_department
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
    "change_absence",
    "change_calendar",
    "change_department",
    "change_grant",
    "change_preferences",
    "change_user",
    "create_calendar",
    "create_department",
    "create_user",
    "deactivate_user",
    "dismiss",
    "end_sessions",
    "enter_absence",
    "forget_expired_sessions",
    "import_days",
    "join_department",
    "leave_department",
    "make_default_calendar",
    "provision_company_calendar",
    "reactivate_user",
    "remove_absence",
    "remove_calendar",
    "remove_day",
    "set_day",
    "set_own_password",
    "set_password",
    "sign_out_user",
    "transfer",
]
