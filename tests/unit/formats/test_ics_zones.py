"""TZIDs mean what their file says, nothing leaks from file to file, and no day moves in any zone."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.formats.ics_strategies import ZONES

from scplanner.domain.events import Event
from scplanner.domain.temporal import to_text
from scplanner.formats import contentlines
from scplanner.formats.ics import ParsedEvent, parse_event, read, write_calendar, write_event
from scplanner.formats.ics_vtimezone import find_transitions, write_vtimezone
from scplanner.formats.ics_zones import find_named_zone, read_offset, read_vtimezone

DATA = Path(__file__).parents[2] / "data"

HALF_EASTERN = """BEGIN:VTIMEZONE
TZID:{tzid}
BEGIN:STANDARD
DTSTART:19701101T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700308T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
"""


def read_one(tzid: str, wall: str, vtimezone: str = "") -> ParsedEvent:
    text = f"BEGIN:VCALENDAR\n{vtimezone}BEGIN:VEVENT\nUID:x\nDTSTART;TZID={tzid}:{wall}\nEND:VEVENT\nEND:VCALENDAR\n"
    return read(text.encode()).events[0]


def start_text(tzid: str, wall: str, vtimezone: str = "") -> str:
    event = read_one(tzid, wall, vtimezone).event
    assert event.start is not None
    return to_text(event.start)


@pytest.mark.parametrize(
    ("tzid", "says"),
    [
        ("Europe/Paris", "2026-07-01T09:00:00+02:00[Europe/Paris]"),
        ("/mozilla.org/20050126_1/Europe/Paris", "2026-07-01T09:00:00+02:00[Europe/Paris]"),
        (
            "/freeassociation.sourceforge.net/America/Argentina/Salta",
            "2026-07-01T09:00:00-03:00[America/Argentina/Salta]",
        ),
        ('"Romance Standard Time"', "2026-07-01T09:00:00+02:00[Europe/Paris]"),
        ("W. Europe Standard Time", "2026-07-01T09:00:00+02:00[Europe/Berlin]"),
        ("UTC", "2026-07-01T09:00:00+00:00[UTC]"),
        ('"UTC+05:30"', "2026-07-01T09:00:00+05:30[UTC+05:30]"),
        ('"(GMT +01:00)"', "2026-07-01T09:00:00+01:00[(GMT +01:00)]"),
        ("Mars/Base", "2026-07-01T09:00:00"),
        ('"(UTC-05:00) Eastern Time"', "2026-07-01T09:00:00"),
    ],
)
def test_names_without_a_vtimezone(tzid: str, says: str) -> None:
    assert start_text(tzid, "20260701T090000") == says


def test_a_files_own_zone_is_followed_through_the_year() -> None:
    zone = HALF_EASTERN.format(tzid="Office")
    assert start_text("Office", "20260101T090000", zone) == "2026-01-01T09:00:00-05:00[Office]"
    assert start_text("Office", "20260701T090000", zone) == "2026-07-01T09:00:00-04:00[Office]"
    assert start_text("Office", "20260308T015959", zone) == "2026-03-08T01:59:59-05:00[Office]"
    assert start_text("Office", "20260308T030000", zone) == "2026-03-08T03:00:00-04:00[Office]"


def test_before_its_first_switch_a_zone_has_its_standard_time() -> None:
    zone = HALF_EASTERN.format(tzid="Office").replace(":1970", ":2020").replace("FROM:-0400", "FROM:+0000")
    assert start_text("Office", "20190701T090000", zone) == "2019-07-01T09:00:00-05:00[Office]"


def test_a_file_says_what_a_name_without_a_place_means() -> None:
    """EST is UTC-5 all year to IANA, and New York's time to many programs."""
    assert start_text("EST", "20260701T090000", HALF_EASTERN.format(tzid="EST")) == "2026-07-01T09:00:00-04:00[EST]"


def test_a_vtimezone_that_has_nothing_to_do_with_its_name_is_believed() -> None:
    zone = HALF_EASTERN.format(tzid="Europe/Berlin")
    event = read_one("Europe/Berlin", "20260701T090000", zone).event
    assert event.start == datetime(2026, 7, 1, 13, tzinfo=UTC)


def test_half_a_vtimezone_is_no_contradiction() -> None:
    zone = HALF_EASTERN.format(tzid="America/New_York")
    half = zone[: zone.index("BEGIN:DAYLIGHT")] + "END:VTIMEZONE\n"
    half = half.replace("-0400", "-0500")
    assert start_text("America/New_York", "20260701T090000", half) == "2026-07-01T09:00:00-04:00[America/New_York]"


def test_a_location_names_the_zone() -> None:
    zone = HALF_EASTERN.format(tzid="My zone").replace("TZID:My zone", "TZID:My zone\nX-LIC-LOCATION:America/New_York")
    assert start_text("My zone", "20260701T090000", zone) == "2026-07-01T09:00:00-04:00[America/New_York]"


def test_two_files_with_one_tzid_do_not_meet() -> None:
    east, west = ((DATA / f"custom-zone-{name}.ics").read_bytes() for name in ("east", "west"))
    starts = [read(data).events[0].event.start for data in (east, west, east)]
    assert [to_text(start) for start in starts if start] == [
        "2026-01-10T10:00:00+03:30[Customized Time Zone]",
        "2026-01-10T10:00:00-05:00[Customized Time Zone]",
        "2026-01-10T10:00:00+03:30[Customized Time Zone]",
    ]


def test_two_zones_of_one_name_in_one_export_are_told_apart() -> None:
    parsed = [read((DATA / f"custom-zone-{name}.ics").read_bytes()).events[0] for name in ("east", "west", "east")]
    data = write_calendar((item.text, item.shell) for item in parsed)
    assert data.count(b"TZID:Customized Time Zone") == 2
    again = read(data).events
    assert [item.event.start for item in again] == [item.event.start for item in parsed]
    assert [item.text == before.text for item, before in zip(again, parsed, strict=True)] == [True, False, True]


@pytest.mark.parametrize(
    "vtimezone",
    [
        "BEGIN:VTIMEZONE\nTZID:Odd\nEND:VTIMEZONE\n",
        "BEGIN:VTIMEZONE\nBEGIN:STANDARD\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n",
        "BEGIN:VTIMEZONE\nTZID:Odd\nBEGIN:STANDARD\nTZOFFSETTO:soon\nEND:STANDARD\nEND:VTIMEZONE\n",
        "BEGIN:VTIMEZONE\nTZID:Odd\nBEGIN:STANDARD\nTZOFFSETTO:+9900\nEND:STANDARD\n",
    ],
)
def test_a_vtimezone_without_use_leaves_floating_times(vtimezone: str) -> None:
    assert start_text("Odd", "20260701T090000", vtimezone) == "2026-07-01T09:00:00"


def test_a_vtimezone_is_read_though_its_rule_is_not() -> None:
    zone = HALF_EASTERN.format(tzid="Odd").replace("FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "FREQ=YEARLY;BYMONTH=99")
    assert start_text("Odd", "20260101T090000", zone) == "2026-01-01T09:00:00-05:00[Odd]"


@pytest.mark.parametrize(
    ("text", "hours"), [("+0100", 1), ("-0330", -3.5), ("0100", 1), ("+01:00", 1), ("+010000", 1), ("-0000", 0)]
)
def test_offsets_are_read_as_they_are_written(text: str, hours: float) -> None:
    assert read_offset(text) == timedelta(hours=hours)


@given(st.integers(-11, 14), st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(1, 30))
@settings(max_examples=60)
def test_no_day_moves_in_any_zone(hours: int, day: date, length: int) -> None:
    zone = ZoneInfo(f"Etc/GMT{-hours:+d}") if hours else ZoneInfo("UTC")
    all_day = Event(0, 0, "d", start=day, end=day + timedelta(days=length))
    late = datetime(day.year, day.month, day.day, 23, 59, tzinfo=zone)
    timed = Event(0, 0, "t", start=late, end=late + timedelta(hours=2))
    found = read(write_calendar([(write_event(all_day), ""), (write_event(timed), "")])).events
    assert (found[0].event.start, found[0].event.end) == (all_day.start, all_day.end)
    assert found[0].event.span.last_day == day + timedelta(days=length - 1)
    assert to_text(found[1].event.start) == to_text(late)
    assert found[1].event.span.first_day == day


@given(st.sampled_from(ZONES), st.integers(1975, 2070), st.integers(0, 6), st.integers(0, 366 * 24))
@settings(max_examples=120, deadline=None)
def test_a_vtimezone_made_here_gives_the_offsets_of_the_zone(name: str, first: int, years: int, hour: int) -> None:
    zone = ZoneInfo(name)
    text = write_vtimezone("Made here", zone, first, first + years)
    custom = read_vtimezone(contentlines.cut(text)[0][0])
    assert custom is not None
    moment = (datetime(first, 1, 1, tzinfo=UTC) + timedelta(hours=hour)).astimezone(zone)
    if moment.fold or any(
        abs(change.onset - moment.replace(tzinfo=None)) < timedelta(hours=3)
        for change in find_transitions(zone, moment.year, moment.year)
    ):
        return  # an hour that the clock shows twice
    if moment.year <= first + years:
        assert custom.offset_at(moment.replace(tzinfo=None)) == moment.utcoffset()


@pytest.mark.parametrize("name", ["Europe/Madrid", "Europe/London", "America/New_York", "Australia/Sydney"])
def test_a_zone_with_plain_rules_is_a_pair_of_yearly_rules(name: str) -> None:
    text = write_vtimezone(name, ZoneInfo(name), 2026, 2038)
    assert text.count("RRULE:FREQ=YEARLY;BYMONTH=") == 2
    assert text.count("BEGIN:STANDARD") == text.count("BEGIN:DAYLIGHT") == 1
    assert "RDATE" not in text


@pytest.mark.parametrize("name", ["Africa/Casablanca", "Asia/Jerusalem"])
def test_a_zone_without_plain_rules_gets_each_switch(name: str) -> None:
    text = write_vtimezone(name, ZoneInfo(name), 2026, 2030)
    assert "RRULE" not in text
    assert text.count("DTSTART") >= 8


@pytest.mark.parametrize(
    ("name", "offset"), [("Asia/Kolkata", "+0530"), ("Etc/GMT+12", "-1200"), ("Asia/Dubai", "+0400")]
)
def test_a_zone_without_switches_is_one_standard_without_a_rule(name: str, offset: str) -> None:
    text = write_vtimezone(name, ZoneInfo(name), 2026, 2038)
    assert text.count("BEGIN:") == 2
    assert f"TZOFFSETTO:{offset}\r\n" in text
    assert "RRULE" not in text


def test_every_windows_name_of_a_conference_city_is_known() -> None:
    names = ("Romance Standard Time", "GMT Standard Time", "Morocco Standard Time", "Singapore Standard Time")
    assert all(find_named_zone(name) is not None for name in names)


def test_an_event_alone_needs_its_shell() -> None:
    parsed = read((DATA / "custom-zone-west.ics").read_bytes()).events[0]
    assert parse_event(parsed.text, parsed.shell).event.start == parsed.event.start
    alone = parse_event(parsed.text, "")
    assert alone.event.start == datetime.fromisoformat("2026-01-10T10:00")
    assert ["“Customized Time Zone” is not known" in problem.reason for problem in alone.problems] == [True, True]
