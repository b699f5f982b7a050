from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("ORIGINS", "tongxin.example"),
        ("DATABASE_URL", "nonsense"),
        ("REDIS_URL", "nonsense"),
    ],
)
def test_a_wrong_setting_is_refused_with_a_sentence_that_names_it(
    name: str, value: str, tmp_path: Path
) -> None:
    environment = os.environ | {"DATA_DIR": str(tmp_path), name: value}
    check = [sys.executable, "manage.py", "check"]
    refused = subprocess.run(check, env=environment, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert refused.stderr.startswith("The settings do not hold: ")
    assert name in refused.stderr
    assert refused.stderr.count("\n") == 1
