"""What is written reads back as the same record, and is iCalendar as others take it."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from tests.unit.formats.ics_strategies import events

from scplanner.domain.events import Deadline, DeadlineKind, Event, EventStatus, Link
from scplanner.domain.temporal import VagueDate
from scplanner.formats.ics import parse_event, read, text_hash, write_calendar, write_event

PARIS = ZoneInfo("Europe/Paris")


def bare(event: Event) -> str:
    """All a record says, zones and kinds of dates included; its hashes left out."""
    return repr(replace(event, text_hash="", shell_hash=""))


@given(events())
@settings(max_examples=150)
def test_every_record_reads_back_from_its_own_text(event: Event) -> None:
    text = write_event(event)
    parsed = parse_event(text, "")
    assert bare(parsed.event) == bare(event)
    assert parsed.problems == ()
    assert (parsed.text, parsed.event.text_hash) == (text, text_hash(text))


@given(events(), events())
@settings(max_examples=60)
def test_every_record_reads_back_from_a_calendar_in_which_all_zones_are_told(first: Event, second: Event) -> None:
    data = write_calendar([(write_event(first), ""), (write_event(second), "")], name="Season; 2026, \\ \n")
    found = read(data)
    assert [bare(parsed.event) for parsed in found.events] == [bare(first), bare(second)]
    assert found.problems == ()
    assert found.name == "Season; 2026, \\"


@given(events())
@settings(max_examples=60)
def test_lines_are_at_most_75_octets_and_end_in_crlf(event: Event) -> None:
    data = write_calendar([(write_event(event), "")])
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    for line in data.split(b"\r\n"):
        line.decode()  # no character is cut in two


def test_the_same_record_is_the_same_text() -> None:
    event = Event(0, 0, "a@b", summary="Expo", start=date(2026, 11, 3), end=date(2026, 11, 6))
    assert write_event(event) == write_event(replace(event, id=7, calendar_id=3, version=9, text_hash="x"))
    assert "DTSTAMP:19700101T000000Z\r\n" in write_event(event)
    changed = replace(event, last_modified=datetime(2026, 1, 2, 3, 4, 5, tzinfo=ZoneInfo("UTC")))
    assert "DTSTAMP:20260102T030405Z\r\n" in write_event(changed)


def test_an_event_is_written_as_the_rfc_says() -> None:
    event = Event(
        0,
        0,
        "expo-2026@scplanner",
        summary="Expo; all of it, really",
        start=date(2026, 11, 3),
        end=date(2026, 11, 6),
        status=EventStatus.POSTPONED,
        latitude=41.3545,
        longitude=2.1288,
        topics=("Mobility", "Energy, water"),
        organizer="Fira",
        parent_uid="week@scplanner",
        deadlines=(
            Deadline(DeadlineKind.CALL, datetime(2026, 5, 1, 23, 59, tzinfo=ZoneInfo("Etc/GMT+12")), 'Call: "papers"'),
            Deadline(DeadlineKind.EARLY_BIRD, date(2026, 6, 1)),
        ),
        links=(Link("https://example.org/a;b,c", "Programme"),),
    )
    assert write_event(event).split("\r\n") == [
        "BEGIN:VEVENT",
        "DTSTAMP:19700101T000000Z",
        "UID:expo-2026@scplanner",
        "DTSTART;VALUE=DATE:20261103",
        "DTEND;VALUE=DATE:20261106",
        r"SUMMARY:Expo\; all of it\, really",
        "STATUS:TENTATIVE",
        "X-SCPLANNER-STATUS:POSTPONED",
        "GEO:41.3545;2.1288",
        r"CATEGORIES:Mobility,Energy\, water",
        'ORGANIZER;CN="Fira":invalid:nomail',
        "RELATED-TO;RELTYPE=PARENT:week@scplanner",
        "X-SCPLANNER-DEADLINE;KIND=call;LABEL=\"Call: ^'papers^'\";TZID=Etc/GMT+12:202",
        " 60501T235900",
        "X-SCPLANNER-DEADLINE;KIND=early-bird;VALUE=DATE:20260601",
        'X-SCPLANNER-LINK;TITLE="Programme":https://example.org/a;b,c',
        "END:VEVENT",
        "",
    ]


def test_a_vague_date_is_given_no_day() -> None:
    event = Event(0, 0, "v", vague=VagueDate("autumn 2027", date(2027, 9, 1), date(2027, 11, 30)))
    text = write_event(event)
    assert "DTSTART" not in text
    assert "X-SCPLANNER-DATE-TEXT:autumn 2027\r\n" in text
    assert parse_event(text, "").event.vague == event.vague


def test_a_status_another_program_has_changed_since_counts() -> None:
    text = write_event(Event(0, 0, "s", start=date(2026, 1, 1), status=EventStatus.WITHDRAWN))
    assert parse_event(text, "").event.status is EventStatus.WITHDRAWN
    assert parse_event(text.replace("STATUS:CANCELLED", "STATUS:CONFIRMED"), "").event.status is EventStatus.CONFIRMED
