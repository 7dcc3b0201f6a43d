"""Calendars: made, renamed, coloured, hidden, removed and taken back."""

import pytest
from tests.unit.services.conftest import CATALOGUE, PLAN
from tests.unit.services.test_events import DAY

from scplanner.domain.changes import ChangeSet, created
from scplanner.domain.events import Event
from scplanner.errors import NothingToDo, PlannerError
from scplanner.services import calendars, changes, events, history, queries


def names(ws):
    return [calendar.name for calendar in queries.calendars(ws)]


def test_a_new_calendar_comes_last_with_a_colour_of_its_own(ws):
    calendars.add(ws, "  Work   trips ")
    made = queries.calendars(ws)[-1]
    assert made.name == "Work trips"
    assert made.color not in {calendar.color for calendar in queries.calendars(ws)[:-1]}
    history.undo(ws)
    assert names(ws) == ["Catalogue", "My plan"]


@pytest.mark.parametrize(("name", "color"), [("", ""), ("my PLAN", ""), ("Work", "blue"), ("Work", "#12345")])
def test_a_calendar_needs_a_free_name_and_a_colour(ws, name, color):
    with pytest.raises(PlannerError):
        calendars.add(ws, name, color)


def test_renaming_and_colouring_can_be_undone(ws):
    calendars.rename(ws, PLAN, "Mine")
    calendars.recolor(ws, PLAN, "#a0b1c2")
    assert (names(ws)[1], queries.calendars(ws)[1].color) == ("Mine", "#A0B1C2")
    with pytest.raises(NothingToDo):
        calendars.rename(ws, PLAN, "Mine")
    history.undo(ws)
    history.undo(ws)
    assert names(ws)[1] == "My plan"


def test_hiding_is_no_step(ws):
    events.create_event(ws, Event(0, PLAN, "", summary="Forum", start=DAY))
    steps = len(history.steps(ws))
    calendars.set_visible(ws, PLAN, False)
    assert queries.agenda(ws) == []
    assert len(history.steps(ws)) == steps
    calendars.set_visible(ws, PLAN, True)
    assert len(queries.agenda(ws)) == 1


def test_a_calendar_goes_with_its_events_in_one_step(ws):
    calendars.add(ws, "Work")
    work = queries.find_calendar(ws, "WORK").id
    made = events.create_event(ws, Event(0, work, "", summary="Forum", start=DAY))
    calendars.remove(ws, work)
    assert names(ws) == ["Catalogue", "My plan"]
    assert queries.counts(ws).events == 0
    with pytest.raises(PlannerError, match="calendar has been removed"):
        events.restore(ws, [made.created[-1]])
    history.undo(ws)
    assert names(ws)[-1] == "Work"
    assert queries.counts(ws).calendars == {work: 1}


def test_the_catalogue_can_only_be_hidden(ws):
    with pytest.raises(PlannerError, match="Hide it"):
        calendars.remove(ws, CATALOGUE)


def test_a_calendar_that_is_gone_is_said(ws):
    with pytest.raises(PlannerError, match="gone"):
        calendars.rename(ws, 99, "x")


def test_ten_thousand_events_go_and_come_back_with_their_calendar(ws):
    calendars.add(ws, "Big")
    big = queries.find_calendar(ws, "Big").id
    changes.apply(
        ws, ChangeSet("In", created(Event(-n, big, f"{n}@x", start=DAY, text_hash="h") for n in range(1, 2001)))
    )
    calendars.remove(ws, big)
    history.undo(ws)
    assert queries.counts(ws).events == 2000
