"""Every link and image of the documents leads to a file that is there."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = {"node_modules", ".venv", "var"}
CODE = re.compile(r"^(```|~~~).*?^\1|^ {4}[^\n]*$|`[^`\n]*`", re.DOTALL | re.MULTILINE)
TARGET = re.compile(r"\]\(<?([^)\s>]+)")


def main() -> int:
    broken = list(broken_links(ROOT))
    print("\n".join(broken) or "Every link leads somewhere.")
    return 1 if broken else 0


def broken_links(root: Path) -> Iterator[str]:
    for document in sorted(root.rglob("*.md")):
        place = document.relative_to(root)
        if SKIPPED.isdisjoint(place.parts):
            for target in _targets(document.read_text()):
                if not (document.parent / target).exists():
                    yield f"{place}: {target} is not there"


def _targets(text: str) -> Iterator[str]:
    """The files that a document names; what has a scheme is elsewhere, what is only a `#` is here."""
    for link in TARGET.findall(CODE.sub("", text)):
        parts = urlsplit(link)
        if parts.path and not parts.scheme and not parts.netloc:
            yield unquote(parts.path)


if __name__ == "__main__":
    sys.exit(main())
