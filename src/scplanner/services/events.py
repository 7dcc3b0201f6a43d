"""Deciding, writing notes, creating, editing, moving and deleting events: each call is one undoable step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime
from enum import StrEnum

from scplanner.domain.changes import AppliedChanges, Change, ChangeSet
from scplanner.domain.events import Decision, Event, Layer, OccurrenceKey, empty_layer
from scplanner.domain.fields import differences
from scplanner.domain.temporal import FIRST_YEAR, LAST_YEAR, TimeSpan, When, from_text, is_date, sort_key
from scplanner.errors import ConflictingChange, NothingToDo, PlannerError
from scplanner.services import changes, queries, recurrence, series
from scplanner.services.workspace import Workspace

_DECISION_TITLES = {
    Decision.GOING: "Going",
    Decision.CONSIDERING: "Considering",
    Decision.WATCHING: "Watching",
    Decision.DECLINED: "Not going",
    None: "No decision",
}


class Scope(StrEnum):
    """How much of a series an edit means."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


def decide(
    ws: Workspace, keys: Sequence[OccurrenceKey], decision: Decision | None, whole_series: bool = False
) -> AppliedChanges:
    """Set the decision on events, or on single occurrences of a series unless `whole_series`.

    An occurrence that gets a layer of its own begins with what is kept on the series, and is decided along with it until
    somebody decides on it alone.
    """
    if whole_series:
        keys = _with_those_decided_alike(ws, keys)
    edited = []
    for key, before, after in _layers(ws, keys):
        if after.decision != decision:
            edited.append((key, before, replace(after, decision=decision)))
    named = {key.event_id: OccurrenceKey(key.event_id) for key, *_ in edited} if whole_series else None
    names = _names(ws, [*named.values()] if named is not None else [key for key, *_ in edited])
    return _write_layers(ws, edited, f"{_DECISION_TITLES[decision]}: {names}")


def save_layer(ws: Workspace, key: OccurrenceKey, layer: Layer, title: str = "") -> AppliedChanges:
    """Store the user's layer of an event or occurrence as edited. NothingToDo if it is as stored."""
    before = _stored_layer(ws, key)
    after = _placed(layer, key, before)
    if (before is None and after.is_empty) or (before is not None and after == before):
        raise NothingToDo("Nothing has changed.")
    return _write_layers(ws, [(key, before, after)], title or f"Edit {_names(ws, [key])}")


def create_event(ws: Workspace, draft: Event) -> AppliedChanges:
    """Add an event of the user's own. Without a calendar it goes to "My plan"; without a uid it gets one."""
    calendar_id = draft.calendar_id or queries.get_plan(ws).id
    calendar = next((c for c in queries.calendars(ws) if c.id == calendar_id), None)
    if calendar is not None and calendar.is_source:
        raise PlannerError(f"“{calendar.name}” is kept by its source.", "Add the event to a calendar of your own.")
    event = replace(draft, id=-1, calendar_id=calendar_id, uid=draft.uid or series.new_uid(), version=0, text_hash="")
    _check(event)
    applied = changes.apply(ws, ChangeSet(f"New event: {event.summary or 'without a title'}", (Change(None, event),)))
    _expand_if_needed(ws, [event])
    return applied


def save_event(
    ws: Workspace, key: OccurrenceKey, after: Event, scope: Scope = Scope.ALL, title: str = ""
) -> AppliedChanges:
    """Store an event as edited. For an occurrence, `after` is edited from what `queries.details` gave for it.

    THIS makes an override; FOLLOWING ends the series before it and begins a new one with a new uid, later overrides and
    layers moving along; ALL carries the edit over to the whole series. NothingToDo if nothing differs.
    """
    _check(after)
    shown = queries.details(ws, key)
    if shown is None:
        raise ConflictingChange("This event is gone.", "Look in the trash.")
    before = shown.event
    if not differences(before, after) and after.calendar_id in (0, before.calendar_id):
        raise NothingToDo("Nothing has changed.")
    title = title or f"Edit {after.summary or before.summary or 'event'}"
    master = ws.store.events.find(key.event_id)
    assert master is not None
    if not key.recurrence_id or not master.is_recurring:
        change_set = series.edit_master(ws, before, after, title)
    elif scope is Scope.THIS:
        change_set = series.edit_this(ws, master, before, after, from_text(key.recurrence_id), title)
    elif scope is Scope.FOLLOWING:
        change_set = series.edit_following(ws, master, before, after, from_text(key.recurrence_id), title)
    else:
        change_set = series.edit_all(ws, master, before, after, title)
    applied = changes.apply(ws, change_set)
    _expand_if_needed(ws, [c.after for c in change_set.changes if isinstance(c.after, Event)])
    return applied


def move(ws: Workspace, key: OccurrenceKey, span: TimeSpan, scope: Scope = Scope.ALL) -> AppliedChanges:
    """Give an event, or an occurrence, another time."""
    shown = queries.details(ws, key)
    if shown is None:
        raise ConflictingChange("This event is gone.", "Look in the trash.")
    return save_event(ws, key, replace(shown.event, start=span.start, end=span.end, vague=None), scope)


def delete(ws: Workspace, keys: Sequence[OccurrenceKey], scope: Scope = Scope.ALL) -> AppliedChanges:
    """Move events to the trash, in one step; or take occurrences out of their series."""
    if not keys:
        raise NothingToDo("No event is chosen.")
    whole: dict[int, Event] = {}
    parts: list[Change] = []
    by_event: dict[int, list[OccurrenceKey]] = {}
    for key in keys:
        by_event.setdefault(key.event_id, []).append(key)
    for event in ws.store.events.by_ids(by_event):
        starts = [from_text(key.recurrence_id) for key in by_event[event.id] if key.recurrence_id]
        if event.is_recurring and starts and scope is Scope.THIS:
            parts += series.cut(ws, event, starts)
        elif event.is_recurring and starts and scope is Scope.FOLLOWING:
            parts += series.cut_following(ws, event, min(starts, key=sort_key))
        else:
            whole[event.id] = event
            if event.recurrence_id is None:
                whole.update({override.id: override for override in ws.store.events.overrides_of(event)})
    change_set = (*parts, *(Change(event, None) for event in whole.values()))
    if not change_set:
        raise NothingToDo("These events are gone already.")
    applied = changes.apply(ws, ChangeSet(f"Delete {_names(ws, keys)}", change_set))
    _expand_if_needed(ws, [c.after for c in parts if isinstance(c.after, Event)])
    return applied


def restore(ws: Workspace, event_ids: Iterable[int]) -> AppliedChanges:
    """Bring events back from the trash, with their layers as they were; a series with what was deleted with it."""
    events = ws.store.events.by_ids(ws.store.events.deleted_together(event_ids), even_deleted=True)
    alive = {calendar.id for calendar in ws.store.calendars.all()}
    gone = {event.calendar_id for event in events} - alive
    if gone:
        raise PlannerError("Their calendar has been removed.", "Take the removal of the calendar back in the history.")
    if not events:
        raise NothingToDo("Nothing is chosen.")
    name = events[0].summary if len(events) == 1 else f"{len(events)} events"
    return changes.apply(ws, ChangeSet(f"Restore {name}", tuple(Change(None, event) for event in events)))


def revert_to_source(ws: Workspace, event_id: int) -> AppliedChanges:
    """Give up one's own edits of a catalogue or feed event and take its source's version back."""
    from scplanner.formats import ics

    event = ws.store.events.find(event_id)
    if event is None or not event.follows:
        raise NothingToDo("This event is as its source has it.")
    texts = ws.store.texts.get([event.base_hash, event.shell_hash])
    if event.base_hash not in texts:
        raise PlannerError("The source's version of this event is no longer kept.", "Change it by hand.")
    parsed = ics.parse_event(texts[event.base_hash], texts.get(event.shell_hash, "")).event
    keep = {name: getattr(event, name) for name in ("id", "calendar_id", "shell_hash", "base_hash", "version")}
    after = replace(parsed, text_hash=event.base_hash, **keep)
    applied = changes.apply(ws, ChangeSet(f"Source's version of {event.summary}", (Change(event, after),)))
    _expand_if_needed(ws, [after])
    return applied


def duplicate(ws: Workspace, key: OccurrenceKey) -> AppliedChanges:
    """Make an own event like this one, in "My plan"."""
    shown = queries.details(ws, key)
    if shown is None:
        raise ConflictingChange("This event is gone.", "Look in the trash.")
    own = Event(0, 0, "")
    kept = ("id", "calendar_id", "uid", "recurrence_id", "text_hash", "shell_hash", "base_hash", "version", "sequence")
    values = {f.name: getattr(shown.event, f.name) for f in fields(own) if f.name not in kept}
    return create_event(ws, replace(own, **values))


def _check(event: Event) -> None:
    """Refuse what no calendar can hold."""
    start, end = event.start, event.end
    if start is None:
        if event.vague is None or not (event.vague.text or event.vague.earliest or event.vague.latest):
            raise PlannerError(
                "An event needs a date.", "Give a day, or in words when it may be, such as “autumn 2027”."
            )
        return
    if any(not FIRST_YEAR <= when.year <= LAST_YEAR for when in (start, end or start)):
        raise PlannerError("No calendar goes that far.", f"Choose a year from {FIRST_YEAR} to {LAST_YEAR}.")
    if end is None:
        return
    if is_date(start) != is_date(end):
        raise PlannerError("Start and end have to be of one kind.", "Give both a time, or neither.")
    if isinstance(start, datetime) and isinstance(end, datetime):
        if (start.tzinfo is None) == (end.tzinfo is None) and end < start:
            raise PlannerError("The event ends before it starts.", "Change one of the two.")
    elif end <= start:
        raise PlannerError("The event ends before it starts.", "Change one of the two.")


def _stored_layer(ws: Workspace, key: OccurrenceKey) -> Layer | None:
    return ws.store.layers.find(key.event_id, from_text(key.recurrence_id) if key.recurrence_id else None)


def _layers(ws: Workspace, keys: Sequence[OccurrenceKey]) -> list[tuple[OccurrenceKey, Layer | None, Layer]]:
    """For each key the stored layer, or None, and the one to edit."""
    stored = {layer.key: layer for layer in ws.store.layers.of_events({key.event_id for key in keys})}
    found = []
    for key in dict.fromkeys(keys):
        before = stored.get(key)
        series = stored.get(OccurrenceKey(key.event_id)) or empty_layer(key.event_id)
        recurrence_id = from_text(key.recurrence_id) if key.recurrence_id else None
        found.append((key, before, before or replace(series, id=0, recurrence_id=recurrence_id, version=0)))
    return found


def _with_those_decided_alike(ws: Workspace, keys: Sequence[OccurrenceKey]) -> list[OccurrenceKey]:
    """The series of these keys, and their occurrences with a layer of their own that is decided as the series is."""
    ids = dict.fromkeys(key.event_id for key in keys)
    layers = ws.store.layers.of_events(ids)
    decisions = {layer.event_id: layer.decision for layer in layers if layer.recurrence_id is None}
    own = [
        layer.key
        for layer in layers
        if layer.recurrence_id is not None and layer.decision == decisions.get(layer.event_id)
    ]
    return [*map(OccurrenceKey, ids), *own]


def _placed(layer: Layer, key: OccurrenceKey, before: Layer | None) -> Layer:
    recurrence_id: When | None = from_text(key.recurrence_id) if key.recurrence_id else None
    ids = (before.id, before.version) if before else (0, 0)
    return replace(layer, id=ids[0], version=ids[1], event_id=key.event_id, recurrence_id=recurrence_id)


def _write_layers(
    ws: Workspace, edited: Sequence[tuple[OccurrenceKey, Layer | None, Layer]], title: str
) -> AppliedChanges:
    if not edited:
        raise NothingToDo("It is decided like that already.")
    return changes.apply(ws, ChangeSet(title, tuple(Change(before, after) for _, before, after in edited)))


def _names(ws: Workspace, keys: Sequence[OccurrenceKey]) -> str:
    if len(keys) == 1:
        event = ws.store.events.find(keys[0].event_id)
        return (event.summary if event else "") or "event"
    return f"{len(keys)} events"


def _expand_if_needed(ws: Workspace, events: Iterable[Event | None]) -> None:
    if any(event is not None and event.is_of_series for event in events):
        recurrence.cover(ws, recurrence.default_range(ws))
