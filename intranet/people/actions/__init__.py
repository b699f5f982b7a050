"""Every write to people, departments and what they may do."""

from intranet.people.actions.departments import COMPANY, change_department, change_grant, create_department
from intranet.people.actions.groups import (
    add_to_group,
    change_group,
    create_group,
    people_of_group,
    remove_from_group,
    remove_group,
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
    "change_department",
    "change_grant",
    "change_group",
    "change_policy",
    "change_preferences",
    "change_user",
    "create_department",
    "create_group",
    "create_user",
    "deactivate_user",
    "dismiss",
    "end_sessions",
    "forget_expired_sessions",
    "join_department",
    "leave_department",
    "people_of_group",
    "provision_policy",
    "reactivate_user",
    "remove_avatar",
    "remove_from_group",
    "remove_group",
    "set_avatar",
    "set_own_password",
    "set_password",
    "set_status",
    "sign_out_user",
    "transfer",
]
