"""One window a data folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from scplanner.ui.single_instance import SingleInstance

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from scplanner.ui.single_instance import SingleInstance
app = QCoreApplication([])
one = SingleInstance(Path(sys.argv[1]))
if one.acquire():
    sys.exit(10)
sys.exit(0 if one.hand_over([Path(name) for name in sys.argv[2:]]) else 11)
"""


def test_the_first_gets_the_files_of_the_second(tmp_path: Path, qtbot: QtBot) -> None:
    lock = tmp_path / "data" / "scplanner.lock"
    first = SingleInstance(lock)
    assert first.acquire()
    with qtbot.waitSignal(first.files_received, timeout=20_000) as heard:
        second = subprocess.Popen([sys.executable, "-c", SECOND, str(lock), "/somewhere/events.ics"])
    assert heard.args == [[Path("/somewhere/events.ics")]]
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=10_000)
    assert second.returncode == 0
    first.release()


def test_another_folder_is_another_window(tmp_path: Path, qapp: object) -> None:
    one, other = SingleInstance(tmp_path / "a" / "lock"), SingleInstance(tmp_path / "b" / "lock")
    assert one.acquire()
    assert other.acquire()
    one.release()
    other.release()


def test_after_release_it_is_free(tmp_path: Path, qapp: object) -> None:
    lock = tmp_path / "lock"
    for _ in range(2):
        one = SingleInstance(lock)
        assert one.acquire()
        one.release()


def test_a_window_that_does_not_answer(tmp_path: Path, qapp: object) -> None:
    assert not SingleInstance(tmp_path / "lock").hand_over([])
