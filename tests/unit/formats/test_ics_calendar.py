"""A calendar written is one calendar, and what was kept goes out as it came."""

from datetime import date
from pathlib import Path

import pytest

from scplanner.domain.events import Event
from scplanner.formats.ics import read, write_calendar, write_event

DATA = Path(__file__).parents[2] / "data"
SAMPLES = ("outlook.ics", "broken.ics", "custom-zone-east.ics", "custom-zone-west.ics")


@pytest.mark.parametrize("name", SAMPLES)
def test_import_and_export_change_no_event(name: str) -> None:
    first = read((DATA / name).read_bytes())
    again = read(write_calendar((parsed.text, parsed.shell) for parsed in first.events))
    assert [parsed.text for parsed in again.events] == [parsed.text for parsed in first.events]
    assert [repr(parsed.event.start) for parsed in again.events] == [
        repr(parsed.event.start) for parsed in first.events
    ]


def test_the_files_own_vtimezone_is_written_once_under_its_name() -> None:
    parsed = read((DATA / "outlook.ics").read_bytes()).events[0]
    data = write_calendar([(parsed.text, parsed.shell)] * 3).decode()
    assert data.count("BEGIN:VTIMEZONE") == 1
    assert "TZID:Romance Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:16011028T030000\r\n" in data


def test_a_zone_name_of_windows_without_its_vtimezone_gets_one() -> None:
    parsed = read((DATA / "outlook.ics").read_bytes()).events[0]
    data = write_calendar([(parsed.text, "")]).decode()
    assert "TZID:Romance Standard Time\r\nBEGIN:DAYLIGHT" in data
    assert read(data.encode()).events[0].event.start == parsed.event.start


def test_words_in_a_description_are_no_zone() -> None:
    event = Event(0, 0, "x", description="DTSTART;TZID=Europe/Paris:2026", start=date(2026, 1, 1))
    assert b"VTIMEZONE" not in write_calendar([(write_event(event), "")])


def test_the_head_says_what_it_is() -> None:
    lines = write_calendar([], name="Season 2026", color="#008080").decode().split("\r\n")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[2].startswith("PRODID:-//scplanner//")
    assert lines[3:] == [
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Season 2026",
        "X-WR-CALNAME:Season 2026",
        "COLOR:#008080",
        "END:VCALENDAR",
        "",
    ]
