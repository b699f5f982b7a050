"""Django templates, read as text."""

from __future__ import annotations

import re

# Translated blocks, comments and names of layouts vanish whole, of other tags only the tag; lines stay.
WHOLE_BLOCKS = re.compile(
    r"{%\s*(blocktranslate|blocktrans|comment|verbatim)\b.*?%}.*?{%\s*end\1\s*%}"
    r"|{#.*?#}|{%\s*block layout\s*%}.*?{%\s*endblock.*?%}",
    re.DOTALL,
)
TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)


def without_template_tags(source: str) -> str:
    """The markup that is left of a template when Django's part is taken out."""
    return TAGS.sub(_only_line_ends, WHOLE_BLOCKS.sub(_only_line_ends, source))


def _only_line_ends(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")
