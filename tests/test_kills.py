"""``kg`` is killed at random moments: nothing is lost, nothing is half written, and the next run gives the same bytes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("number", [5, pytest.param(200, marks=pytest.mark.long)])
def test_nothing_is_lost_whenever_kg_is_killed(number):
    command = [sys.executable, "-W", "ignore", str(ROOT / "tests" / "kills.py"), str(number), str(number)]

    result = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)

    assert result.returncode == 0, result.stderr
    counts = json.loads(result.stdout)
    assert set(counts) == {"build", "build from what was kept", "add", "remove", "view"}
    assert sum(sum(left.values()) for left in counts.values()) == number
