"""Every field of every record has its column and comes back as it went in."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scplanner.domain.events import (
    AttendanceMode,
    Calendar,
    CalendarKind,
    Confidence,
    DaysBy,
    Deadline,
    DeadlineKind,
    Decision,
    Event,
    EventStatus,
    Layer,
    Link,
    Registration,
    Role,
    StoredFile,
)
from scplanner.domain.temporal import VagueDate, to_text
from scplanner.store.rows import CALENDARS, EVENTS, LAYERS

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.integers(-(2**40), 2**40)
zones = st.sampled_from(["Europe/Paris", "Asia/Kathmandu", "Etc/GMT+12", "UTC"]).map(ZoneInfo)
fixed = st.integers(-14 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters), "Custom time"))
clock = st.datetimes().map(lambda moment: moment.replace(microsecond=0))
zoned = st.builds(
    lambda moment, zone, fold: moment.replace(tzinfo=zone, fold=fold), clock, zones | fixed, st.integers(0, 1)
)
whens = st.dates() | clock | zoned
maybe_whens = st.none() | whens
deadlines = st.lists(st.builds(Deadline, st.sampled_from(DeadlineKind), whens, texts), max_size=2).map(tuple)
links = st.lists(st.builds(Link, texts, texts), max_size=2).map(tuple)
files = st.lists(st.builds(StoredFile, texts, texts, numbers), max_size=2).map(tuple)
words = st.lists(texts, max_size=3).map(tuple)
vague = st.none() | st.builds(VagueDate, texts.filter(bool), st.none() | st.dates(), st.none() | st.dates())
degrees = st.none() | st.floats(-180, 180)


def maybe(kind):
    return st.none() | st.sampled_from(kind)


CALENDAR_FIELDS = {
    "name": texts,
    "kind": st.sampled_from(CalendarKind),
    "color": texts,
    "is_visible": st.booleans(),
    "position": numbers,
    "days_by": st.sampled_from(DaysBy),
    "source": texts,
}
EVENT_FIELDS = {
    "calendar_id": numbers,
    "recurrence_id": maybe_whens,
    "start": maybe_whens,
    "end": maybe_whens,
    "vague": vague,
    "latitude": degrees,
    "longitude": degrees,
    "attendance_mode": maybe(AttendanceMode),
    "links": links,
    "status": maybe(EventStatus),
    "topics": words,
    "deadlines": deadlines,
    "sequence": numbers,
    "last_modified": st.none() | clock.map(lambda moment: moment.replace(tzinfo=UTC)),
    "rdates": st.lists(whens, max_size=2).map(tuple),
    "exdates": st.lists(whens, max_size=2).map(tuple),
    "is_this_and_future": st.booleans(),
    "checked": st.none() | st.dates(),
    "confidence": maybe(Confidence),
} | dict.fromkeys(
    [
        "uid",
        "summary",
        "description",
        "location",
        "venue",
        "city",
        "country",
        "url",
        "transp",
        "classification",
        "organizer",
        "series",
        "edition",
        "parent_uid",
        "rrule",
        "source",
        "remark",
        "text_hash",
        "shell_hash",
        "base_hash",
    ],
    texts,
)
LAYER_FIELDS = {
    "event_id": numbers,
    "recurrence_id": maybe_whens,
    "decision": maybe(Decision),
    "role": maybe(Role),
    "registration": maybe(Registration),
    "attended": st.none() | st.booleans(),
    "travel_before": numbers,
    "travel_after": numbers,
    "hotel_booked": st.booleans(),
    "travel_booked": st.booleans(),
    "deadlines": deadlines,
    "done": words,
    "tags": words,
    "files": files,
    "links": links,
    "is_hidden": st.booleans(),
} | dict.fromkeys(("budget", "budget_currency", "note"), texts)

KINDS = [
    pytest.param(Calendar, CALENDARS, CALENDAR_FIELDS, id="calendar"),
    pytest.param(Event, EVENTS, EVENT_FIELDS, id="event"),
    pytest.param(Layer, LAYERS, LAYER_FIELDS, id="layer"),
]
BARE = {Calendar: Calendar(5, "", version=9), Event: Event(5, 0, "", version=9), Layer: Layer(5, 0, version=9)}


@pytest.mark.parametrize(("make", "mapping", "values"), KINDS)
def test_each_field_has_its_column_and_each_column_its_field(make, mapping, values):
    assert {field.name for field in fields(make)} - {"id", "version"} == set(values)
    assert set(mapping.columns) == set(mapping.table.columns.keys()) - {"id", "version", "deleted_by_step"}


def read_back(mapping, record):
    return mapping.from_row({"id": record.id, "version": record.version, **mapping.to_row(record)})


def words_of(record):
    """Equality of moments overlooks the zone they are told in; their text does not."""
    return [to_text(v) if isinstance(v, date) else v for v in (getattr(record, f.name) for f in fields(record))]


@pytest.mark.parametrize(("make", "mapping", "values"), KINDS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_record_comes_back_as_it_went_in(make, mapping, values, data):
    record = replace(BARE[make], **data.draw(st.fixed_dictionaries({}, optional=values)))
    again = read_back(mapping, record)
    assert again == record
    assert words_of(again) == words_of(record)


@pytest.mark.parametrize(("make", "mapping", "values"), KINDS)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_the_difference_of_two_versions_leads_from_one_to_the_other(make, mapping, values, data):
    one, other = (replace(BARE[make], **data.draw(st.fixed_dictionaries({}, optional=values))) for _ in range(2))
    old, new = mapping.difference(one, other)
    assert mapping.to_row(one) | new == mapping.to_row(other)
    assert mapping.to_row(other) | old == mapping.to_row(one)
    assert mapping.difference(one, one) == ({}, {})


def test_one_moment_told_in_another_zone_is_a_difference():
    paris = datetime(2027, 5, 3, 9, tzinfo=ZoneInfo("Europe/Paris"))
    event = replace(BARE[Event], start=paris)
    moved = replace(event, start=paris.astimezone(ZoneInfo("Asia/Tokyo")))
    assert set(EVENTS.difference(event, moved)[1]) == {"start"}


def test_an_hour_skipped_by_the_clocks_and_the_ends_of_time_are_kept():
    skipped = datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo("Europe/Paris"))
    for when in (
        skipped,
        datetime(1, 1, 1, tzinfo=ZoneInfo("Europe/Paris")),
        datetime(9999, 12, 31, 23, tzinfo=ZoneInfo("America/New_York")),
    ):
        assert words_of(read_back(EVENTS, replace(BARE[Event], start=when)))[5] == to_text(when)
