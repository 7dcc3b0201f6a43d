"""Edits of series: what hangs on an occurrence (overrides, the user's layers, source texts) moves along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.unit.services.conftest import PLAN

from scplanner.domain.changes import Change, ChangeSet
from scplanner.domain.events import Deadline, DeadlineKind, Decision, Event, OccurrenceKey
from scplanner.domain.query import EventFilter
from scplanner.domain.temporal import DayRange, TimeSpan, to_text
from scplanner.errors import NothingToDo, PlannerError
from scplanner.formats import ics
from scplanner.services import changes, events, history, queries, recurrence
from scplanner.services.events import Scope
from scplanner.store import integrity

FIRST = date(2027, 5, 3)
WEEK = timedelta(days=7)
SPAN = DayRange(date(2027, 4, 1), date(2027, 9, 1))
MADRID = ZoneInfo("Europe/Madrid")
TEXT = """BEGIN:VEVENT
UID:weekly@x
DTSTAMP:20270101T000000Z
DTSTART;VALUE=DATE:20270503
DTEND;VALUE=DATE:20270504
RRULE:FREQ=WEEKLY;COUNT=6
SUMMARY:Weekly
X-UNKNOWN;ODD=yes:kept as it came
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-P1D
X-IN-ALARM:kept too
END:VALARM
END:VEVENT
""".replace("\n", "\r\n")


def nth(number: int) -> date:
    return FIRST + number * WEEK


def key(event: Event, when: date | datetime) -> OccurrenceKey:
    return OccurrenceKey(event.id, to_text(when))


@pytest.fixture
def weekly(ws) -> Event:
    """Six Mondays, with a source text that holds more than this program knows."""
    parsed = ics.parse_event(TEXT, "").event
    draft = replace(parsed, id=-1, calendar_id=PLAN)
    applied = changes.apply(ws, ChangeSet("Import", (Change(None, draft),), texts={draft.text_hash: TEXT}))
    recurrence.cover(ws, SPAN)
    return ws.store.events.find(applied.created[-1])


def timed(ws, rrule="FREQ=WEEKLY;COUNT=4") -> Event:
    start = datetime(2027, 5, 3, 10, tzinfo=MADRID)
    draft = Event(0, 0, "", summary="Call", start=start, end=start + timedelta(hours=1), rrule=rrule)
    return ws.store.events.find(events.create_event(ws, draft).created[-1])


def shown(ws) -> list[tuple[str, str]]:
    recurrence.cover(ws, SPAN)
    return [(to_text(o.start), o.summary) for o in queries.agenda(ws, EventFilter(range=SPAN, show_declined=True))]


def edit(ws, at: OccurrenceKey, scope: Scope, **values) -> None:
    event = queries.details(ws, at).event
    events.save_event(ws, at, replace(event, **values), scope)


def masters(ws) -> list[Event]:
    return sorted((e for e in ws.store.events.by_calendar(PLAN) if e.recurrence_id is None), key=lambda e: e.start)


def is_sound(ws) -> bool:
    """Every step can be undone and redone, and derived rows are right."""
    before = shown(ws)
    history.undo(ws)
    history.redo(ws)
    return shown(ws) == before and integrity.mend_derived(ws.store.database) == []


def test_an_edit_of_one_occurrence_makes_an_override(ws, weekly):
    edit(ws, key(weekly, nth(1)), Scope.THIS, summary="Special")
    assert shown(ws) == [(to_text(nth(n)), "Special" if n == 1 else "Weekly") for n in range(6)]
    (override,) = ws.store.events.overrides_of(weekly)
    text = queries.text_of(ws, override)
    assert "RECURRENCE-ID;VALUE=DATE:20270510\r\n" in text
    assert "RRULE" not in text
    assert "X-UNKNOWN;ODD=yes:kept as it came" in text
    assert "X-IN-ALARM:kept too" in text
    assert ics.parse_event(text, "").event.recurrence_id == nth(1)
    assert is_sound(ws)


def test_a_second_edit_of_the_same_occurrence_edits_its_override(ws, weekly):
    for title in ("One", "Two"):
        edit(ws, key(weekly, nth(1)), Scope.THIS, summary=title)
    assert [o.summary for o in ws.store.events.overrides_of(weekly)] == ["Two"]
    assert dict(shown(ws))["2027-05-10"] == "Two"


def test_an_edit_of_all_made_on_an_occurrence_reaches_every_one(ws, weekly):
    edit(ws, key(weekly, nth(2)), Scope.ALL, summary="Renamed")
    assert shown(ws) == [(to_text(nth(n)), "Renamed") for n in range(6)]
    text = queries.text_of(ws, ws.store.events.find(weekly.id))
    assert "SUMMARY:Renamed" in text
    assert "X-IN-ALARM:kept too" in text
    assert is_sound(ws)


def test_moving_all_by_days_moves_overrides_layers_and_exceptions_along(ws, weekly):
    edit(ws, key(weekly, nth(1)), Scope.THIS, summary="Special")
    events.move(ws, key(weekly, nth(2)), TimeSpan(nth(2) + timedelta(1)), Scope.THIS)
    events.delete(ws, [key(weekly, nth(4))], Scope.THIS)
    events.decide(ws, [key(weekly, nth(1)), key(weekly, nth(2)), key(weekly, nth(3))], Decision.GOING)
    events.move(ws, key(weekly, nth(3)), TimeSpan(nth(4), nth(4) + timedelta(1)), Scope.ALL)
    assert shown(ws) == [
        (to_text(nth(1)), "Weekly"),
        (to_text(nth(2)), "Special"),  # it stood where the series put it, so it goes along
        (to_text(nth(2) + timedelta(1)), "Weekly"),  # it had been moved by itself, so it stays
        (to_text(nth(4)), "Weekly"),
        (to_text(nth(6)), "Weekly"),
    ]
    going = {la.recurrence_id for la in ws.store.layers.of_event(weekly.id) if la.decision is Decision.GOING}
    assert going == {nth(2), nth(3), nth(4)}
    override = next(o for o in ws.store.events.overrides_of(weekly) if o.summary == "Special")
    assert "RECURRENCE-ID;VALUE=DATE:20270517" in queries.text_of(ws, override)
    assert is_sound(ws)


def test_a_weekly_rule_by_weekday_follows_a_move_to_another_day(ws):
    event = timed(ws, "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4")
    start = datetime(2027, 5, 4, 12, tzinfo=MADRID)
    events.move(ws, key(event, event.start), TimeSpan(start, start + timedelta(hours=2)), Scope.ALL)
    days = [datetime.fromisoformat(text.partition("[")[0]) for text, _ in shown(ws)]
    assert [(d.month, d.day, d.hour) for d in days] == [(5, 4, 12), (5, 6, 12), (5, 11, 12), (5, 13, 12)]
    assert {o.end - o.start for o in queries.agenda(ws, EventFilter(range=SPAN))} == {timedelta(hours=2)}


def test_hours_stay_across_a_change_of_the_clocks(ws):
    start = datetime(2027, 3, 22, 10, tzinfo=MADRID)
    draft = Event(0, 0, "", summary="Call", start=start, rrule="FREQ=WEEKLY;COUNT=3")
    event = ws.store.events.find(events.create_event(ws, draft).created[-1])
    moved = datetime(2027, 3, 29, 11, tzinfo=MADRID)
    events.move(ws, key(event, datetime(2027, 3, 29, 10, tzinfo=MADRID)), TimeSpan(moved), Scope.ALL)
    span = DayRange(date(2027, 3, 1), date(2027, 5, 1))
    found = queries.agenda(ws, EventFilter(range=span))
    assert [(o.start.day, o.start.hour) for o in found] == [(22, 11), (29, 11), (5, 11)]


@pytest.mark.parametrize("at", [1, 3, 5])
def test_an_edit_of_the_following_splits_the_series_and_its_count(ws, weekly, at):
    edit(ws, key(weekly, nth(at)), Scope.FOLLOWING, summary="Later")
    assert shown(ws) == [(to_text(nth(n)), "Later" if n >= at else "Weekly") for n in range(6)]
    old, new = masters(ws)
    assert old.uid == "weekly@x" != new.uid
    assert f"COUNT={6 - at}" in new.rrule
    assert "COUNT" not in old.rrule
    for event in (old, new):
        text = queries.text_of(ws, event)
        assert f"UID:{event.uid}\r\n" in text
        assert f"RRULE:{event.rrule}\r\n" in text
        assert "X-UNKNOWN;ODD=yes:kept as it came" in text
        assert "X-IN-ALARM:kept too" in text
    assert is_sound(ws)


def test_an_edit_of_the_following_from_the_first_on_is_one_of_all(ws, weekly):
    edit(ws, key(weekly, nth(0)), Scope.FOLLOWING, summary="Later")
    assert len(masters(ws)) == 1
    assert {title for _, title in shown(ws)} == {"Later"}


def test_overrides_and_layers_move_to_the_new_series(ws, weekly):
    edit(ws, key(weekly, nth(1)), Scope.THIS, summary="Early")
    edit(ws, key(weekly, nth(4)), Scope.THIS, summary="Late")
    events.decide(ws, [OccurrenceKey(weekly.id)], Decision.WATCHING)
    events.decide(ws, [key(weekly, nth(1)), key(weekly, nth(4))], Decision.GOING)
    day = timedelta(days=1)
    events.move(ws, key(weekly, nth(3)), TimeSpan(nth(3) + day, nth(3) + 2 * day), Scope.FOLLOWING)
    old, new = masters(ws)
    assert [(o.recurrence_id, o.summary) for o in ws.store.events.overrides_of(old)] == [(nth(1), "Early")]
    (late,) = ws.store.events.overrides_of(new)
    assert (late.recurrence_id, late.start, late.summary) == (nth(4) + day, nth(4) + day, "Late")
    text = queries.text_of(ws, late)
    assert f"UID:{new.uid}\r\n" in text
    assert "RECURRENCE-ID;VALUE=DATE:20270601\r\n" in text

    def decisions(event):
        return {la.recurrence_id: la.decision for la in ws.store.layers.of_event(event.id)}

    assert decisions(old) == {None: Decision.WATCHING, nth(1): Decision.GOING}
    assert decisions(new) == {None: Decision.WATCHING, nth(4) + day: Decision.GOING}
    assert dict(shown(ws))[to_text(nth(4) + day)] == "Late"
    assert is_sound(ws)


def test_following_from_an_override_that_was_moved_leaves_the_days_of_the_rest(ws, weekly):
    events.move(ws, key(weekly, nth(2)), TimeSpan(nth(2) + timedelta(3)), Scope.THIS)
    edit(ws, key(weekly, nth(2)), Scope.FOLLOWING, summary="Later")
    assert shown(ws) == [
        (to_text(nth(0)), "Weekly"),
        (to_text(nth(1)), "Weekly"),
        (to_text(nth(2) + timedelta(3)), "Later"),
        (to_text(nth(3)), "Later"),
        (to_text(nth(4)), "Later"),
        (to_text(nth(5)), "Later"),
    ]


def test_what_is_kept_on_a_vanished_occurrence_goes_to_the_series_in_words(ws, weekly):
    events.save_layer(ws, key(weekly, nth(5)), replace(queries.layer_for(ws, key(weekly, nth(5))), note="Bring slides"))
    events.decide(ws, [key(weekly, nth(4)), key(weekly, nth(1))], Decision.GOING)
    edit(ws, OccurrenceKey(weekly.id), Scope.ALL, rrule="FREQ=WEEKLY;COUNT=3")
    layers = {la.recurrence_id: la for la in ws.store.layers.of_event(weekly.id)}
    assert set(layers) == {None, nth(1)}
    assert layers[None].note == (
        "2027-05-31 (no longer takes place): going\n\n2027-06-07 (no longer takes place): Bring slides"
    )
    assert is_sound(ws)
    history.undo(ws)
    assert {la.recurrence_id for la in ws.store.layers.of_event(weekly.id)} == {nth(5), nth(4), nth(1)}


@pytest.mark.parametrize("values", [{"rrule": ""}, {"start": None, "end": None, "vague": None, "rrule": ""}])
def test_a_series_that_ends_to_be_one_keeps_what_was_written_about_its_occurrences(ws, weekly, values):
    from scplanner.domain.temporal import VagueDate

    edit(ws, key(weekly, nth(1)), Scope.THIS, summary="Special")
    events.decide(ws, [key(weekly, nth(2))], Decision.GOING)
    if "vague" in values:
        values = values | {"vague": VagueDate("autumn 2027")}
    edit(ws, OccurrenceKey(weekly.id), Scope.ALL, **values)
    assert ws.store.events.overrides_of(weekly) == []
    (layer,) = ws.store.layers.of_event(weekly.id)
    assert layer.recurrence_id is None
    assert "2027-05-17" in layer.note
    assert [e.summary for e in ws.store.events.by_calendar(PLAN)] == ["Weekly"]
    assert is_sound(ws)


def test_deleting_one_occurrence_leaves_the_others(ws, weekly):
    edit(ws, key(weekly, nth(2)), Scope.THIS, summary="Special")
    events.delete(ws, [key(weekly, nth(1)), key(weekly, nth(2))], Scope.THIS)
    assert [text for text, _ in shown(ws)] == [to_text(nth(n)) for n in (0, 3, 4, 5)]
    assert "EXDATE" in queries.text_of(ws, ws.store.events.find(weekly.id))
    assert queries.details(ws, key(weekly, nth(1))) is None
    assert queries.details(ws, key(weekly, nth(3))) is not None
    assert is_sound(ws)
    history.undo(ws)
    assert dict(shown(ws))[to_text(nth(2))] == "Special"


def test_deleting_the_following_ends_the_series(ws, weekly):
    edit(ws, key(weekly, nth(1)), Scope.THIS, summary="Early")
    edit(ws, key(weekly, nth(4)), Scope.THIS, summary="Late")
    events.delete(ws, [key(weekly, nth(3))], Scope.FOLLOWING)
    assert [text for text, _ in shown(ws)] == [to_text(nth(n)) for n in range(3)]
    assert [o.summary for o in ws.store.events.overrides_of(weekly)] == ["Early"]
    assert is_sound(ws)


@pytest.mark.parametrize("at", [None, 0])
def test_deleting_a_series_takes_its_overrides_and_brings_them_back(ws, weekly, at):
    edit(ws, key(weekly, nth(1)), Scope.THIS, summary="Special")
    before = shown(ws)
    where = OccurrenceKey(weekly.id) if at is None else key(weekly, nth(at))
    events.delete(ws, [where], Scope.ALL if at is None else Scope.FOLLOWING)
    assert shown(ws) == []
    events.restore(ws, [weekly.id])
    assert shown(ws) == before
    assert is_sound(ws)


def test_a_series_moves_to_another_calendar_with_its_overrides(ws, weekly):
    from scplanner.services import calendars

    edit(ws, key(weekly, nth(1)), Scope.THIS, summary="Special")
    calendars.add(ws, "Work")
    work = queries.find_calendar(ws, "work").id
    edit(ws, key(weekly, nth(3)), Scope.ALL, calendar_id=work)
    assert ws.store.events.by_calendar(PLAN) == []
    assert sorted(e.summary for e in ws.store.events.by_calendar(work)) == ["Special", "Weekly"]
    assert dict(shown(ws))[to_text(nth(1))] == "Special"
    assert is_sound(ws)


def test_an_edit_that_changes_nothing_is_none(ws, weekly):
    for scope in Scope:
        with pytest.raises(NothingToDo):
            edit(ws, key(weekly, nth(1)), scope)


def test_deciding_on_an_occurrence_begins_with_what_is_kept_on_the_series(ws, weekly):
    events.save_layer(
        ws, OccurrenceKey(weekly.id), replace(queries.layer_for(ws, OccurrenceKey(weekly.id)), note="All")
    )
    events.decide(ws, [key(weekly, nth(1))], Decision.GOING)
    assert queries.layer_for(ws, key(weekly, nth(1))).note == "All"
    assert queries.layer_for(ws, OccurrenceKey(weekly.id)).decision is None
    events.decide(ws, [key(weekly, nth(2))], Decision.WATCHING, whole_series=True)
    assert queries.layer_for(ws, OccurrenceKey(weekly.id)).decision is Decision.WATCHING
    by_day = {o.start: o.decision for o in queries.occurrences(ws, SPAN)}
    assert (by_day[nth(0)], by_day[nth(1)]) == (Decision.WATCHING, Decision.GOING)


def test_nothing_kept_on_a_deleted_occurrence_is_lost(ws, weekly):
    kept = replace(
        queries.layer_for(ws, key(weekly, nth(2))),
        decision=Decision.GOING,
        travel_before=1,
        hotel_booked=True,
        budget="120.50",
        budget_currency="EUR",
        note="Room 3",
    )
    events.save_layer(ws, key(weekly, nth(2)), kept)
    events.delete(ws, [key(weekly, nth(2))], Scope.THIS)
    note = queries.layer_for(ws, OccurrenceKey(weekly.id)).note
    for words in ("going", "travel days before 1", "hotel booked yes", "120.50", "EUR", "Room 3"):
        assert words in note.lower() or words in note


def test_a_new_series_takes_the_decision_over_but_not_what_was_meant_once(ws, weekly):
    layer = queries.layer_for(ws, OccurrenceKey(weekly.id))
    due = Deadline(DeadlineKind.SLIDES, date(2027, 5, 1))
    events.save_layer(
        ws, OccurrenceKey(weekly.id), replace(layer, decision=Decision.GOING, budget="90", deadlines=(due,))
    )
    edit(ws, key(weekly, nth(3)), Scope.FOLLOWING, summary="Later")
    layers = ws.store.layers.all()
    assert [(la.decision, la.budget, la.deadlines) for la in layers if la.event_id != weekly.id] == [
        (Decision.GOING, "", ())
    ]
    assert len(queries.deadlines(ws)) == 1


def test_a_deadline_of_one_occurrence_is_listed_with_it(ws, weekly):
    due = Deadline(DeadlineKind.SLIDES, date(2027, 5, 1))
    where = key(weekly, nth(3))
    events.save_layer(ws, where, replace(queries.layer_for(ws, where), deadlines=(due,)))
    assert [(row.key, row.deadline, row.is_own) for row in queries.deadlines(ws)] == [(where, due, True)]


def starts_of(ws) -> list[str]:
    return sorted(start for start, _ in shown(ws))


def bring_in(ws, *lines: str) -> Event:
    text = "\r\n".join(
        ("BEGIN:VEVENT", "UID:odd@x", "DTSTAMP:20270101T000000Z", "SUMMARY:Odd", *lines, "END:VEVENT", "")
    )
    parsed = ics.parse_event(text, "").event
    draft = replace(parsed, id=-1, calendar_id=PLAN)
    applied = changes.apply(ws, ChangeSet("Import", (Change(None, draft),), texts={draft.text_hash: text}))
    recurrence.cover(ws, SPAN)
    return ws.store.events.find(applied.created[-1])


def test_a_series_that_is_cut_in_an_hour_the_clocks_skip_keeps_its_days(ws):
    start = datetime(2027, 3, 25, 2, 30, tzinfo=MADRID)
    draft = Event(0, 0, "", summary="Night", start=start, rrule="FREQ=DAILY;COUNT=20")
    series = ws.store.events.find(events.create_event(ws, draft).created[-1])
    skipped = datetime(2027, 3, 28, 2, 30, tzinfo=MADRID)
    before = starts_of(ws)
    edit(ws, key(series, skipped), Scope.FOLLOWING, summary="Edited")
    assert starts_of(ws) == before


def test_a_cut_at_an_extra_day_after_the_last_of_the_rule_makes_no_more_of_them(ws):
    series = bring_in(
        ws, "DTSTART;VALUE=DATE:20270503", "RRULE:FREQ=WEEKLY;COUNT=3", "RDATE;VALUE=DATE:20270620,20270701"
    )
    before = starts_of(ws)
    edit(ws, key(series, date(2027, 6, 20)), Scope.FOLLOWING, summary="Edited")
    assert starts_of(ws) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda ws, k: events.delete(ws, [k], Scope.FOLLOWING),
        lambda ws, k: events.move(ws, k, TimeSpan(date(2027, 5, 11)), Scope.FOLLOWING),
    ],
)
def test_a_series_by_several_rules_is_not_cut(ws, change):
    series = bring_in(ws, "DTSTART;VALUE=DATE:20270503", "RRULE:FREQ=WEEKLY;COUNT=3", "RRULE:FREQ=MONTHLY;COUNT=3")
    before = starts_of(ws)
    with pytest.raises(PlannerError, match="several rules"):
        change(ws, key(series, date(2027, 5, 10)))
    assert starts_of(ws) == before


def test_what_was_taken_out_in_another_zone_stays_out_when_all_move(ws):
    series = bring_in(
        ws, "DTSTART;TZID=Europe/Madrid:20270503T090000", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20270510T070000Z"
    )
    events.move(ws, key(series, series.start), TimeSpan(series.start + timedelta(days=1)), Scope.ALL)
    assert [start[:10] for start in starts_of(ws)] == ["2027-05-04", "2027-05-18", "2027-05-25"]


def test_a_series_ended_by_a_day_keeps_its_last_occurrence_when_it_moves(ws):
    series = bring_in(ws, "DTSTART;VALUE=DATE:20270503", "RRULE:FREQ=WEEKLY;UNTIL=20270524")
    events.move(ws, key(series, date(2027, 5, 10)), TimeSpan(date(2027, 5, 12)), Scope.ALL)
    assert starts_of(ws) == ["2027-05-05", "2027-05-12", "2027-05-19", "2027-05-26"]


def test_a_decision_on_an_occurrence_that_a_move_of_the_following_ends_is_told_in_the_note(ws):
    series = bring_in(ws, "DTSTART;VALUE=DATE:20270430", "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=5")
    gone = date(2027, 6, 25)
    events.decide(ws, [key(series, gone)], Decision.GOING)
    # From the last Friday to the second Wednesday of the month after: its days do not all move by as many.
    events.move(ws, key(series, date(2027, 5, 28)), TimeSpan(date(2027, 6, 9)), Scope.FOLLOWING)
    assert starts_of(ws) == ["2027-04-30", "2027-06-09", "2027-07-14", "2027-08-11"]
    layers = ws.store.layers.all()
    assert [layer.recurrence_id for layer in layers] == [None]
    assert "2027-06-25" in layers[0].note
