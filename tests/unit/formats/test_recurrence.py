"""Series expand as recurring-ical-events expands them, quickly and within bounds, and can be cut in two."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from scplanner.domain.events import Event
from scplanner.domain.temporal import DayRange, When, to_text
from scplanner.formats.ics import parse_event, write_calendar, write_event
from scplanner.formats.recurrence import Expansion, expand, split_rule

PARIS = ZoneInfo("Europe/Paris")
SPRING = DayRange(date(2026, 3, 1), date(2026, 4, 30))


def master(start: When, rrule: str = "", **fields) -> Event:
    end = start + (timedelta(hours=2) if isinstance(start, datetime) else timedelta(days=2))
    return Event(1, 1, "series", start=start, end=end, rrule=rrule, **fields)


def starts(expansion: Expansion) -> list[str]:
    return [to_text(instance.span.start) for instance in expansion.instances]


def by_library(events: list[Event], days: DayRange) -> list[tuple[str, str]]:
    """What the library finds in the calendar as it is written."""
    calendar = Calendar.from_ical(write_calendar([(write_event(event), "") for event in events]))
    first, stop = (datetime.combine(day, time()) for day in (days.first, days.last + timedelta(days=1)))
    found = recurring_ical_events.of(calendar).between(first, stop)
    return sorted((_plain(item["DTSTART"].dt), _plain(item["DTEND"].dt)) for item in found)


def by_us(events: list[Event], days: DayRange) -> list[tuple[str, str]]:
    found = expand(events[0], events[1:], {}, days).instances
    return sorted((_plain(item.span.start), _plain(item.span.end)) for item in found)


def _plain(when: When | None) -> str:
    assert when is not None
    return when.isoformat()


@st.composite
def rules(draw: st.DrawFn, start: When) -> str:
    freq = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.integers(1, 4))}"]
    if draw(st.booleans()):
        days = draw(st.lists(st.sampled_from(("MO", "TU", "WE", "FR", "SU")), min_size=1, max_size=3, unique=True))
        nth = draw(st.sampled_from(("", "1", "-1"))) if freq in ("MONTHLY", "YEARLY") else ""
        parts.append(f"BYDAY={','.join(nth + day for day in days)}")
    elif draw(st.booleans()) and freq != "WEEKLY":
        parts.append(f"BYMONTHDAY={draw(st.sampled_from(('1', '15,-1', '31')))}")
    if draw(st.booleans()):
        parts.append(f"BYMONTH={draw(st.sampled_from(('3', '1,3,10', '4,5,6')))}")
    if freq == "WEEKLY" and draw(st.booleans()):
        parts.append("WKST=SU")
    limit = draw(st.sampled_from(("", "COUNT", "UNTIL")))
    if limit == "COUNT":
        parts.append(f"COUNT={draw(st.integers(1, 60))}")
    elif limit == "UNTIL":
        last = start + timedelta(days=draw(st.integers(0, 900)))
        if not isinstance(last, datetime):
            parts.append(f"UNTIL={last:%Y%m%d}")
        elif last.tzinfo is None:
            parts.append(f"UNTIL={last:%Y%m%dT%H%M%S}")
        else:
            parts.append(f"UNTIL={last.astimezone(ZoneInfo('UTC')):%Y%m%dT%H%M%SZ}")
    return ";".join(parts)


@st.composite
def series(draw: st.DrawFn) -> Event:
    day = draw(st.dates(date(2023, 1, 1), date(2026, 4, 1)))
    wall = datetime.combine(day, time(draw(st.integers(4, 23)), 30))
    zone = st.sampled_from(("Europe/Paris", "America/New_York", "UTC", "Pacific/Kiritimati")).map(ZoneInfo)
    start = draw(st.sampled_from((day, wall, wall.replace(tzinfo=draw(zone)))))
    return master(start, draw(rules(start)))


@st.composite
def with_exceptions(draw: st.DrawFn) -> list[Event]:
    event = draw(series())
    slots = expand(event, (), {}, DayRange(date(2023, 1, 1), date(2027, 1, 1)), limit=200).instances
    chosen = st.sampled_from([slot.recurrence_id for slot in slots])
    gone = draw(st.lists(chosen, max_size=3, unique=True))
    extra = tuple({event.start + timedelta(days=days) for days in draw(st.lists(st.integers(1, 900), max_size=2))})
    event = replace(event, exdates=tuple(gone), rdates=extra)
    overrides = []
    kept = (
        draw(st.lists(chosen.filter(lambda slot: slot not in gone), max_size=3, unique=True)) if len(slots) > 8 else []
    )
    for number, slot in enumerate(kept, 2):
        shift = draw(st.integers(-2, 3))
        start = slot + timedelta(days=shift)
        override = replace(event, id=number, recurrence_id=slot, start=start, rrule="", rdates=(), exdates=())
        overrides.append(replace(override, end=start + timedelta(days=1), is_this_and_future=draw(st.booleans())))
    return [event, *overrides]


@given(series())
@settings(max_examples=120, deadline=None)
def test_plain_rules_are_those_of_recurring_ical_events(event: Event) -> None:
    assert by_us([event], SPRING) == by_library([event], SPRING)


@given(with_exceptions())
@settings(max_examples=80, deadline=None)
def test_exceptions_are_those_of_recurring_ical_events(events: list[Event]) -> None:
    assert by_us(events, SPRING) == by_library(events, SPRING)


def test_nine_oclock_stays_nine_oclock_across_the_change_of_the_clock() -> None:
    event = master(datetime(2026, 3, 27, 9, tzinfo=PARIS), "FREQ=DAILY;COUNT=4")
    assert starts(expand(event, (), {}, SPRING)) == [
        "2026-03-27T09:00:00+01:00[Europe/Paris]",
        "2026-03-28T09:00:00+01:00[Europe/Paris]",
        "2026-03-29T09:00:00+02:00[Europe/Paris]",
        "2026-03-30T09:00:00+02:00[Europe/Paris]",
    ]


@pytest.mark.parametrize("zone", [f"Etc/GMT{offset:+d}" for offset in range(-14, 12)])
def test_dates_recur_on_their_days_whatever_the_zone(zone: str) -> None:
    event = master(date(2026, 3, 2), "FREQ=WEEKLY;COUNT=3")
    assert starts(expand(event, (), {}, SPRING)) == ["2026-03-02", "2026-03-09", "2026-03-16"]
    late = master(datetime(2026, 3, 2, 23, tzinfo=ZoneInfo(zone)), "FREQ=WEEKLY;COUNT=3")
    days = [instance.span.first_day for instance in expand(late, (), {}, SPRING).instances]
    assert days == [date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)]


def test_what_began_before_the_range_and_lasts_into_it_is_found() -> None:
    event = replace(master(date(2025, 2, 20), "FREQ=YEARLY"), end=date(2025, 3, 10))
    assert starts(expand(event, (), {}, SPRING)) == ["2026-02-20"]


def test_an_event_that_does_not_recur_is_one_instance() -> None:
    event = master(date(2026, 3, 5))
    assert starts(expand(event, (), {}, SPRING)) == ["2026-03-05"]
    assert expand(event, (), {}, DayRange(date(2026, 5, 1), date(2026, 5, 2))).instances == ()
    assert expand(replace(event, start=None), (), {}, SPRING).instances == ()


def test_an_override_says_which_event_tells_of_it() -> None:
    event = master(datetime(2026, 3, 2, 9, tzinfo=PARIS), "FREQ=WEEKLY;COUNT=4")
    slot = datetime(2026, 3, 9, 9, tzinfo=PARIS)
    moved = replace(event, id=7, rrule="", recurrence_id=slot, start=date(2026, 3, 11), end=date(2026, 3, 13))
    found = expand(event, [moved], {}, SPRING).instances
    assert [(to_text(item.span.start), item.override_event_id) for item in found] == [
        ("2026-03-02T09:00:00+01:00[Europe/Paris]", None),
        ("2026-03-11", 7),
        ("2026-03-16T09:00:00+01:00[Europe/Paris]", None),
        ("2026-03-23T09:00:00+01:00[Europe/Paris]", None),
    ]
    assert found[1].recurrence_id == slot


def test_this_and_future_keeps_each_occurrence_its_own_id() -> None:
    event = master(datetime(2026, 3, 2, 9, tzinfo=PARIS), "FREQ=WEEKLY;COUNT=4")
    slot = datetime(2026, 3, 16, 9, tzinfo=PARIS)
    start = datetime(2026, 3, 17, 11, tzinfo=PARIS)
    later = replace(event, id=7, rrule="", recurrence_id=slot, start=start, end=None, is_this_and_future=True)
    found = expand(event, [later], {}, SPRING).instances
    assert [(item.recurrence_id.day, item.span.start.day, item.span.start.hour) for item in found] == [
        (2, 2, 9),
        (9, 9, 9),
        (16, 17, 11),
        (23, 24, 11),
    ]
    assert [item.span.end for item in found[2:]] == [None, None]


def test_a_date_excluded_excludes_its_times() -> None:
    event = master(datetime(2026, 3, 2, 9, tzinfo=PARIS), "FREQ=WEEKLY;COUNT=3", exdates=(date(2026, 3, 9),))
    assert [item.span.first_day.day for item in expand(event, (), {}, SPRING).instances] == [2, 16]


def test_periods_last_as_long_as_the_source_says() -> None:
    text = (
        "BEGIN:VEVENT\r\nUID:p\r\nDTSTART:20260302T090000Z\r\nDTEND:20260302T100000Z\r\n"
        "RDATE;VALUE=PERIOD:20260305T090000Z/PT5H,20260306T090000Z/20260306T120000Z\r\nEND:VEVENT\r\n"
    )
    event = replace(parse_event(text, "").event, id=1)
    found = expand(event, (), {1: (text, "")}, SPRING).instances
    assert [(item.span.start.day, item.span.end.hour) for item in found] == [(2, 10), (5, 14), (6, 12)]


def test_a_files_own_zone_changes_its_clock_too() -> None:
    shell = (
        "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Office\r\n"
        "BEGIN:STANDARD\r\nDTSTART:16011028T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n"
        "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n"
        "BEGIN:DAYLIGHT\r\nDTSTART:16010325T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n"
        "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n"
    )
    text = (
        "BEGIN:VEVENT\r\nUID:p\r\nDTSTART;TZID=Office:20260322T090000\r\nDTEND;TZID=Office:20260322T100000\r\n"
        "RRULE:FREQ=WEEKLY;UNTIL=20260405T070000Z\r\nEXDATE:20260329T070000Z\r\nEND:VEVENT\r\n"
    )
    event = replace(parse_event(text, shell).event, id=1)
    found = expand(event, (), {1: (text, shell)}, SPRING)
    assert starts(found) == ["2026-03-22T09:00:00+01:00[Office]", "2026-04-05T09:00:00+02:00[Office]"]


@pytest.mark.parametrize(
    ("rrule", "reason"),
    [
        ("FREQ=SECONDLY", "each second"),
        ("FREQ=MINUTELY", "more occurrences"),
        ("FREQ=MINUTELY;COUNT=99999999", "more occurrences"),
        ("FREQ=YEARLY;BYHOUR=1,2,3;BYMINUTE=1;BYSECOND=1;RSCALE=CHINESE", "another calendar"),
        ("FREQ=DAILY;INTERVAL=0", "interval of 0"),
        ("FREQ=HOURLY;BYSETPOS=5", "less than a day"),
        ("FREQ=WEEKLY;BYDAY=XX", "no rule"),
        ("FREQ=WEEKLY;BYEASTER=1", "no rule"),
        ("FREQ=DAILY;UNTIL=19000101", "ends before"),
        ("FREQ=DAILY;COUNT=" + "9" * 5000, "no rule"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_told(rrule: str, reason: str) -> None:
    event = master(datetime(2026, 3, 2, 9, tzinfo=PARIS), rrule)
    found = expand(event, (), {}, SPRING)
    assert [reason in problem.reason for problem in found.problems] == [True]
    assert found.instances[0].recurrence_id == event.start
    assert len(found.instances) <= 10_000


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYSETPOS=9",
        "FREQ=WEEKLY;BYMONTH=2;BYDAY=MO;BYSETPOS=50",
        "FREQ=YEARLY;BYWEEKNO=1;BYMONTH=6",
        "FREQ=DAILY;COUNT=999999999",
        "FREQ=SECONDLY;BYHOUR=1",
    ],
)
def test_no_rule_runs_on(rrule: str) -> None:
    event = master(datetime(1971, 3, 2, 9, tzinfo=PARIS), rrule)
    begun = process_time()
    expand(event, (), {}, SPRING)
    assert process_time() - begun < 3


@given(
    st.sampled_from((date.min, date(2026, 1, 1), date(9999, 12, 31))),
    st.text(st.sampled_from("FREQ=DAILYWK;NTERVBYMO0123456789-,"), max_size=40) | st.just("FREQ=DAILY"),
)
def test_no_rule_and_no_range_raises(day: date, rrule: str) -> None:
    event = master(date(2026, 1, 1), rrule, exdates=(date(2026, 1, 2),))
    expand(event, (), {}, DayRange(day, day))
    split_rule(rrule, date(2026, 1, 5), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("rrule", "at", "old", "new"),
    [
        ("FREQ=DAILY", date(2026, 3, 5), "FREQ=DAILY;UNTIL=20260304", "FREQ=DAILY"),
        ("FREQ=DAILY;COUNT=10", date(2026, 3, 5), "FREQ=DAILY;UNTIL=20260304", "FREQ=DAILY;COUNT=7"),
        ("FREQ=DAILY;UNTIL=20260401", date(2026, 3, 5), "FREQ=DAILY;UNTIL=20260304", "FREQ=DAILY;UNTIL=20260401"),
    ],
)
def test_a_rule_is_cut_before_the_occurrence(rrule: str, at: date, old: str, new: str) -> None:
    assert split_rule(rrule, at, date(2026, 3, 2)) == (old, new)


@pytest.mark.parametrize(("zone", "until"), [(PARIS, "20260330T065959Z"), (None, "20260330T085959")])
def test_the_end_of_a_cut_rule_is_told_as_its_start_demands(zone: ZoneInfo | None, until: str) -> None:
    start, at = (datetime(2026, 3, day, 9, tzinfo=zone) for day in (2, 30))
    assert split_rule("FREQ=WEEKLY", at, start)[0] == f"FREQ=WEEKLY;UNTIL={until}"


@given(st.sampled_from(("date", "floating", "Europe/Paris")), st.integers(2, 40), st.integers(1, 30), st.data())
@settings(max_examples=60, deadline=None)
def test_both_halves_of_a_cut_series_are_the_whole(kind: str, count: int, interval: int, data: st.DataObject) -> None:
    start: When = date(2026, 3, 2)
    if kind != "date":
        start = datetime(2026, 3, 2, 9, tzinfo=PARIS).replace(tzinfo=None if kind == "floating" else PARIS)
    event = master(start, f"FREQ=DAILY;INTERVAL={interval};COUNT={count}")
    days = DayRange(date(2026, 1, 1), date(2032, 1, 1))
    whole = expand(event, (), {}, days).instances
    number = data.draw(st.integers(1, count - 1))
    old_rule, new_rule = split_rule(event.rrule, whole[number].recurrence_id, start)
    old = expand(replace(event, rrule=old_rule), (), {}, days).instances
    new = expand(master(whole[number].span.start, new_rule), (), {}, days).instances
    assert old + new == whole
