"""Change sets are written whole or not at all, and every record's version is the step that made it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from scplanner.domain.changes import Change, ChangeSet, Origin, created, deleted
from scplanner.domain.events import Calendar, Decision, Event, Layer
from scplanner.errors import ConflictingChange, NothingToDo
from scplanner.store import apply as writing
from scplanner.store.store import Store

DAY = date(2027, 5, 3)


def plain(summary="Forum", **values):
    return Event(0, 1, f"{summary}@x", summary=summary, start=DAY, **values)


def counts(desk):
    return {table: len(desk.rows(table)) for table in ("events", "layers", "steps", "step_changes", "search_rows")}


def test_created_records_get_ids_that_the_result_names(desk):
    one, other = desk.create(plain("One"), plain("Other"))
    assert (one.summary, other.summary) == ("One", "Other")
    assert one.id != other.id
    assert one.version == other.version == desk.store.history.steps()[0].id


def test_a_layer_names_an_event_of_the_same_set_by_its_placeholder(desk):
    event = replace(plain(), id=-7)
    applied = desk.apply(*created([event, Layer(0, -7, decision=Decision.GOING)]))
    event_id = applied.created[-7]
    layer = desk.store.layers.find(event_id)
    assert layer is not None
    assert layer.decision is Decision.GOING
    assert applied.events == {event_id}


def test_an_edit_of_what_has_changed_since_writes_nothing(desk):
    (event,) = desk.create(plain())
    desk.edit(event.id, summary="Elsewhere")
    before = counts(desk)
    stale = Change(event, replace(event, city="Oslo"))
    fresh = Change(None, replace(plain("New"), id=-1))
    with pytest.raises(ConflictingChange, match="“Forum” has been changed elsewhere"):
        desk.apply(fresh, stale)
    assert counts(desk) == before
    assert desk.event(event.id).summary == "Elsewhere"


@pytest.mark.parametrize("act", ["edit", "delete"])
def test_what_lies_in_the_trash_can_be_neither_edited_nor_deleted(desk, act):
    (event,) = desk.create(plain())
    desk.delete(event.id)
    after = replace(event, city="Oslo") if act == "edit" else None
    with pytest.raises(ConflictingChange):
        desk.apply(Change(event, after))


def test_only_what_lies_in_the_trash_can_be_restored(desk):
    (event,) = desk.create(plain())
    with pytest.raises(ConflictingChange):
        desk.apply(Change(None, event))


def test_an_edit_may_not_turn_one_record_into_another(desk):
    one, other = desk.create(plain("One"), plain("Other"))
    with pytest.raises(ConflictingChange):
        desk.apply(Change(one, other))


def test_an_empty_set_is_refused(desk):
    with pytest.raises(NothingToDo):
        desk.apply()


def test_a_second_layer_of_one_event_is_a_conflict(desk):
    (event,) = desk.create(plain())
    desk.keep(event.id, decision=Decision.GOING)
    with pytest.raises(ConflictingChange):
        desk.apply(Change(None, Layer(0, event.id, decision=Decision.DECLINED)))
    assert len(desk.store.layers.of_event(event.id)) == 1


def test_an_event_cannot_be_put_into_a_calendar_that_was_removed(desk):
    (event,) = desk.create(plain())
    calendar = desk.store.calendars.all()[1]
    desk.apply(Change(calendar, None))
    with pytest.raises(ConflictingChange, match="calendar"):
        desk.edit(event.id, calendar_id=calendar.id)
    with pytest.raises(ConflictingChange, match="calendar"):
        desk.create(replace(plain("New"), calendar_id=calendar.id))


def test_an_edit_touches_only_the_columns_it_changed(desk):
    calendar = desk.store.calendars.all()[0]
    desk.apply(Change(calendar, replace(calendar, name="Renamed")))
    desk.store.calendars.set_visible(calendar.id, False)
    desk.undo()
    stands = desk.store.calendars.all()[0]
    assert (stands.name, stands.is_visible) == ("Place", False)


def test_layers_of_a_series_may_move_onto_each_others_days(desk):
    (event,) = desk.create(replace(plain(), rrule="FREQ=WEEKLY"))
    week = timedelta(days=7)
    for number in range(3):
        desk.keep(event.id, DAY + number * week, note=f"{number}")
    layers = desk.store.layers.of_event(event.id)
    desk.apply(*(Change(la, replace(la, recurrence_id=la.recurrence_id + week)) for la in layers))

    def notes():
        return {la.recurrence_id: la.note for la in desk.store.layers.of_event(event.id)}

    assert notes() == {DAY + week: "0", DAY + 2 * week: "1", DAY + 3 * week: "2"}
    desk.undo()
    assert notes() == {DAY: "0", DAY + week: "1", DAY + 2 * week: "2"}
    desk.redo()
    assert notes() == {DAY + week: "0", DAY + 2 * week: "1", DAY + 3 * week: "2"}


def test_a_layer_may_take_the_place_of_another_in_one_set(desk):
    (event,) = desk.create(plain())
    old = desk.keep(event.id, note="old")
    desk.apply(Change(None, Layer(0, event.id, note="new")), Change(old, None))
    assert [la.note for la in desk.store.layers.of_event(event.id)] == ["new"]
    desk.undo()
    assert [la.note for la in desk.store.layers.of_event(event.id)] == ["old"]


def test_a_step_tells_which_events_its_layers_belong_to(desk):
    one, other = desk.create(plain("One"), plain("Other"))
    layer = desk.keep(one.id, note="x")
    assert desk.apply(Change(layer, replace(layer, event_id=other.id))).events == {one.id, other.id}
    assert desk.undo().events == {one.id, other.id}


def test_a_new_change_of_the_user_ends_redo(desk):
    (event,) = desk.create(plain())
    desk.edit(event.id, city="Oslo")
    desk.undo()
    undone = desk.store.history.state().redo
    desk.edit(event.id, city="Bergen")
    assert desk.store.history.state().redo is None
    with pytest.raises(NothingToDo):
        writing.redo(desk.database, undone.id)


def test_automatic_steps_stay_out_of_undo_and_leave_redo_alone(desk):
    one, other = desk.create(plain("One"), plain("Other"))
    desk.edit(one.id, city="Oslo")
    desk.undo()
    desk.edit(other.id, city="Graz", origin=Origin.FEED)
    state = desk.store.history.state()
    assert state.undo.title == "Step"
    assert state.redo.title == "Edit ['city']"
    desk.redo()
    assert desk.event(one.id).city == "Oslo"
    assert desk.event(other.id).city == "Graz"


def test_undo_is_refused_where_an_automatic_step_has_been_at_it_since(desk):
    (event,) = desk.create(plain())
    desk.edit(event.id, city="Oslo")
    desk.edit(event.id, city="Graz", origin=Origin.FEED)
    with pytest.raises(ConflictingChange, match="can't be undone"):
        desk.undo()
    assert desk.event(event.id).city == "Graz"


def test_undo_outlives_a_restart(desk):
    (event,) = desk.create(plain())
    desk.edit(event.id, city="Oslo")
    desk.store.close()
    again = type(desk)(Store(desk.database.path))
    again.undo()
    assert again.event(event.id).city == ""
    again.redo()
    assert again.event(event.id).city == "Oslo"
    again.store.close()


def test_texts_lie_once_under_their_hash(desk):
    desk.apply(Change(None, replace(plain(), id=-1)), texts={"h1": "BEGIN:VEVENT", "h2": "Łódź \udc80"})
    desk.apply(Change(None, replace(plain(), id=-1)), texts={"h1": "another"})
    assert desk.store.texts.get(["h1", "h2", "h3", ""]) == {"h1": "BEGIN:VEVENT", "h2": "Łódź \udc80"}


def test_history_counts_what_a_step_did(desk):
    one, other = desk.create(plain("One"), plain("Other"))
    edit = Change(other, replace(other, city="Oslo"))
    desk.apply(Change(one, None), edit, Change(None, replace(plain("New"), id=-1)), report="as told")
    step = desk.store.history.steps()[0]
    assert (step.created, step.changed, step.deleted, step.report) == (1, 1, 1, "as told")


def test_a_step_can_be_read_back_as_changes(desk):
    (event,) = desk.create(plain())
    after = desk.edit(event.id, city="Oslo")
    desk.delete(event.id)
    edited, removed = (desk.store.history.changes(desk.store.history.steps()[n].id)[0] for n in (1, 0))
    assert (edited.before.city, edited.after.city, edited.after.version) == ("", "Oslo", after.version)
    assert (removed.before, removed.after) == (after, None)


def test_ten_thousand_ids_fit_into_one_question(desk):
    events = desk.create(*(plain(f"E{n}") for n in range(1200)))
    applied = desk.apply(*deleted(events))
    assert len(applied.events) == 1200
    assert desk.store.events.by_ids([event.id for event in events]) == []


def test_a_calendar_goes_with_its_events_and_comes_back_with_them(desk):
    (event,) = desk.create(plain())
    calendar = desk.store.calendars.all()[0]
    desk.apply(Change(event, None), Change(calendar, None))
    assert [c.name for c in desk.store.calendars.all()] == ["Mine"]
    desk.undo()
    assert desk.store.calendars.all()[0] == calendar
    assert desk.event(event.id) == event


def test_two_programs_that_decide_at_once_do_not_both_win(desk):
    (event,) = desk.create(plain())
    other = Store(desk.database.path)
    writing.apply(other.database, ChangeSet("Going", (Change(None, Layer(0, event.id, decision=Decision.GOING)),)))
    with pytest.raises(ConflictingChange):
        desk.apply(Change(None, Layer(0, event.id, decision=Decision.DECLINED)))
    assert desk.store.layers.find(event.id).decision is Decision.GOING
    other.close()


def test_a_calendar_made_and_undone_leaves_its_place_free(desk):
    desk.apply(*created([Calendar(-1, "New")]))
    desk.undo()
    assert [c.name for c in desk.store.calendars.all()] == ["Place", "Mine"]
    desk.redo()
    assert [c.name for c in desk.store.calendars.all()] == ["Place", "Mine", "New"]
