"""Every write to people, departments and what they may do."""

from intranet.people.actions.departments import (
    COMPANY,
    change_department,
    change_grant,
    change_grants,
    create_department,
)
from intranet.people.actions.guests import end_expired_memberships, extend_guest, invite_guest
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
from intranet.people.actions.planned import (
    HandOver,
    apply_due_changes,
    cancel_planned,
    plan_leaving,
    plan_transfer,
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
    "HandOver",
    "apply_due_changes",
    "appoint",
    "cancel_planned",
    "change_department",
    "change_grant",
    "change_grants",
    "change_preferences",
    "change_user",
    "create_department",
    "create_user",
    "deactivate_user",
    "dismiss",
    "end_expired_memberships",
    "end_sessions",
    "extend_guest",
    "forget_expired_sessions",
    "invite_guest",
    "join_department",
    "leave_department",
    "plan_leaving",
    "plan_transfer",
    "reactivate_user",
    "set_own_password",
    "set_password",
    "sign_out_user",
    "transfer",
]
