"""Markdown tables, and medians with their spread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The first column is text, the others are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"


def middle(values: Iterable[float | None], digits: int = 1) -> str:
    """The median, with the lowest and highest in brackets."""
    known = [value for value in values if value is not None]
    if not known:
        return "–"
    low, high = min(known), max(known)
    return f"{median(known):,.{digits}f} ({low:,.{digits}f}–{high:,.{digits}f})"
