"""Events with all that is kept about them, in bulk: what lists, tables and scripts are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from scplanner.domain.events import Calendar, Event, Layer, Occurrence, OccurrenceKey, empty_layer
from scplanner.domain.query import EventFilter
from scplanner.domain.temporal import from_text, to_text
from scplanner.services import queries, recurrence
from scplanner.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Listed:
    """An event, or one occurrence as it looks (`event` then has its times), with its layer and calendar."""

    key: OccurrenceKey
    event: Event
    layer: Layer
    calendar: Calendar


def list_events(ws: Workspace, event_filter: EventFilter) -> list[Listed]:
    """What a filter admits: one row per event without a range, one per occurrence within a range."""
    if event_filter.range is not None:
        recurrence.cover(ws, event_filter.range)
    return _listed(ws, queries.agenda(ws, event_filter))


def with_layers(ws: Workspace, events: Iterable[Event]) -> list[Listed]:
    """These events as they are given, stored or not, each with its layer and calendar."""
    events = list(events)
    layers = _layers(ws, {event.id for event in events if event.id > 0})
    calendars = {calendar.id: calendar for calendar in queries.calendars(ws)}
    return [
        Listed(
            OccurrenceKey(event.id),
            event,
            layers.get(OccurrenceKey(event.id)) or empty_layer(event.id),
            calendars[event.calendar_id],
        )
        for event in events
    ]


def _listed(ws: Workspace, shown: list[Occurrence]) -> list[Listed]:
    ids = {occurrence.key.event_id for occurrence in shown}
    events = {event.id: event for event in ws.store.events.by_ids(ids)}
    overrides = _overrides(
        ws, {events[o.key.event_id].uid for o in shown if o.key.recurrence_id and o.key.event_id in events}
    )
    layers = _layers(ws, ids)
    calendars = {calendar.id: calendar for calendar in queries.calendars(ws)}
    found = []
    for occurrence in shown:
        key = occurrence.key
        event = events.get(key.event_id)
        if event is None:
            continue  # deleted by another program between the two reads
        layer = layers.get(key) or layers.get(OccurrenceKey(event.id)) or empty_layer(event.id)
        if key.recurrence_id:
            event = overrides.get((event.calendar_id, event.uid, key.recurrence_id)) or replace(
                event, recurrence_id=from_text(key.recurrence_id), start=occurrence.start, end=occurrence.end
            )
        found.append(Listed(key, event, layer, calendars[event.calendar_id]))
    return found


def _layers(ws: Workspace, ids: Collection[int]) -> dict[OccurrenceKey, Layer]:
    return {layer.key: layer for layer in ws.store.layers.of_events(ids)}


def _overrides(ws: Workspace, uids: Collection[str]) -> dict[tuple[int, str, str], Event]:
    return {
        (event.calendar_id, event.uid, to_text(event.recurrence_id)): event
        for event in (ws.store.events.by_uids(uids) if uids else ())
        if event.recurrence_id is not None
    }
