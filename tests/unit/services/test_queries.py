"""What the window and the command line are told about events and occurrences: the same, whoever asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.unit.services.conftest import PLAN

from scplanner.domain.changes import ChangeSet, created
from scplanner.domain.events import AttendanceMode, Decision, Event, OccurrenceKey
from scplanner.domain.query import EventFilter
from scplanner.domain.temporal import DayRange, to_text
from scplanner.services import changes, events, exporting, listing, queries, recurrence
from scplanner.services.events import Scope

FIRST = date(2027, 5, 3)
SPAN = DayRange(date(2027, 5, 1), date(2027, 6, 30))
MADRID = ZoneInfo("Europe/Madrid")


@pytest.fixture
def weekly(ws) -> Event:
    """Four Mondays."""
    draft = Event(0, PLAN, "weekly@x", summary="Weekly", start=FIRST, rrule="FREQ=WEEKLY;COUNT=4")
    return ws.store.events.find(events.create_event(ws, draft).created[-1])


def key(event: Event, number: int) -> OccurrenceKey:
    return OccurrenceKey(event.id, to_text(FIRST + timedelta(days=7 * number)))


def told(ws, event: Event, number: int) -> set[Decision | None]:
    """What the inspector, a view and a list say is decided on an occurrence."""
    wanted = key(event, number)
    whole = EventFilter(range=SPAN, show_declined=True)
    return {
        queries.layer_for(ws, wanted).decision,
        next(o.decision for o in queries.occurrences(ws, SPAN, whole) if o.key == wanted),
        next(listed.layer.decision for listed in listing.list_events(ws, whole) if listed.key == wanted),
    }


def test_everybody_says_the_same_of_an_occurrence_that_is_left_undecided(ws, weekly):
    events.decide(ws, [OccurrenceKey(weekly.id)], Decision.GOING)
    events.decide(ws, [key(weekly, 1)], None)
    assert told(ws, weekly, 0) == {Decision.GOING}
    assert told(ws, weekly, 1) == {None}


def test_an_occurrence_with_a_note_of_its_own_is_decided_with_its_series(ws, weekly):
    layer = queries.layer_for(ws, key(weekly, 1))
    events.save_layer(ws, key(weekly, 1), replace(layer, note="Bring the slides"))
    applied = events.decide(ws, [key(weekly, 0)], Decision.GOING, whole_series=True)
    assert applied.title == "Going: Weekly"
    assert told(ws, weekly, 0) == told(ws, weekly, 1) == {Decision.GOING}
    assert queries.layer_for(ws, key(weekly, 1)).note == "Bring the slides"


def test_clashes_are_those_of_the_occurrences_that_are_decided(ws, weekly):
    fair = Event(0, PLAN, "fair@x", summary="Fair", start=FIRST, end=FIRST + timedelta(days=10))
    events.create_event(ws, fair)
    (fair,) = queries.find_events(ws, "fair@x")
    events.decide(ws, [OccurrenceKey(fair.id)], Decision.GOING)
    assert queries.clashes(ws) == []
    events.decide(ws, [key(weekly, 1)], Decision.CONSIDERING)
    (clash,) = queries.clashes(ws)
    assert set(clash.keys) == {OccurrenceKey(fair.id), key(weekly, 1)}
    assert queries.clashes(ws, DayRange(FIRST, FIRST + timedelta(days=2))) == []


def test_what_follows_an_override_of_all_following_looks_like_it(ws):
    start = datetime(2027, 5, 3, 10, tzinfo=MADRID)
    master = Event(-1, PLAN, "call@x", summary="Call", start=start, rrule="FREQ=WEEKLY;COUNT=4")
    moved = replace(
        master,
        id=-2,
        summary="Long call",
        start=start + timedelta(days=7, hours=4),
        end=start + timedelta(days=7, hours=6),
        recurrence_id=start + timedelta(days=7),
        rrule="",
        is_this_and_future=True,
    )
    applied = changes.apply(ws, ChangeSet("Import", created([master, moved])))
    recurrence.cover(ws, SPAN)
    third = OccurrenceKey(applied.created[-1], to_text(start + timedelta(days=14)))
    found = queries.details(ws, third)
    (shown,) = [o for o in queries.occurrences(ws, SPAN) if o.key == third]
    assert (found.span.start, found.span.end) == (shown.start, shown.end)
    assert found.span.start == start + timedelta(days=14, hours=4)
    assert found.event.summary == "Long call"
    events.save_event(ws, third, replace(found.event, summary="Short call"), Scope.THIS)
    titles = {o.start: o.summary for o in queries.occurrences(ws, SPAN)}
    assert titles == {
        start: "Call",
        start + timedelta(days=7, hours=4): "Long call",
        start + timedelta(days=14, hours=4): "Short call",
        start + timedelta(days=21, hours=4): "Long call",
    }


def test_a_series_is_exported_by_the_days_of_an_occurrence_nobody_has_looked_at(ws):
    draft = Event(0, PLAN, "yearly@x", summary="Yearly", start=date(2020, 5, 3), rrule="FREQ=YEARLY")
    events.create_event(ws, draft)
    days = DayRange(date(2041, 5, 1), date(2041, 5, 31))
    assert [event.uid for event in exporting.chosen_events(ws, EventFilter(range=days))] == ["yearly@x"]


def test_an_occurrence_is_there_on_the_day_it_has_for_the_user(ws):
    first = datetime(2027, 5, 1, 3, tzinfo=ZoneInfo("Asia/Tokyo"))
    draft = Event(0, PLAN, "", summary="Online", start=first, attendance_mode=AttendanceMode.ONLINE)
    events.create_event(ws, replace(draft, rrule="FREQ=MONTHLY"))
    last = DayRange(date(2041, 1, 1), date(2041, 1, 31))
    recurrence.cover(ws, last)
    assert [o.first_day.day for o in queries.occurrences(ws, last)] == [31]


def test_another_date_added_to_a_series_is_a_revision(ws, weekly):
    before = ws.store.events.find(weekly.id)
    events.save_event(ws, OccurrenceKey(weekly.id), replace(before, rdates=(date(2027, 6, 2),)))
    assert ws.store.events.find(weekly.id).sequence == before.sequence + 1


def test_an_occurrence_that_is_none_has_no_details(ws, weekly):
    recurrence.cover(ws, SPAN)
    assert queries.details(ws, OccurrenceKey(weekly.id, "2027-05-04")) is None
    assert queries.details(ws, key(weekly, 3)) is not None


def test_a_side_event_that_repeats_is_listed_once(ws, weekly):
    fair = events.create_event(ws, Event(0, PLAN, "fair@x", summary="Fair", start=FIRST)).created[-1]
    before = ws.store.events.find(weekly.id)
    events.save_event(ws, OccurrenceKey(weekly.id), replace(before, parent_uid="fair@x"))
    shown = queries.details(ws, key(weekly, 1))
    events.save_event(ws, key(weekly, 1), replace(shown.event, venue="Hall 2"), Scope.THIS)
    assert [event.id for event in queries.details(ws, OccurrenceKey(fair)).side_events] == [weekly.id]
