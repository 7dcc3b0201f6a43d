"""Backups: one a day, ten kept, restored whole, with a way back."""

import os
from datetime import date

import pytest
from tests.unit.services.test_events import DAY

from scplanner.domain.events import Event
from scplanner.errors import CorruptDatabase, UnreadableFile
from scplanner.services import backups, checking, events, history, queries


def add(ws, title):
    events.create_event(ws, Event(0, 0, "", summary=title, start=DAY))


def titles(ws):
    return sorted(row.summary for row in queries.agenda(ws))


def test_one_backup_a_day(ws):
    first = backups.make_daily(ws)
    assert first.path.name.startswith("daily-")
    assert first.size == first.path.stat().st_size > 0
    assert backups.make_daily(ws) is None


def test_ten_dailies_are_kept_and_all_that_were_asked_for(ws):
    manual = backups.make_now(ws)
    for day in range(1, 15):
        old = ws.paths.backups / f"daily-202701{day:02}.db"
        old.write_bytes(b"old")
        moment = date(2026, 1, day).toordinal()
        os.utime(old, (moment, moment))
    newest = backups.make_daily(ws)
    kept = [backup.path for backup in backups.list_backups(ws.paths.backups)]
    dailies = [path.name for path in kept if path.name.startswith("daily-")]
    assert manual.path in kept
    assert len(dailies) == backups.KEPT
    assert newest.path.name in dailies
    assert "daily-20270114.db" in dailies
    assert "daily-20270101.db" not in dailies


def test_a_restore_goes_back_whole_and_leaves_a_way_forth(ws):
    add(ws, "Before")
    backup = backups.make_now(ws)
    add(ws, "After")
    applied = backups.restore_from(ws, backup.path)
    assert applied.step is None
    assert titles(ws) == ["Before"]
    assert checking.check(ws).is_clean
    add(ws, "New")
    history.undo(ws)
    before = next(
        each for each in backups.list_backups(ws.paths.backups) if each.path.name.startswith("before-restore")
    )
    backups.restore_from(ws, before.path)
    assert titles(ws) == ["After", "Before"]


def test_what_is_no_backup_changes_nothing(ws, tmp_path):
    add(ws, "Kept")
    source = tmp_path / "holiday.jpg"
    source.write_bytes(b"\xff\xd8\xff")
    with pytest.raises(CorruptDatabase):
        backups.restore_from(ws, source)
    assert titles(ws) == ["Kept"]
    assert backups.list_backups(ws.paths.backups) == []


def test_a_backup_never_overwrites_a_file(ws, tmp_path):
    target = tmp_path / "copy.db"
    assert backups.backup_to(ws, target).path == target
    with pytest.raises(UnreadableFile, match="exists already"):
        backups.backup_to(ws, target)


def test_without_a_folder_there_are_no_backups(tmp_path):
    assert backups.list_backups(tmp_path / "none") == []
