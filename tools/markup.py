"""Django templates, read as text."""

from __future__ import annotations

import re

# Translated blocks and comments vanish whole, other tags leave only themselves; line numbers stay.
WHOLE_BLOCKS = re.compile(
    r"{%-?\s*(blocktranslate|blocktrans|comment|verbatim)\b.*?%}.*?{%\s*end\1\s*%}|{#.*?#}", re.DOTALL
)
TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)


def without_template_tags(source: str) -> str:
    """The markup that is left of a template when Django's part is taken out."""
    return TAGS.sub(_only_line_ends, WHOLE_BLOCKS.sub(_only_line_ends, source))


def _only_line_ends(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")
