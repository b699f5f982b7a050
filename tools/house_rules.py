"""Rules of this house that no other linter knows. `EXCEPTIONS` lists whoever may break one, and why."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from tools.markup import without_template_tags

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("intranet", "chat", "tasks", "knowledge", "meetings", "demo")

WRITES = "only actions.py writes"
GUARDIAN = "only people/permissions.py asks guardian"
RAW_MANAGER = "a view loads through visible_to"
CLOCK = "the only clock is intranet.clock.now"
PLAIN_TEXT = "text of a template is translatable"
APPEND_ONLY = "what the audit holds is never changed"

EXCEPTIONS: dict[tuple[str, str], str] = {
    (GUARDIAN, "intranet/people/models/grants.py"): "guardian's base classes of the grants' own tables",
    (CLOCK, "intranet/clock.py"): "it is the clock",
    (WRITES, "intranet/realtime/heartbeat.py"): "the server's own signs of life: nobody acts, nothing to log",
    (WRITES, "intranet/backup/rows.py"): "brings back what actions wrote, with the events that they left",
    (
        WRITES,
        "intranet/realtime/presence.py",
    ): "rows that live as long as a process: nobody acts, nothing to log",
    (WRITES, "intranet/people/permissions.py"): "guardian's grants are rows, and this is their only door",
    (WRITES, "intranet/rooms/models.py"): "forward only is what a read pointer is; the actions call it",
}


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    rule: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.what}"


def main() -> int:
    findings = list(check_tree(ROOT))
    excused = {(finding.rule, finding.path) for finding in findings} & EXCEPTIONS.keys()
    wrong = [str(finding) for finding in findings if (finding.rule, finding.path) not in EXCEPTIONS]
    wrong += [
        f"{path}: {rule}: no exception is needed any more" for rule, path in EXCEPTIONS.keys() - excused
    ]
    print("\n".join(sorted(wrong)) or "The house rules are kept.")
    return 1 if wrong else 0


def check_tree(root: Path) -> Iterator[Finding]:
    """Every breach in the product's sources, excused or not."""
    for top in PRODUCT:
        for path in sorted((root / top).rglob("*.py")):
            yield from check_python(path.relative_to(root).as_posix(), path.read_text())
        for path in sorted((root / top).rglob("templates/**/*.html")):
            yield from check_template(path.relative_to(root).as_posix(), path.read_text())


def check_python(path: str, source: str) -> Iterator[Finding]:
    """Every breach in one Python file."""
    place = Path(path)
    if "migrations" in place.parts:
        return
    may_write = "actions" in {place.stem, *place.parts} or path.startswith("intranet/events/")
    is_view = "views" in {place.stem, *place.parts}
    is_guardian_door = path == "intranet/people/permissions.py"
    tree = ast.parse(source)
    if is_view:
        yield from (Finding(path, line, RAW_MANAGER, what) for line, what in _raw_managers(tree))
    for node in ast.walk(tree):
        if not may_write and (what := _write(node)):
            yield Finding(path, _line(node), WRITES, what)
        if what := _rewrite(node, inside=path.startswith("intranet/audit/")):
            yield Finding(path, _line(node), APPEND_ONLY, what)
        if not is_guardian_door and (what := _guardian_import(node)):
            yield Finding(path, _line(node), GUARDIAN, what)
        if what := _clock(node):
            yield Finding(path, _line(node), CLOCK, what)


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


# --- Writes -----------------------------------------------------------------------------------------

ALWAYS_WRITES = {
    "bulk_create", "bulk_update", "create", "get_or_create", "update_or_create", "save", "_raw_delete",
}  # fmt: skip
# What has a `save` or a `create` and is no row.
NOT_ROWS = {
    "book",
    "conf",
    "session",
    "image",
    "picture",
    "thumbnail",
    "cache",
    "caches",
    "default_storage",
    "storage",
}


def _write(node: ast.AST) -> str:
    """A call that changes rows, as `receiver.method`, or nothing."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return ""
    name = node.func.attr
    plain = name[1:] if name.startswith("a") and name[1:] in {*ALWAYS_WRITES, "update", "delete"} else name
    if _last_name(node.func.value) in NOT_ROWS:
        return ""
    writes = (
        plain in ALWAYS_WRITES
        # A dictionary's update takes a mapping; a queryset's takes keywords only.
        or (plain == "update" and not node.args and any(keyword.arg for keyword in node.keywords))
        # A cache's or a storage's delete takes a key; a row's and a queryset's take nothing.
        or (plain == "delete" and not node.args and not node.keywords)
    )
    return f"{ast.unparse(node.func)}()" if writes else ""


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript | ast.Call):
        return _last_name(node.value if isinstance(node, ast.Subscript) else node.func)
    return node.id if isinstance(node, ast.Name) else ""


# --- The audit --------------------------------------------------------------------------------------

ADDS = {"create", "bulk_create"}


def _rewrite(node: ast.AST, *, inside: bool) -> str:
    """A write to the audit that is more than another record, or nothing."""
    if not (what := _write(node)) or not isinstance(node, ast.Call):
        return ""
    name = what.removesuffix("()").rpartition(".")[2]
    concerns = inside or "Record.objects" in what
    return what if concerns and name not in ADDS else ""


# --- Managers in views ------------------------------------------------------------------------------

MANAGERS = {"objects", "_default_manager", "_base_manager"}
# Whoever asks, or a room that they entered: it is the unit of permission.
SCOPES = {"actor", "me", "person", "room", "user", "viewer"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404", "aget_list_or_404"}


def _raw_managers(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The queries of a view that neither a user nor a room narrows."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    # Of `Room.objects.filter(…).visible_to(user)` only the outermost call knows what narrows it.
    inner = {id(call) for outer in calls for call in _chain(outer)[1:]}
    for call in calls:
        if id(call) not in inner and _is_raw(call):
            yield call.lineno, ast.unparse(call)


def _is_raw(call: ast.Call) -> bool:
    if _last_name(call.func) in SHORTCUTS and call.args:
        source = call.args[0]
        return _last_name(source) in MANAGERS or (isinstance(source, ast.Name) and source.id[:1].isupper())
    chain = _chain(call)
    first = chain[-1].func
    starts_at_manager = isinstance(first, ast.Attribute) and _last_name(first.value) in MANAGERS
    return starts_at_manager and not any(_is_narrowed(link) for link in chain)


def _chain(call: ast.Call) -> list[ast.Call]:
    """`a.b().c()` as its calls, the outermost first."""
    chain = [call]
    while isinstance(chain[-1].func, ast.Attribute) and isinstance(chain[-1].func.value, ast.Call):
        chain.append(chain[-1].func.value)
    return chain


def _is_narrowed(call: ast.Call) -> bool:
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    return any(_last_name(argument).lstrip("_") in SCOPES for argument in arguments)


# --- Guardian ---------------------------------------------------------------------------------------


def _guardian_import(node: ast.AST) -> str:
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = [node.module or ""]
    else:
        return ""
    return next((f"imports {name}" for name in names if name.split(".")[0] == "guardian"), "")


# --- Clock ------------------------------------------------------------------------------------------

CLOCKS = {
    "timezone": {"now", "localdate", "localtime"},
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns"},
}
OWN_CLOCK_FIELDS = {"auto_now", "auto_now_add"}


def _clock(node: ast.AST) -> str:
    """A look at another clock, or nothing."""
    if isinstance(node, ast.Attribute) and node.attr in CLOCKS.get(_last_name(node.value), ()):
        return ast.unparse(node)
    if isinstance(node, ast.ImportFrom):
        module = (node.module or "").rsplit(".", 1)[-1]
        clocks = CLOCKS.get(module, set()) - {"today"} | ({"Now"} if module == "functions" else set())
        return next((f"imports {alias.name}" for alias in node.names if alias.name in clocks), "")
    if isinstance(node, ast.keyword) and node.arg in OWN_CLOCK_FIELDS:
        return node.arg
    return ""


# --- Templates --------------------------------------------------------------------------------------

SPOKEN_ATTRIBUTES = {"alt", "aria-description", "aria-label", "placeholder", "title"}
UNSPOKEN_ELEMENTS = {"code", "kbd", "script", "style", "svg"}
# These are the same in every language; a language is listed under its own name.
NAMES = ("Tongxin", "同心", "English", "中文")


def check_template(path: str, source: str) -> Iterator[Finding]:
    """Every text of a template that stands outside the translation tags."""
    reader = _TextReader()
    reader.feed(without_template_tags(source))
    reader.close()
    for line, text in reader.texts:
        yield Finding(path, line, PLAIN_TEXT, text)


class _TextReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.texts: list[tuple[int, str]] = []
        self._unspoken: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSPOKEN_ELEMENTS:
            self._unspoken.append(tag)
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES:
                self._note(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unspoken:
            self._unspoken.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._unspoken:
            self._note(data)

    def _note(self, text: str) -> None:
        for name in NAMES:
            text = text.replace(name, "")
        if any(letter.isalpha() for letter in text):
            self.texts.append((self.getpos()[0], " ".join(text.split())))


if __name__ == "__main__":
    sys.exit(main())
