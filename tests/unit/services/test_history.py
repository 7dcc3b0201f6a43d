"""Taking steps back, in any order, and undoing that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.services.conftest import PLAN

from scplanner.domain.events import Decision, Event, OccurrenceKey
from scplanner.errors import ConflictingChange, NothingToDo
from scplanner.services import calendars, events, history, queries


@pytest.fixture
def forum(ws) -> Event:
    draft = Event(0, PLAN, "forum@x", summary="Forum", start=date(2027, 5, 3))
    return ws.store.events.find(events.create_event(ws, draft).created[-1])


def edit(ws, event: Event, **values) -> int:
    """Edit an event as it is stored; the step's number."""
    before = ws.store.events.find(event.id)
    return events.save_event(ws, OccurrenceKey(event.id), replace(before, **values)).step


def test_a_step_is_taken_back_to_the_very_record_it_began_with(ws, forum):
    before = ws.store.events.find(forum.id)
    step = edit(ws, forum, city="Tartu")
    history.take_back(ws, step)
    after = ws.store.events.find(forum.id)
    assert replace(after, version=before.version) == before
    assert f"SEQUENCE:{after.sequence}" in queries.text_of(ws, after) or not after.sequence


def test_what_was_edited_since_stays_as_it_is(ws, forum):
    step = edit(ws, forum, city="Tartu", venue="Hall 1")
    edit(ws, forum, venue="Hall 2")
    history.take_back(ws, step)
    after = ws.store.events.find(forum.id)
    assert (after.city, after.venue) == ("", "Hall 2")
    text = queries.text_of(ws, after)
    assert "X-SCPLANNER-VENUE:Hall 2" in text
    assert "Tartu" not in text


def test_a_step_whose_taking_back_is_undone_stands_again(ws, forum):
    step = edit(ws, forum, city="Tartu")
    history.take_back(ws, step)
    assert history.steps(ws)[1].is_taken_back
    history.undo(ws)
    assert not next(found for found in history.steps(ws) if found.id == step).is_taken_back
    assert history.state(ws).undo.id == step
    history.redo(ws)
    assert next(found for found in history.steps(ws) if found.id == step).is_taken_back
    history.undo(ws)
    history.undo(ws)
    assert ws.store.events.find(forum.id).city == ""


def test_a_step_may_be_taken_back_anew_after_that_was_undone(ws, forum):
    step = edit(ws, forum, city="Tartu")
    history.take_back(ws, step)
    history.undo(ws)
    history.take_back(ws, step)
    assert ws.store.events.find(forum.id).city == ""
    with pytest.raises(NothingToDo):
        history.take_back(ws, step)


def test_a_calendar_is_not_taken_back_from_under_its_events(ws):
    step = calendars.add(ws, "Work").step
    work = queries.find_calendar(ws, "Work")
    events.create_event(ws, Event(0, work.id, "", summary="Meeting", start=date(2027, 5, 3)))
    with pytest.raises(ConflictingChange):
        history.take_back(ws, step)
    assert queries.find_calendar(ws, "Work") is not None


def test_a_decision_is_taken_back(ws, forum):
    step = events.decide(ws, [OccurrenceKey(forum.id)], Decision.GOING).step
    history.take_back(ws, step)
    assert queries.layer_for(ws, OccurrenceKey(forum.id)).decision is None
