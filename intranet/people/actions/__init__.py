"""Every write to people, departments and what they may do."""

from intranet.people.actions.company import change_company, found_company, set_up_company
from intranet.people.actions.departments import COMPANY, change_department, change_grant, create_department
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
    "arrive",
    "change_company",
    "change_department",
    "change_grant",
    "change_preferences",
    "change_user",
    "create_department",
    "create_user",
    "deactivate_user",
    "dismiss",
    "end_sessions",
    "forget_expired_sessions",
    "found_company",
    "invite_by_mail",
    "invite_on_paper",
    "join_department",
    "leave_department",
    "reactivate_user",
    "redeem_invitation",
    "revoke_invitation",
    "send_due_invitations",
    "set_own_password",
    "set_password",
    "set_up_company",
    "sign_out_user",
    "transfer",
]
