"""Exporting: the kept texts of what is chosen, whole series, and a file that is there whole or not at all."""

import errno
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from scplanner.domain.changes import ChangeSet, created
from scplanner.domain.events import Calendar, CalendarKind, Decision, Event, OccurrenceKey
from scplanner.domain.query import EventFilter
from scplanner.domain.review import ReviewKind
from scplanner.errors import DiskFull, NothingToDo, PlannerError
from scplanner.paths import UserPaths
from scplanner.services import changes, events, exporting, importing, queries
from scplanner.services.workspace import Workspace
from scplanner.settings import Settings
from scplanner.store.store import Store

FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VTIMEZONE
TZID:Our own zone
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0530
TZOFFSETTO:+0530
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:weekly@x
DTSTAMP:20230101T000000Z
DTSTART;TZID=Our own zone:20231002T090000
RRULE:FREQ=WEEKLY;COUNT=3
SUMMARY:Planning call
X-UNKNOWN;PARAM="a;b":kept
END:VEVENT
BEGIN:VEVENT
UID:weekly@x
DTSTAMP:20230101T000000Z
RECURRENCE-ID;TZID=Our own zone:20231009T090000
DTSTART;TZID=Our own zone:20231009T140000
SUMMARY:Planning call (later)
END:VEVENT
BEGIN:VEVENT
UID:forum@x
DTSTAMP:20230101T000000Z
DTSTART;VALUE=DATE:20231018
DTEND;VALUE=DATE:20231021
SUMMARY:Forum
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


def workspace_at(folder):
    workspace = Workspace(UserPaths.at(folder), Store(folder / "test.db"), Settings(), date(2023, 9, 1))
    changes.apply(
        workspace, ChangeSet("First", created([Calendar(-1, "My plan"), Calendar(-2, "Feed", CalendarKind.SUBSCRIBED)]))
    )
    return workspace


@pytest.fixture
def ws(tmp_path):
    workspace = workspace_at(tmp_path)
    importing.apply_review(workspace, importing.review_files(workspace, [("file.ics", FILE)]))
    yield workspace
    workspace.close()


def test_what_goes_out_comes_back_unchanged_here_and_new_elsewhere(ws, tmp_path):
    report = exporting.export_events(ws, tmp_path / "out.ics", EventFilter())
    assert report.count == 3
    again = importing.review_files(ws, [tmp_path / "out.ics"])
    assert {item.kind for item in again.items} == {ReviewKind.UNCHANGED}
    (tmp_path / "other").mkdir()
    other = workspace_at(tmp_path / "other")
    importing.apply_review(other, importing.review_files(other, [tmp_path / "out.ics"]))
    assert [e.start for e in other.store.events.by_calendar(1)] == [e.start for e in ws.store.events.by_calendar(1)]
    other.close()


def test_the_kept_lines_and_the_zone_are_written(ws, tmp_path):
    text = exporting.to_bytes(ws, exporting.chosen_events(ws, uids=["weekly@x"])).decode()
    assert 'X-UNKNOWN;PARAM="a;b":kept\r\n' in text
    assert "TZOFFSETTO:+0530\r\n" in text
    assert text.count("BEGIN:VCALENDAR") == 1


def test_a_series_goes_whole_whatever_part_of_it_is_chosen(ws):
    (override,) = [event for event in ws.store.events.by_uids(["weekly@x"]) if event.recurrence_id]
    chosen = exporting.chosen_events(ws, keys=[OccurrenceKey(override.id)])
    assert [event.summary for event in chosen] == ["Planning call", "Planning call (later)"]


def test_only_what_the_filter_admits_is_written(ws):
    (forum,) = queries.find_events(ws, "forum@x")
    events.decide(ws, [OccurrenceKey(forum.id)], Decision.GOING)
    chosen = exporting.chosen_events(ws, EventFilter(decisions=frozenset({Decision.GOING})))
    assert [event.uid for event in chosen] == ["forum@x"]


def test_an_event_made_here_goes_out_too(ws):
    events.create_event(ws, Event(0, 0, "own@x", summary="Own", start=date(2024, 1, 1)))
    assert b"UID:own@x" in exporting.to_bytes(ws, exporting.chosen_events(ws, uids=["own@x"]))


def test_nothing_chosen_writes_nothing(ws, tmp_path):
    with pytest.raises(NothingToDo):
        exporting.export_events(ws, tmp_path / "out.ics", EventFilter(countries=frozenset({"PT"})))
    with pytest.raises(NothingToDo, match="nowhere@x"):
        exporting.export_events(ws, tmp_path / "out.ics", uids=["nowhere@x"])
    assert not (tmp_path / "out.ics").exists()


def test_an_existing_file_is_refused_unless_it_may_be_replaced(ws, tmp_path):
    target = tmp_path / "out.ics"
    target.write_text("precious")
    with pytest.raises(PlannerError, match="exists already"):
        exporting.export_events(ws, target, EventFilter())
    assert target.read_text() == "precious"
    exporting.export_events(ws, target, EventFilter(), overwrite=True)
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_into_a_folder_it_gets_a_name(ws, tmp_path):
    report = exporting.export_events(ws, tmp_path, EventFilter())
    assert report.paths == (tmp_path / "scplanner.ics",)


def test_a_full_disk_leaves_no_part_of_a_file(ws, tmp_path, monkeypatch):
    def full(self, target):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DiskFull):
        exporting.export_events(ws, tmp_path / "out.ics", EventFilter())
    assert not list(tmp_path.glob("*out.ics*"))


def test_a_folder_that_is_not_there_is_a_sentence(ws, tmp_path):
    with pytest.raises(PlannerError, match="can't be written"):
        exporting.export_events(ws, tmp_path / "missing" / "out.ics", EventFilter())


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_stays_a_link(ws, tmp_path):
    real, link = tmp_path / "synced.ics", tmp_path / "link.ics"
    real.write_text("old")
    link.symlink_to(real)
    exporting.export_events(ws, link, uids=["forum@x"], overwrite=True)
    assert link.is_symlink()
    assert b"forum@x" in real.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes there")
def test_a_pipe_is_written_to_and_stays_one(ws, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        exporting.export_events(ws, pipe, uids=["forum@x"], overwrite=True)
        assert b"forum@x" in os.read(reader, 100_000)
        assert pipe.is_fifo()
    finally:
        os.close(reader)


def test_a_name_no_system_takes_is_told(ws, tmp_path):
    with pytest.raises(PlannerError, match="can't be written"):
        exporting.export_events(ws, tmp_path / ("x" * 300), uids=["forum@x"])
