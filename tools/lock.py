"""Resolves requirements/*.in into hashed locks that name no registry."""

from __future__ import annotations

import subprocess
import sys

from tools.installation import BIN, ROOT, install_node_modules

OPTIONS = [
    "--universal",
    "--python-version",
    "3.11",
    "--no-emit-index-url",
    "--generate-hashes",
    "--no-annotate",
    "--quiet",
]


def main() -> None:
    compiled = "requirements/dev.txt"
    lock("dev", sys.argv[1:])
    for name in ("build", "base"):
        # The same versions in all three: what is tested is what runs.
        lock(name, [*sys.argv[1:], "--constraint", compiled])
    subprocess.run([BIN / "npm", "install", "--package-lock-only", "--ignore-scripts"], check=True, cwd=ROOT)
    install_node_modules()


def lock(name: str, options: list[str]) -> None:
    print(f"requirements/{name}.txt", flush=True)
    source, target = f"requirements/{name}.in", f"requirements/{name}.txt"
    subprocess.run(
        [BIN / "uv", "pip", "compile", *OPTIONS, *options, source, "-o", target], check=True, cwd=ROOT
    )


if __name__ == "__main__":
    main()
