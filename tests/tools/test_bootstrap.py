from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tools.installation import ROOT

GATE = "import runpy; runpy.run_module('tools.bootstrap', run_name='__main__')"


def run_gate(preparation: str) -> subprocess.CompletedProcess[str]:
    program = f"import sys; {preparation}; {GATE}"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("preparation", "sentence"),
    [
        ("sys.version_info = (3, 10, 4)", "Tongxin needs Python 3.11 or newer; this one is 3.10 ("),
        ("sys.modules['ensurepip'] = None", "This Python has no venv module; "),
        ("sys.modules['venv'] = None", "This Python has no venv module; "),
    ],
)
def test_an_unfit_python_is_told_in_one_sentence(preparation: str, sentence: str) -> None:
    refused = run_gate(preparation)
    assert refused.returncode == 1
    assert refused.stderr.startswith(sentence)
    assert refused.stderr.count("\n") == 1


def test_an_older_python_can_read_the_gate() -> None:
    ast.parse((ROOT / "tools/bootstrap.py").read_text(), feature_version=(3, 4))
    ast.parse((ROOT / "tools/__init__.py").read_text(), feature_version=(3, 4))
