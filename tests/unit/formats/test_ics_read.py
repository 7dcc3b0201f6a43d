"""Reading: what a file says gets into the record; what it gets wrong is told with its line and costs nothing else."""

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.formats.ics_strategies import events
from tests.unit.formats.test_contentlines import NASTY
from tests.unit.formats.test_ics_write import write_event

from scplanner.domain.events import EventStatus
from scplanner.errors import UnreadableFile
from scplanner.formats.ics import ParsedFile, parse_event, read, text_hash, write_calendar

DATA = Path(__file__).parents[2] / "data"
PARIS = ZoneInfo("Europe/Paris")


def read_sample(name: str) -> ParsedFile:
    return read((DATA / name).read_bytes(), name)


def event_of(*lines: str, shell: str = ""):
    text = "".join(line + "\r\n" for line in ("BEGIN:VEVENT", "UID:x", *lines, "END:VEVENT"))
    return parse_event(text, shell)


def test_an_export_of_outlook_is_read_whole() -> None:
    found = read_sample("outlook.ics")
    assert (found.name, found.method, found.format, found.encoding) == ("Conferences of Ana", "PUBLISH", "ics", "utf-8")
    assert found.problems == ()
    assert not found.is_whole
    assert [text.split("\r\n")[0] for text in found.others] == ["BEGIN:VTODO"]
    opening, expo = (parsed.event for parsed in found.events)
    assert opening.uid == "040000008200E00074C5B7101A82E00800000000A0D0"
    assert (opening.start, opening.end) == (
        datetime(2026, 11, 3, 9, 30, tzinfo=PARIS),
        datetime(2026, 11, 3, 11, tzinfo=PARIS),
    )
    assert str(opening.start.tzinfo) == "Europe/Paris"
    assert opening.description == "Opening, with the mayors; bring the badge.\nSecond line\n"
    assert (opening.location, opening.sequence, opening.transp) == ("Hall 2, Fira", 3, "OPAQUE")
    assert opening.last_modified == datetime(2026, 1, 11, 8, tzinfo=ZoneInfo("UTC"))
    assert (expo.start, expo.end) == (date(2026, 11, 3), date(2026, 11, 6))


def test_events_keep_their_text_and_their_files_shell() -> None:
    found = read_sample("outlook.ics")
    opening = found.events[0]
    source = (DATA / "outlook.ics").read_text().replace("\n", "\r\n")
    assert opening.text in source
    assert opening.text.count("BEGIN:VALARM") == 1
    assert opening.line == source[: source.index(opening.text)].count("\n") + 1
    assert opening.event.text_hash == text_hash(opening.text)
    assert opening.event.shell_hash == text_hash(opening.shell)
    assert opening.shell == found.events[1].shell
    assert opening.shell.startswith("BEGIN:VCALENDAR\r\nPRODID:")
    assert "TZID:Romance Standard Time" in opening.shell
    assert "VEVENT" not in opening.shell
    assert parse_event(opening.text, opening.shell).event == opening.event


def test_a_broken_file_gives_what_it_can_and_says_the_rest() -> None:
    found = read_sample("broken.ics")
    assert [parsed.event.summary for parsed in found.events] == ["Café", "No UID, no END"]
    cafe, nameless = found.events
    assert cafe.event.start == datetime.fromisoformat("2026-11-03T09:30")
    assert cafe.event.end == datetime.fromisoformat("2026-11-03T10:00")
    assert [(problem.line, problem.property) for problem in cafe.problems] == [
        (8, ""),
        (9, "GEO"),
        (10, "DTEND"),
    ]
    assert nameless.text.endswith("BEGIN:VALARM\r\nTRIGGER:-P1D\r\nEND:VALARM\r\nEND:VEVENT\r\n")
    assert [problem.property for problem in nameless.problems] == ["UID"]
    assert [(problem.line, problem.property, problem.reason) for problem in found.problems] == [
        (7, "", "not valid UTF-8: read as Windows-1252"),
        (20, "END", "END:VTODO without its BEGIN was left out"),
        (26, "END", "the END of the VALARM that begins on line 24 is missing"),
        (26, "END", "the END of the VEVENT that begins on line 21 is missing"),
        (12, "DTSTART", "is missing: an event without a beginning cannot be shown"),
        (18, "DTSTART", "there is no day 2026-02-30"),
    ]
    assert [rejected.problem.line for rejected in found.rejected] == [12, 18]
    assert found.rejected[0].text == "BEGIN:VEVENT\r\nUID:nodate@example.org\r\nSUMMARY:No date\r\nEND:VEVENT\r\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a calendar"),
        (b"\x89PNG\r\n\x1a\n", "not a calendar"),
        (b"BEGIN:VCARD\nFN:Ana\nEND:VCARD\n", "holds contacts"),
        (b"BEGIN:VTIMEZONE\nEND:VTIMEZONE\n", "not a calendar"),
    ],
)
def test_what_is_no_calendar_at_all_is_refused_with_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read(data, "notes.txt")


def test_an_empty_calendar_is_a_calendar() -> None:
    assert read(b"BEGIN:VCALENDAR\nEND:VCALENDAR\n").events == ()


@given(st.binary(max_size=200) | NASTY)
@settings(max_examples=150)
def test_no_bytes_raise_anything_but_unreadable_file(data: bytes) -> None:
    with suppress(UnreadableFile):
        read(data)


@given(events(), st.data())
@settings(max_examples=150)
def test_no_damage_to_a_file_raises_anything_else(event, data: st.DataObject) -> None:
    source = bytearray(write_calendar([(write_event(event), "")]))
    for _ in range(data.draw(st.integers(1, 5))):
        position = data.draw(st.integers(0, len(source) - 1))
        source[position : position + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    with suppress(UnreadableFile):
        read(bytes(source))


VALUES = st.sampled_from(
    [
        *("", ":", "0", "-1", "P", "P1W", "PT", "-PT5M", "P99999999999D", "20260101", "00010101", "99991231T235959Z"),
        *(
            "20261301",
            "20260101T250000",
            "20260101T240000",
            "2026-01-01",
            "20260630T235960Z",
            "20260101T09",
            "2026W011",
        ),
        *(
            "１２３４５６７８",
            "NaN;NaN",
            "1;2;3",
            "1e999;0",
            "FREQ=",
            "FREQ=DAILY;COUNT=x",
            "=",
            "A,,B",
            "\\",
            "é" * 90,
        ),
        *("20260101T000000/PT1H", "20260101/"),
    ]
)
NAMES = st.sampled_from(
    [
        *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "GEO", "SEQUENCE", "STATUS"),
        *("DTSTART;VALUE=DATE", "DTSTART;TZID=Europe/Paris", "DTEND;TZID=Nowhere", "DTSTART;TZID=", "DTEND;TZID=../x"),
        *("CATEGORIES", "URL", "LAST-MODIFIED", "X-SCPLANNER-DEADLINE", "X-SCPLANNER-CHECKED", "X-SCPLANNER-STATUS"),
        *("X-SCPLANNER-DATE-TEXT", "UID"),
    ]
)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=8))
@settings(max_examples=300)
def test_no_value_raises(lines: list[tuple[str, str]]) -> None:
    body = "".join(f"{name}:{value}\n" for name, value in lines)
    found = read(f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{body}END:VEVENT\nEND:VCALENDAR\n".encode())
    assert len(found.events) + len(found.rejected) == 1


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        (("DTSTART;VALUE=DATE:20260301",), date(2026, 3, 1), None),
        (("DTSTART:20260301", "DURATION:P2D"), date(2026, 3, 1), date(2026, 3, 3)),
        (("DTSTART:20260301", "DURATION:P1W"), date(2026, 3, 1), date(2026, 3, 8)),
        (("DTSTART:20260301T090000",), datetime.fromisoformat("2026-03-01T09:00"), None),
        (("DTSTART:20260301T0900Z",), datetime(2026, 3, 1, 9, tzinfo=ZoneInfo("UTC")), None),
        (("DTSTART;TZID=Europe/Paris:20260301T090000Z",), datetime(2026, 3, 1, 9, tzinfo=ZoneInfo("UTC")), None),
        (("DTSTART;TZID=Europe/Paris;VALUE=DATE:20260301",), date(2026, 3, 1), None),
        (
            ("DTSTART;TZID=Europe/Paris:20260328T120000", "DURATION:P1D"),
            datetime(2026, 3, 28, 12, tzinfo=PARIS),
            datetime(2026, 3, 29, 12, tzinfo=PARIS),
        ),
        (
            ("DTSTART;TZID=Europe/Paris:20260328T120000", "DURATION:PT24H"),
            datetime(2026, 3, 28, 12, tzinfo=PARIS),
            datetime(2026, 3, 29, 13, tzinfo=PARIS),
        ),
        (("DTSTART:20260301", "DTEND:20260303T100000"), date(2026, 3, 1), date(2026, 3, 3)),
        (
            ("DTSTART:20260301T090000", "DTEND:20260302"),
            datetime.fromisoformat("2026-03-01T09:00"),
            datetime.fromisoformat("2026-03-02T00:00"),
        ),
        (("DTSTART:20261231T240000",), datetime.fromisoformat("2027-01-01T00:00"), None),
    ],
)
def test_start_and_end_are_those_of_the_rfc(lines: tuple[str, ...], start: date, end: date | None) -> None:
    event = event_of(*lines).event
    assert (repr(event.start), repr(event.end)) == (repr(start), repr(end))


@pytest.mark.parametrize(
    ("lines", "name", "reason"),
    [
        (("DTSTART;TZID=Mars/Base:20260301T090000",), "DTSTART", "“Mars/Base” is not known"),
        (("DTSTART:20260301", "DTEND:20260201"), "DTEND", "ends before it begins"),
        (("DTSTART:20260301", "DTEND:20260302", "DURATION:P5D"), "DURATION", "stands beside DTEND"),
        (("DTSTART:20260301", "DTSTART:20260401"), "DTSTART", "more than once"),
        (("DTSTART:20260301", "DTEND:99991231"), "DTEND", "year 9999 is out of range"),
        (("DTSTART:20260301", "RRULE:EVERY DAY"), "RRULE", "no rule"),
        (("DTSTART:20260301", "GEO:200;0"), "GEO", "no place"),
        (("DTSTART:20260301", "EXRULE:FREQ=DAILY"), "EXRULE", "not followed"),
        (("DTSTART:20260301", "STATUS:MAYBE"), "STATUS", "not one of its values"),
    ],
)
def test_an_odd_property_is_told_and_the_event_stays(lines: tuple[str, ...], name: str, reason: str) -> None:
    parsed = event_of(*lines)
    assert parsed.event.start is not None
    assert [(problem.property, reason in problem.reason) for problem in parsed.problems] == [(name, True)]


def test_a_missing_uid_is_made_from_the_content_and_kept_in_the_text() -> None:
    source = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTAMP:{}\nDTSTART:20260301\nSUMMARY:Expo\nEND:VEVENT\nEND:VCALENDAR\n"
    first, second = (
        read(source.format(stamp).encode()).events[0] for stamp in ("20260101T000000Z", "20260202T000000Z")
    )
    assert first.event.uid == second.event.uid != ""
    assert parse_event(first.text, "").event == parse_event(first.text, "").event
    assert parse_event(first.text, "").event.uid == first.event.uid
    assert parse_event(first.text, "").problems == ()


def test_recurrence_is_read_as_written() -> None:
    event = event_of(
        "DTSTART;TZID=Europe/Paris:20260301T090000",
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20260308T090000",
        "RRULE:freq=weekly;count=4",
        "EXDATE;TZID=Europe/Paris:20260308T090000,20260315T090000",
        "EXDATE;VALUE=DATE:20260322",
        "RDATE;VALUE=PERIOD:20260401T090000Z/PT2H,20260402T090000Z/20260402T100000Z",
    ).event
    assert event.rrule == "FREQ=WEEKLY;COUNT=4"
    assert event.recurrence_id == datetime(2026, 3, 8, 9, tzinfo=PARIS)
    assert event.is_this_and_future
    assert event.exdates == (
        datetime(2026, 3, 8, 9, tzinfo=PARIS),
        datetime(2026, 3, 15, 9, tzinfo=PARIS),
        date(2026, 3, 22),
    )
    assert event.rdates == tuple(datetime(2026, 4, day, 9, tzinfo=ZoneInfo("UTC")) for day in (1, 2))


def test_people_parents_topics_and_places_are_found() -> None:
    event = event_of(
        "DTSTART:20260301",
        "ORGANIZER:MAILTO:fira@example.org",
        "RELATED-TO;RELTYPE=SIBLING:no",
        "RELATED-TO:yes",
        "CATEGORIES:Mobility, Energy",
        r"CATEGORIES:Water\, air,,Mobility",
        r"GEO:41.35\;2.12",
        "STATUS:canceled",
        "CLASS:private",
    ).event
    assert (event.organizer, event.parent_uid) == ("fira@example.org", "yes")
    assert event.topics == ("Mobility", "Energy", "Water, air")
    assert (event.latitude, event.longitude) == (41.35, 2.12)
    assert (event.status, event.classification) == (EventStatus.CANCELLED, "PRIVATE")


def test_a_catalogue_says_that_it_is_whole() -> None:
    found = read(write_calendar([], name="Catalogue", color="#008080", catalogue="2026-11-01"))
    assert (found.is_whole, found.catalogue, found.name, found.color) == (True, "2026-11-01", "Catalogue", "#008080")


def test_progress_is_told_and_may_cancel() -> None:
    one = write_event(event_of("DTSTART:20260301").event)
    told: list[tuple[int, int]] = []
    read(write_calendar([(one, "")] * 1200), progress=lambda done, total: told.append((done, total)))
    assert told == [(500, 1200), (1000, 1200), (1200, 1200)]

    class Cancelled(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read(write_calendar([(one, "")] * 600), progress=cancel)


def test_events_outside_a_calendar_and_in_several_are_read() -> None:
    one = "BEGIN:VEVENT\nUID:{0}\nDTSTART:20260301\nSUMMARY:{0}\nEND:VEVENT\n"
    data = f"BEGIN:VCALENDAR\n{one.format('a')}END:VCALENDAR\nBEGIN:VCALENDAR\n{one.format('b')}END:VCALENDAR\n{one.format('c')}"
    found = read(data.encode())
    assert [parsed.event.summary for parsed in found.events] == ["a", "b", "c"]
    assert [problem.reason for problem in found.problems] == ["stands outside any VCALENDAR"]
