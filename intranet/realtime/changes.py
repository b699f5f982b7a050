"""What the events of rooms and people make worth fetching anew."""

from __future__ import annotations

from intranet.realtime.live import changes

changes("rooms.room.created", "header")
changes("rooms.room.changed", "header", "members", "access", "sidebar")
changes("rooms.room.archived", "header", "access")
changes("rooms.room.restored", "header", "access")
changes("rooms.member.joined", "members", "header")
changes("rooms.member.left", "members", "header")
changes("rooms.member.changed", "members", "access")
changes("rooms.membership.started", "sidebar")
changes("rooms.membership.ended", "sidebar")
changes("rooms.membership.changed", "sidebar")
changes("rooms.request.made", "members", "header", "browser")
changes("rooms.request.withdrawn", "members", "header", "browser")
changes("rooms.request.accepted", "members", "header", "browser")
changes("rooms.request.declined", "members", "header", "browser")
changes("rooms.membership.starred", "sidebar")
changes("rooms.sidebar.changed", "sidebar")
changes("rooms.sidebar.unread", "sidebar", "pointers")
