from __future__ import annotations

from demo.content.shapes import GroupSpec

GROUPS = (
    GroupSpec(
        "oncall",
        "固件值班",
        "Firmware on call",
        "上市前后的紧急固件问题",
        ("hanmeimei",),
        ("hanmeimei", "zhangwei"),
    ),
    GroupSpec(
        "s1-press",
        "S1 媒体组",
        "S1 press",
        "媒体、样机与发布会",
        ("lilei",),
        ("lilei", "emma", "wangfang"),
    ),
)
# What some say about themselves: a sign, and words where the sign is not enough.
STATUSES: dict[str, tuple[str, str]] = {
    "hanmeimei": ("✏️", "固件冻结前，晚点回复"),
    "emma": ("✈️", "Munich until Friday"),
    "wangfang": ("⌂", ""),
}
