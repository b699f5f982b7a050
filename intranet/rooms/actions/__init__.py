"""Every write to rooms and to who is in them."""

from intranet.rooms.actions.joining import (
    accept_request,
    ask_to_join,
    decline_request,
    join,
    withdraw_request,
)
from intranet.rooms.actions.making import (
    create_company_room,
    create_department_room,
    create_project,
    create_topic,
    open_direct,
    unmake_department_room,
)
from intranet.rooms.actions.own_view import mark_read, star
from intranet.rooms.actions.people import (
    close_department,
    find_owners,
    follow,
    hand_over,
    invite,
    leave,
    remove_member,
    set_role,
    stop_following,
)
from intranet.rooms.actions.state import archive_room, change_room, restore_room, tell_members

__all__ = [
    "accept_request",
    "archive_room",
    "ask_to_join",
    "change_room",
    "close_department",
    "create_company_room",
    "create_department_room",
    "create_project",
    "create_topic",
    "decline_request",
    "find_owners",
    "follow",
    "hand_over",
    "invite",
    "join",
    "leave",
    "mark_read",
    "open_direct",
    "remove_member",
    "restore_room",
    "set_role",
    "star",
    "stop_following",
    "tell_members",
    "unmake_department_room",
    "withdraw_request",
]
