"""Measuring the start from outside: one line on stderr, and the window closes by itself if that is wanted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def test_the_window_tells_how_long_it_took_and_closes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scplanner", "--data-dir", str(tmp_path)]
    environment = os.environ | {"SCPLANNER_TIMING": "quit"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    found = re.search(r"painted=([\d.]+) month=([\d.]+) settled=([\d.]+) memory=([\d.]+)$", done.stderr.strip())
    assert found is not None, done.stderr
    painted, month, settled = map(float, found.groups()[:3])
    assert 0 < painted < month <= settled
