"""An edit changes the lines of what was edited; whatever else a file said survives, byte for byte and in order."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.formats.ics_strategies import events
from tests.unit.formats.test_ics_write import bare

from scplanner.domain.events import Event, EventStatus
from scplanner.domain.temporal import When
from scplanner.formats.contentlines import fold, raw_lines
from scplanner.formats.ics import parse_event, patch_event, write_event

BERLIN = ZoneInfo("Europe/Berlin")

FOREIGN = (
    "ATTENDEE;CN=Ana;PARTSTAT=ACCEPTED:mailto:ana@example.org\r\n",
    'ATTENDEE;CN="Ben, dr";ROLE=REQ-PARTICIPANT;X-NUM=3:mailto:ben\r\n  @example.org\r\n',
    "COMMENT;LANGUAGE=de:Bitte p\r\n ünktlich\\, ja\\; ja\r\n",
    "X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\n",
    'X-APPLE-STRUCTURED-LOCATION;X-TITLE="Fira":geo:41.35,2.12\r\n',
    "RELATED-TO;RELTYPE=SIBLING:other@example.org\r\n",
    "x-odd-case;Foo=bar:A,B;C\r\n",
    "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Wake\r\nSUMMARY:up\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n",
)

OUTLOOK = fold("BEGIN:VEVENT") + "".join(
    line + "\r\n"
    for line in (
        "CLASS:PUBLIC",
        "DTSTART;X-KEEP=1;TZID=W. Europe Standard Time:20261103T090000",
        "DURATION:PT8H",
        "PRIORITY:5",
        "UID:040000008200E00074C5B7101A82E008",
        'SUMMARY;LANGUAGE=en-us;ALTREP="cid:1":Expo',
        "EXDATE;TZID=W. Europe Standard Time:20261110T090000,20261117T090000",
        "RRULE:FREQ=WEEKLY;COUNT=8",
        "CATEGORIES:Mobility",
        "CATEGORIES;LANGUAGE=en:Energy",
        'ORGANIZER;CN=Fira;SENT-BY="mailto:x@example.org":mailto:fira@example.org',
        "STATUS:CONFIRMED",
        "BEGIN:VALARM",
        "DESCRIPTION:REMINDER",
        "TRIGGER;RELATED=START:-PT15M",
        "ACTION:DISPLAY",
        "END:VALARM",
        "END:VEVENT",
    )
)


def read(text: str) -> Event:
    return parse_event(text, "").event


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines only the one has, and those only the other has, folds undone."""
    old, new = ([line.replace("\r\n ", "").rstrip() for line in raw_lines(text)] for text in (before, after))
    assert [line for line in new if line in old] == [line for line in old if line in new], "the order changed"
    return [line for line in old if line not in new], [line for line in new if line not in old]


@st.composite
def kept_texts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A VEVENT as another program may have written it, and those of its lines that mean nothing here."""
    lines = raw_lines(write_event(draw(events())))
    foreign = draw(st.lists(st.sampled_from(FOREIGN), max_size=6))
    for line in foreign:
        position = draw(st.integers(1, len(lines) - 1))
        lines.insert(position, line)
    return "".join(lines), [line for line in lines if line in FOREIGN]


@given(kept_texts(), events())
@settings(max_examples=150)
def test_any_edit_says_what_it_should_and_keeps_every_unknown_line(kept: tuple[str, list[str]], wanted: Event) -> None:
    text, foreign = kept
    before = read(text)
    patched = patch_event(text, before, wanted)
    assert bare(read(patched)) == bare(wanted)
    blocks = _blocks(patched)
    assert [block for block in blocks if block in FOREIGN] == foreign


def _blocks(text: str) -> list[str]:
    """The raw lines, an alarm's taken together."""
    found: list[str] = []
    for line in raw_lines(text)[1:-1]:
        if found and found[-1].startswith("BEGIN:VALARM") and not found[-1].endswith("END:VALARM\r\n"):
            found[-1] += line
        else:
            found.append(line)
    return found


@given(kept_texts())
@settings(max_examples=50)
def test_no_edit_changes_nothing(kept: tuple[str, list[str]]) -> None:
    text, _ = kept
    event = read(text)
    assert patch_event(text, event, replace(event, id=4, version=8)) == text


@pytest.mark.parametrize(
    ("edit", "gone", "come"),
    [
        (
            {"summary": "Smart City Expo"},
            ['SUMMARY;LANGUAGE=en-us;ALTREP="cid:1":Expo'],
            ['SUMMARY;LANGUAGE=en-us;ALTREP="cid:1":Smart City Expo'],
        ),
        ({"summary": ""}, ['SUMMARY;LANGUAGE=en-us;ALTREP="cid:1":Expo'], []),
        ({"city": "Barcelona"}, [], ["X-SCPLANNER-CITY:Barcelona"]),
        ({"status": EventStatus.CANCELLED}, ["STATUS:CONFIRMED"], ["STATUS:CANCELLED"]),
        ({"status": EventStatus.WITHDRAWN}, ["STATUS:CONFIRMED"], ["STATUS:CANCELLED", "X-SCPLANNER-STATUS:WITHDRAWN"]),
        (
            {"topics": ("Energy", "Water")},
            ["CATEGORIES:Mobility", "CATEGORIES;LANGUAGE=en:Energy"],
            ["CATEGORIES:Energy,Water"],
        ),
        ({"rrule": ""}, ["RRULE:FREQ=WEEKLY;COUNT=8"], []),
        (
            {"organizer": "City of Łódź"},
            ['ORGANIZER;CN=Fira;SENT-BY="mailto:x@example.org":mailto:fira@example.org'],
            ['ORGANIZER;CN="City of Łódź":invalid:nomail'],
        ),
        (
            {"end": datetime(2026, 11, 3, 18, tzinfo=BERLIN)},
            ["DURATION:PT8H"],
            ["DURATION:PT9H"],
        ),
        (
            {"exdates": (datetime(2026, 11, 10, 9, tzinfo=BERLIN), datetime(2026, 11, 24, 9, tzinfo=BERLIN))},
            ["EXDATE;TZID=W. Europe Standard Time:20261110T090000,20261117T090000"],
            [
                "EXDATE;TZID=W. Europe Standard Time:20261110T090000",
                "EXDATE;TZID=W. Europe Standard Time:20261124T090000",
            ],
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_one_field_is_one_property(edit: dict[str, object], gone: list[str], come: list[str]) -> None:
    before = read(OUTLOOK)
    after = replace(before, **edit)
    patched = patch_event(OUTLOOK, before, after)
    assert changed_lines(OUTLOOK, patched) == (gone, come)
    assert bare(read(patched)) == bare(after)


def test_a_moved_event_keeps_its_duration_and_the_files_own_zone_name() -> None:
    before = read(OUTLOOK)
    assert before.end == datetime(2026, 11, 3, 17, tzinfo=BERLIN)
    shift = timedelta(days=1, hours=1)
    after = replace(before, start=_later(before.start, shift), end=_later(before.end, shift))
    patched = patch_event(OUTLOOK, before, after)
    assert changed_lines(OUTLOOK, patched) == (
        ["DTSTART;X-KEEP=1;TZID=W. Europe Standard Time:20261103T090000"],
        ["DTSTART;X-KEEP=1;TZID=W. Europe Standard Time:20261104T100000"],
    )


def test_an_event_that_becomes_all_day_has_dates_at_both_ends() -> None:
    before = read(OUTLOOK)
    after = replace(before, start=date(2026, 11, 3), end=date(2026, 11, 6))
    patched = patch_event(OUTLOOK, before, after)
    assert changed_lines(OUTLOOK, patched)[1] == ["DTSTART;X-KEEP=1;VALUE=DATE:20261103", "DURATION:P3D"]
    assert bare(read(patched)) == bare(after)


def test_an_end_before_the_start_cannot_be_a_duration() -> None:
    before = read(OUTLOOK)
    after = replace(before, end=datetime(2026, 11, 3, 8, tzinfo=BERLIN))
    patched = patch_event(OUTLOOK, before, after)
    assert changed_lines(OUTLOOK, patched) == (
        ["DURATION:PT8H"],
        ["DTEND;TZID=W. Europe Standard Time:20261103T080000"],
    )


def test_another_zone_is_written_by_its_own_name() -> None:
    before = read(OUTLOOK)
    start = datetime(2026, 11, 3, 9, tzinfo=ZoneInfo("Europe/Paris"))
    patched = patch_event(OUTLOOK, before, replace(before, start=start, end=start + timedelta(hours=8)))
    assert "DTSTART;X-KEEP=1;TZID=Europe/Paris:20261103T090000\r\n" in patched


def test_the_stamp_moves_with_last_modified() -> None:
    text = write_event(Event(0, 0, "s", start=date(2026, 1, 1)))
    before = read(text)
    after = replace(before, last_modified=datetime(2026, 5, 6, 7, 8, 9, tzinfo=ZoneInfo("UTC")))
    patched = patch_event(text, before, after)
    assert changed_lines(text, patched) == (
        ["DTSTAMP:19700101T000000Z"],
        ["DTSTAMP:20260506T070809Z", "LAST-MODIFIED:20260506T070809Z"],
    )


def test_new_properties_stand_before_the_alarms() -> None:
    before = read(OUTLOOK)
    patched = patch_event(OUTLOOK, before, replace(before, url="https://example.org"))
    assert patched.index("URL:") < patched.index("BEGIN:VALARM")


def test_a_property_in_an_alarm_is_never_the_events() -> None:
    before = read(OUTLOOK)
    patched = patch_event(OUTLOOK, before, replace(before, description="All about it"))
    assert "DESCRIPTION:REMINDER\r\n" in patched
    assert read(patched).description == "All about it"


def _later(when: When | None, shift: timedelta) -> When:
    assert when is not None
    return when + shift
