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
from intranet.people.actions.company import change_company, found_company, set_up_company
from intranet.people.actions.departments import COMPANY, change_department, change_grant, create_department
from intranet.people.actions.groups import (
    add_to_group,
    change_group,
    create_group,
    people_of_group,
    remove_from_group,
    remove_group,
)
from intranet.people.actions.imports import (
    confirm_import,
    discard_import,
    forget_imports,
    report_of,
    run_import,
    run_imports,
    stage_import,
)
from intranet.people.actions.invitations import (
    arrive,
    invite_by_mail,
    invite_on_paper,
    redeem_invitation,
    revoke_invitation,
    send_due_invitations,
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
from intranet.people.actions.policy import change_policy, provision_policy
from intranet.people.actions.profile import remove_avatar, set_avatar, set_status
from intranet.people.actions.sessions import (
    end_sessions,
    forget_expired_sessions,
    set_own_password,
    set_password,
    sign_out_user,
)

__all__ = [
    "COMPANY",
    "add_to_group",
    "appoint",
    "arrive",
    "change_absence",
    "change_calendar",
    "change_company",
    "change_department",
    "change_grant",
    "change_group",
    "change_policy",
    "change_preferences",
    "change_user",
    "confirm_import",
    "create_calendar",
    "create_department",
    "create_group",
    "create_user",
    "deactivate_user",
    "discard_import",
    "dismiss",
    "end_sessions",
    "enter_absence",
    "forget_expired_sessions",
    "forget_imports",
    "found_company",
    "import_days",
    "invite_by_mail",
    "invite_on_paper",
    "join_department",
    "leave_department",
    "make_default_calendar",
    "people_of_group",
    "provision_company_calendar",
    "provision_policy",
    "reactivate_user",
    "redeem_invitation",
    "remove_absence",
    "remove_avatar",
    "remove_calendar",
    "remove_day",
    "remove_from_group",
    "remove_group",
    "report_of",
    "revoke_invitation",
    "run_import",
    "run_imports",
    "send_due_invitations",
    "set_avatar",
    "set_day",
    "set_own_password",
    "set_password",
    "set_status",
    "set_up_company",
    "sign_out_user",
    "stage_import",
    "transfer",
]
