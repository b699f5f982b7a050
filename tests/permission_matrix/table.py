"""How the expectations are written down.

    POST /rooms/<int:room_id>/leave/
      own         sign-in: anonymous deactivated | to /rooms/ writes: guest member | 404: others

Each address and method, then each object (“any”: all alike): the answer, and whose it is. A word instead of a
number is the reason of a refusal (403); “sign-in” leads there, or tells a script that it has to; “to” is a
redirect. “writes”: the log holds more than before. “says” and “names”: the answer holds what was said in the
private room, or its topic. “others” are all who are not named.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from tests.permission_matrix.world import SEATS, names

Answers = dict[str, str]


ANY = "any"


def read(path: Path) -> dict[tuple[str, str], Answers]:
    """By heading and object: the answer for each seat."""
    rows: dict[tuple[str, str], Answers] = {}
    heading = ""
    for line in path.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):
            heading = line.strip()
            continue
        named, text = line.split(maxsplit=1)
        if (heading, named) in rows:
            raise ValueError(f"declared twice: {heading} {named}")
        rows[heading, named] = _parse(text)
    return rows


def _parse(text: str) -> Answers:
    answers: Answers = {}
    for part in text.split("|"):
        answer, _, seats = part.partition(":")
        for seat in seats.split():
            if seat in answers or seat not in (*SEATS, "others"):
                raise ValueError(f"“{seat}” in: {text}")
            answers[seat] = answer.strip()
    rest = answers.pop("others", None)
    return {seat: answers[seat] if seat in answers else str(rest) for seat in SEATS}


def declared(rows: dict[tuple[str, str], Answers], heading: str, named: str) -> Answers | None:
    return rows.get((heading, ANY)) or rows.get((heading, named))


def write(named: str, answers: Answers) -> str:
    """The same notation, for what was really answered."""
    by_answer: dict[str, list[str]] = defaultdict(list)
    for seat, answer in answers.items():
        by_answer[answer].append(seat)
    largest = max(by_answer, key=lambda answer: len(by_answer[answer]))
    parts = [f"{answer}: {names(by_answer[answer])}" for answer in by_answer if answer != largest]
    return f"  {named:<11} " + " | ".join([*parts, f"{largest}: others"])
