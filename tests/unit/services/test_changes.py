"""Applying change sets: every event has a source text that says the same as its fields."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.unit.services.conftest import PLAN, open_bare
from tests.unit.services.test_events import DAY

from scplanner.domain.changes import Change, ChangeSet, created
from scplanner.domain.events import Event
from scplanner.domain.fields import differences
from scplanner.errors import ConflictingChange
from scplanner.formats import ics
from scplanner.services import changes, queries

ODD = """BEGIN:VEVENT
UID:odd@x
DTSTAMP:20270101T000000Z
X-BEFORE:1
DTSTART;VALUE=DATE;X-ODD=param:20270503
SUMMARY;LANGUAGE=en:Forum
ATTENDEE;CN="Zoë; the chair":mailto:zoe@example.org
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-P1D
END:VALARM
X-AFTER;VALUE=BINARY:AAAA
END:VEVENT
""".replace("\n", "\r\n")


def bring(ws, text):
    event = replace(ics.parse_event(text, "").event, id=-1, calendar_id=PLAN)
    applied = changes.apply(ws, ChangeSet("Import", (Change(None, event),), texts={event.text_hash: text}))
    return ws.store.events.find(applied.created[-1])


def edit(ws, event, **values):
    changes.apply(ws, ChangeSet("Edit", (Change(event, replace(event, **values)),)))
    return ws.store.events.find(event.id)


def test_a_text_that_came_with_an_event_is_kept_as_it_came(ws):
    assert queries.text_of(ws, bring(ws, ODD)) == ODD


def test_an_edit_changes_its_own_lines_only(ws):
    event = edit(ws, bring(ws, ODD), summary="Congress")
    before, after = ODD.splitlines(), queries.text_of(ws, event).splitlines()
    gone = {line.partition(":")[0].partition(";")[0] for line in before if line not in after}
    assert gone <= {"SUMMARY", "DTSTAMP"}
    assert "SUMMARY;LANGUAGE=en:Congress" in after


def test_fields_and_text_always_say_the_same(ws):
    event = bring(ws, ODD)
    for values in ({"start": DAY + timedelta(3)}, {"city": "Łódź", "topics": ("A, B", "C")}, {"rrule": "FREQ=YEARLY"}):
        event = edit(ws, event, **values)
        assert not differences(ics.parse_event(queries.text_of(ws, event), "").event, event)


def test_an_override_that_is_renamed_is_renamed_in_its_text(ws):
    draft = Event(-1, PLAN, "s@x", recurrence_id=DAY, summary="Moved", start=DAY)
    applied = changes.apply(ws, ChangeSet("New", created([draft])))
    event = edit(ws, ws.store.events.find(applied.created[-1]), recurrence_id=DAY + timedelta(7))
    assert "RECURRENCE-ID;VALUE=DATE:20270510" in queries.text_of(ws, event)


def test_what_another_window_changed_meanwhile_is_not_overwritten(ws):
    event = bring(ws, ODD)
    other = open_bare(ws.paths.root)
    edit(other, event, city="Oslo")
    other.close()
    with pytest.raises(ConflictingChange):
        edit(ws, event, city="Graz")
    assert changes.poll(ws)
    assert not changes.poll(ws)
    assert ws.store.events.find(event.id).city == "Oslo"
