"""A store with two calendars, and the shortest way to write into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scplanner.domain.changes import AppliedChanges, Change, ChangeSet, Origin, created, deleted
from scplanner.domain.events import Calendar, CalendarKind, DaysBy, Event, Layer, Occurrence
from scplanner.domain.temporal import DayRange
from scplanner.store import apply as writing
from scplanner.store.store import Store

MADRID = ZoneInfo("Europe/Madrid")


class Desk:
    """A store and what tests do to it, each act one step."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.database = store.database

    def apply(self, *changes: Change, title: str = "Step", origin: Origin = Origin.USER, **more) -> AppliedChanges:
        return writing.apply(self.database, ChangeSet(title, changes, origin, **more))

    def create(self, *events: Event, **more) -> list[Event]:
        placed = [replace(event, id=-number) for number, event in enumerate(events, 1)]
        applied = self.apply(*created(placed), **more)
        return [self.event(applied.created[event.id]) for event in placed]

    def edit(self, event_id: int, **values) -> Event:
        before = self.event(event_id)
        origin = values.pop("origin", Origin.USER)
        self.apply(Change(before, replace(before, **values)), title=f"Edit {sorted(values)}", origin=origin)
        return self.event(event_id)

    def delete(self, *event_ids: int) -> AppliedChanges:
        return self.apply(*deleted([self.event(event_id) for event_id in event_ids]), title="Delete")

    def keep(self, event_id: int, recurrence_id=None, **values) -> Layer:
        before = self.store.layers.find(event_id, recurrence_id)
        self.apply(Change(before, replace(before or Layer(0, event_id, recurrence_id), **values)), title="Keep")
        kept = self.store.layers.find(event_id, recurrence_id)
        assert kept is not None
        return kept

    def undo(self) -> AppliedChanges:
        step = self.store.history.state().undo
        assert step is not None
        return writing.undo(self.database, step.id)

    def redo(self) -> AppliedChanges:
        step = self.store.history.state().redo
        assert step is not None
        return writing.redo(self.database, step.id)

    def event(self, event_id: int) -> Event:
        event = self.store.events.find(event_id)
        assert event is not None
        return event

    def shown(self, first: date, last: date, zone=MADRID) -> list[Occurrence]:
        return self.store.views.occurrences(DayRange(first, last), self.store.calendars.all(), zone)

    def found(self, text: str) -> list[str]:
        ids = [event_id for event_id, _ in self.store.views.search_ids(text)]
        return [self.event(event_id).summary for event_id in ids]

    def rows(self, table: str) -> list[tuple]:
        with self.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2")]


def open_desk(path: Path) -> Desk:
    desk = Desk(Store(path))
    if not desk.store.calendars.all():
        place, mine = Calendar(-1, "Place"), Calendar(-2, "Mine", CalendarKind.IMPORTED, days_by=DaysBy.MINE)
        desk.apply(*created([place, mine]), origin=Origin.CATALOGUE)
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path / "scplanner.db")
    yield desk
    desk.store.close()
