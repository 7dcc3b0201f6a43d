"""Programs that are killed while they write, and programs that write at once: all or nothing, and nothing lost."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.e2e import kill

from scplanner.services import checking, history

WRITER = """
import sys
from pathlib import Path
from scplanner.domain.changes import Change, ChangeSet
from scplanner.domain.events import Event, OccurrenceKey, Decision
from scplanner.services import changes, events
from tests.e2e.kill import FIRST, open_folder

ws = open_folder(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
for number in range(10):
    made = events.create_event(ws, Event(0, 1, "", summary=sys.argv[2], start=FIRST))
    events.decide(ws, [OccurrenceKey(made.created[-1])], Decision.GOING)
ws.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process can't be killed at once there")
def test_after_a_kill_there_is_all_of_a_write_or_nothing(tmp_path, capsys):
    assert kill.run(6, seed=3, count=400, folder=tmp_path) == []
    assert "6 kills" in capsys.readouterr().out


def test_two_programs_that_write_at_once_lose_nothing(tmp_path):
    folder = tmp_path / "data"
    kill.open_folder(folder).close()
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for name in ("window", "command line")
    ]
    for writer in writers:
        assert writer.stdout.readline() == "open\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=60)
        assert writer.returncode == 0
    ws = kill.open_folder(folder)
    names = [event.summary for event in ws.store.events.by_calendar(1)]
    assert (names.count("window"), names.count("command line")) == (10, 10)
    assert len(ws.store.layers.all()) == 20
    assert checking.check(ws).is_clean
    while history.state(ws).undo:
        history.undo(ws)
    assert ws.store.events.by_calendar(1) == []
    ws.close()
