from __future__ import annotations

from demo.content.shapes import Away, Calendar

# Offices abroad have their own holidays; everybody else follows the company's calendar.
CALENDARS = (
    Calendar("新加坡办公室", "Singapore office", "SG", "", ("emma", "priya", "tangning")),
    Calendar("柏林办公室", "Berlin office", "DE", "BE", ("lukas", "jonas")),
)

ABSENCES = (
    Away("linxiaoyu", "leave", -2, 3, "gaoyuan", "回老家，稿件找高远。"),
    Away("hedi", "sick", 0, 1, "wufan"),
    Away("lilei", "travel", 9, 11, "gaoyuan", "在深圳看展，晚上回消息。"),
    Away("emma", "leave", 20, 27, "lukas", "Home for the holidays; Lukas has the channel files."),
)
