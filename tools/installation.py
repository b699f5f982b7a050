"""Sets up what a make target needs, skips what is there already, hands over to it. Standard library only."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

from tools.progress import Step, StepFailed, run

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
STAMPS = VENV / "stamps"
DIST = ROOT / "intranet/web/static/dist"
KEPT_ASSETS_DAYS = 7

# Target: the lock that it needs, what is built for it, and what runs in the end.
TARGETS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "up": ("build", ("frontend", "catalogues", "database", "demo"), ("manage.py", "serve")),
    "test": ("dev", ("frontend", "catalogues", "embedded_database"), ("-m", "tools.run_tests")),
    "soak": ("dev", ("frontend", "catalogues"), ("-m", "tools.run_tests", "--soak")),
    "bench": ("dev", ("frontend", "catalogues"), ("-m", "bench")),
    "check": ("dev", ("frontend", "catalogues"), ("-m", "tools.check")),
    "messages": ("dev", (), ("-m", "tools.catalogues", "update")),
    "lock": ("dev", (), ("-m", "tools.lock")),
}


def main(arguments: list[str]) -> None:
    """Set up for one target of the Makefile and become it."""
    target, *rest = arguments
    lock, builds, command = TARGETS[target]
    os.chdir(ROOT)
    try:
        install_packages(lock)
        for build in builds:
            BUILDS[build]()
    except StepFailed as failure:
        sys.exit(f"\n{failure}")
    except KeyboardInterrupt:
        sys.exit("\nStopped. The same command goes on from here.")
    os.execv(PYTHON, [str(PYTHON), *command, *rest])  # noqa: S606 (so that Ctrl-C reaches it and nothing else)


def install_packages(lock: str) -> None:
    digest = _digest([ROOT / f"requirements/{lock}.txt"], sys.version.split()[0])
    if _has_stamp(f"packages-{lock}", digest) and _works(PYTHON):
        return
    if not _works(PYTHON):
        with Step("Virtual environment"):
            venv.create(VENV, clear=True, with_pip=True)
    with Step("Python packages") as step:
        requirements = f"requirements/{lock}.txt"
        if not _install_with_uv(step, requirements):
            _install_with_pip(step, requirements)
    _stamp(f"packages-{lock}", digest)
    if lock == "dev":
        # What the tests need contains what the product needs.
        _stamp("packages-build", _digest([ROOT / "requirements/build.txt"], sys.version.split()[0]))


def _works(python: Path) -> bool:
    return python.exists() and subprocess.run([python, "-c", "import pip"], check=False).returncode == 0


def _install_with_uv(step: Step, requirements: str) -> bool:
    """Faster where the machine has it; pip may reach packages that it does not, and has the last word."""
    uv = shutil.which("uv")
    if uv is None:
        return False
    step.note = "with uv"
    try:
        run(step, [uv, "pip", "install", "--python", PYTHON, "--require-hashes", "-r", requirements])
    except StepFailed:
        return False
    return True


def _install_with_pip(step: Step, requirements: str) -> None:
    total = len(re.findall(r"^[A-Za-z0-9].*==", Path(requirements).read_text(), re.MULTILINE))
    collected = 0

    def count(line: str) -> None:
        nonlocal collected
        if line.startswith(("Collecting ", "Requirement already satisfied")):
            collected += 1
            step.note = f"{min(collected, total)} of about {total}"
        elif line.startswith("Installing"):
            step.note = "installing"

    options = ["--require-hashes", "--no-input", "--progress-bar=off", "--disable-pip-version-check"]
    run(step, [PYTHON, "-m", "pip", "install", *options, "-r", requirements], on_line=count)


def install_node_modules() -> None:
    digest = _digest([ROOT / "package.json", ROOT / "package-lock.json"])
    if _has_stamp("node_modules", digest) and (ROOT / "node_modules").exists():
        return
    with Step("Front-end packages") as step:
        run(step, [BIN / "npm", "ci", "--ignore-scripts"])
    _stamp("node_modules", digest)


def build_frontend() -> None:
    configuration = [ROOT / name for name in ("package-lock.json", "tsconfig.json", "vite.config.ts")]
    sources = (path for top in ("intranet", "chat") for path in (ROOT / top).glob("**/frontend/**/*"))
    digest = _digest([*configuration, *sources])
    if _has_stamp("frontend", digest) and (DIST / ".vite/manifest.json").exists():
        return
    install_node_modules()
    with Step("Front end") as step:
        run(step, [BIN / "node", "node_modules/vite/bin/vite.js", "build"])
        remove_old_assets(DIST / "assets")
        run(step, [BIN / "python", "-m", "whitenoise.compress", "--quiet", str(DIST)])
    _stamp("frontend", digest)


def remove_old_assets(assets: Path) -> None:
    """Pages that are still open ask for the files of earlier builds, but not for ever."""
    oldest = time.time() - KEPT_ASSETS_DAYS * 24 * 3600
    for path in assets.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink()


def compile_catalogues() -> None:
    catalogues = list((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    digest = _digest(catalogues)
    if _has_stamp("catalogues", digest) and all(path.with_suffix(".mo").exists() for path in catalogues):
        return
    with Step("Message catalogues") as step:
        run(step, [PYTHON, "-m", "tools.catalogues", "compile"])
    _stamp("catalogues", digest)


def migrate_database() -> None:
    with Step("Database") as step:
        run(step, [PYTHON, "manage.py", "migrate", "--verbosity", "0"])


def migrate_embedded_database() -> None:
    """`manage.py …` works after the tests too; a database that the run was given is not touched."""
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}
    }
    with Step("Database") as step:
        run(step, [PYTHON, "manage.py", "migrate", "--verbosity", "0"], env=environment)


def create_demo() -> None:
    """Only on the first run: who removed the demo company does not get it back.

    Where ORIGINS say how browsers come, a company is being set up; the demo is for this machine only.
    """
    offered = Path(os.environ.get("DATA_DIR", ROOT / "var")) / "demo-created"
    if offered.exists() or os.environ.get("ORIGINS"):
        return
    with Step("Demo company") as step:
        run(step, [PYTHON, "manage.py", "demo"])
    offered.touch()


BUILDS: dict[str, Callable[[], None]] = {
    "frontend": build_frontend,
    "catalogues": compile_catalogues,
    "database": migrate_database,
    "embedded_database": migrate_embedded_database,
    "demo": create_demo,
}


def _digest(paths: Iterable[Path], *more: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update("\0".join(more).encode())
    return digest.hexdigest()


def _has_stamp(name: str, digest: str) -> bool:
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == digest


def _stamp(name: str, digest: str) -> None:
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / name).write_text(digest)
