"""Deciding, creating, editing, moving, deleting and restoring single events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.unit.services.conftest import CATALOGUE, PLAN

from scplanner.domain.changes import Change, ChangeSet
from scplanner.domain.events import Decision, Event, Layer, OccurrenceKey
from scplanner.domain.temporal import TimeSpan, VagueDate
from scplanner.errors import ConflictingChange, NothingToDo, PlannerError
from scplanner.formats import ics
from scplanner.services import changes as writing
from scplanner.services import events, history, queries
from scplanner.services.workspace import PLAN_NAME

DAY = date(2027, 5, 3)
NINE = datetime(2027, 5, 3, 9, tzinfo=ZoneInfo("Europe/Madrid"))


def make(ws, **values) -> OccurrenceKey:
    applied = events.create_event(ws, replace(Event(0, 0, "", summary="Forum", start=DAY), **values))
    return OccurrenceKey(applied.created[-1])


def from_source(ws, **values) -> Event:
    """An event of the catalogue, as an import brings it."""
    draft = replace(Event(-1, CATALOGUE, "c@x", summary="Expo", start=DAY, city="Lyon"), **values)
    text = ics.write_event(draft)
    name = ics.text_hash(text)
    applied = writing.apply(
        ws,
        ChangeSet("Catalogue", (Change(None, replace(draft, text_hash=name, base_hash=name)),), texts={name: text}),
    )
    return ws.store.events.find(applied.created[-1])


def stored(ws, key):
    return queries.details(ws, key).event


def titles(ws) -> list[str]:
    return [step.title for step in history.steps(ws)][:-1]


def test_a_new_event_goes_to_the_plan_and_gets_a_uid_and_a_text(ws):
    event = stored(ws, make(ws))
    assert event.calendar_id == PLAN
    assert event.uid.endswith("@scplanner")
    text = queries.text_of(ws, event)
    assert f"UID:{event.uid}" in text
    assert "DTSTART;VALUE=DATE:20270503" in text
    assert titles(ws) == ["New event: Forum"]


def test_what_is_kept_by_its_source_takes_no_events_of_ones_own(ws):
    with pytest.raises(PlannerError, match="kept by its source"):
        make(ws, calendar_id=CATALOGUE)


@pytest.mark.parametrize(
    "values",
    [
        {"start": None},
        {"start": None, "vague": VagueDate("")},
        {"end": DAY},
        {"end": NINE},
        {"start": NINE, "end": NINE.replace(hour=8)},
    ],
)
def test_what_no_calendar_can_hold_is_refused(ws, values):
    with pytest.raises(PlannerError):
        make(ws, **values)
    assert titles(ws) == []


def test_a_vague_date_is_enough(ws):
    event = stored(ws, make(ws, start=None, vague=VagueDate("autumn 2027")))
    assert event.vague.text == "autumn 2027"
    assert "DTSTART" not in queries.text_of(ws, event)


def test_an_edit_patches_the_text_and_counts_the_revision_where_it_matters(ws):
    key = make(ws)
    before = stored(ws, key)
    events.save_event(ws, key, replace(before, description="Words"))
    assert stored(ws, key).sequence == 0
    events.save_event(ws, key, replace(stored(ws, key), city="Oslo"))
    event = stored(ws, key)
    assert event.sequence == 1
    assert event.last_modified is not None
    parsed = ics.parse_event(queries.text_of(ws, event), "").event
    assert (parsed.city, parsed.description, parsed.uid) == ("Oslo", "Words", before.uid)


def test_an_edit_from_an_old_look_at_an_event_takes_only_what_was_typed_or_is_refused(ws):
    key = make(ws)
    with pytest.raises(NothingToDo):
        events.save_event(ws, key, stored(ws, key))
    with pytest.raises(ConflictingChange, match="gone"):
        events.save_event(ws, OccurrenceKey(999), stored(ws, key))


def test_an_edited_event_of_the_catalogue_follows_its_origin_and_can_go_back(ws):
    event = from_source(ws)
    key = OccurrenceKey(event.id)
    with pytest.raises(NothingToDo):
        events.revert_to_source(ws, event.id)
    events.save_event(ws, key, replace(event, city="Villeurbanne"))
    edited = stored(ws, key)
    assert edited.follows
    assert (edited.uid, edited.calendar_id, edited.base_hash) == (event.uid, event.calendar_id, event.base_hash)
    events.revert_to_source(ws, event.id)
    again = stored(ws, key)
    assert not again.follows
    assert again.city == "Lyon"
    history.undo(ws)
    assert stored(ws, key) == edited


def test_moving_gives_another_time(ws):
    key = make(ws)
    events.move(ws, key, TimeSpan(NINE, NINE.replace(hour=11)))
    assert stored(ws, key).span == TimeSpan(NINE, NINE.replace(hour=11))
    assert "TZID=Europe/Madrid" in queries.text_of(ws, stored(ws, key))


def test_deciding_on_several_is_one_step(ws):
    keys = [make(ws, summary=title) for title in ("One", "Two")]
    events.decide(ws, keys, Decision.GOING)
    assert titles(ws)[0] == "Going: 2 events"
    assert [queries.layer_for(ws, key).decision for key in keys] == [Decision.GOING] * 2
    with pytest.raises(NothingToDo, match="decided like that"):
        events.decide(ws, keys, Decision.GOING)
    events.decide(ws, keys[:1], None)
    assert titles(ws)[0] == "No decision: One"
    history.undo(ws)
    history.undo(ws)
    assert queries.layer_for(ws, keys[0]).decision is None


def test_no_decision_on_what_nobody_decided_on_is_none(ws):
    key = make(ws)
    with pytest.raises(NothingToDo):
        events.decide(ws, [key], None)
    assert ws.store.layers.of_event(key.event_id) == []


def test_a_layer_is_stored_as_edited(ws):
    key = make(ws)
    layer = replace(queries.layer_for(ws, key), note="Ask Zoë", budget="120.50", budget_currency="EUR")
    events.save_layer(ws, key, layer, "Note")
    kept = queries.layer_for(ws, key)
    assert (kept.note, kept.budget) == ("Ask Zoë", "120.50")
    with pytest.raises(NothingToDo):
        events.save_layer(ws, key, kept)
    assert titles(ws)[0] == "Note"


def test_an_empty_layer_is_not_begun(ws):
    key = make(ws)
    with pytest.raises(NothingToDo):
        events.save_layer(ws, key, Layer(0, key.event_id))


def test_what_was_deleted_comes_back_with_its_layer(ws):
    key = make(ws)
    events.decide(ws, [key], Decision.GOING)
    before = stored(ws, key)
    events.delete(ws, [key])
    assert queries.details(ws, key) is None
    (row,) = queries.trash(ws)
    assert (row.event.summary, row.calendar_name, row.step_title) == ("Forum", PLAN_NAME, "Delete Forum")
    with pytest.raises(NothingToDo):
        events.delete(ws, [key])
    events.restore(ws, [key.event_id])
    assert replace(stored(ws, key), version=0) == replace(before, version=0)
    assert queries.layer_for(ws, key).decision is Decision.GOING
    assert queries.trash(ws) == []


def test_nothing_chosen_is_nothing_to_do(ws):
    for act in (lambda: events.delete(ws, []), lambda: events.restore(ws, [])):
        with pytest.raises(NothingToDo):
            act()


def test_a_copy_is_an_event_of_ones_own(ws):
    event = from_source(ws, topics=("Energy",))
    applied = events.duplicate(ws, OccurrenceKey(event.id))
    copy = ws.store.events.find(applied.created[-1])
    assert (copy.summary, copy.city, copy.topics, copy.calendar_id) == ("Expo", "Lyon", ("Energy",), PLAN)
    assert copy.uid != event.uid
    assert not copy.base_hash
