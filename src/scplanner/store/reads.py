"""Reading records: by id, by uid, by calendar, and everything around one event."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, exists, select

from scplanner.domain.changes import Origin
from scplanner.domain.events import Calendar, Event, Layer
from scplanner.domain.temporal import When
from scplanner.store import schema
from scplanner.store.database import Database
from scplanner.store.rows import CALENDARS, EVENTS, LAYERS, encode_when

_CHUNK = 500


def _chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


class EventReads:
    """Events as records. Those in the trash are left out unless asked for by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, event_id: int, *, even_deleted: bool = False) -> Event | None:
        """The event of that id, or None."""
        found = self.by_ids([event_id], even_deleted=even_deleted)
        return found[0] if found else None

    def by_ids(self, ids: Iterable[int], *, even_deleted: bool = False) -> list[Event]:
        """The events of these ids, in no particular order."""
        return self._gather(schema.events.c.id.in_, ids, even_deleted)

    def by_uids(self, uids: Iterable[str]) -> list[Event]:
        """Masters and overrides that bear one of these uids, in any calendar."""
        return self._gather(schema.events.c.uid.in_, uids)

    def by_calendar(self, calendar_id: int) -> list[Event]:
        """All events of a calendar."""
        return self._select(select(schema.events).where(schema.events.c.calendar_id == calendar_id))

    def by_parent(self, parent_uid: str) -> list[Event]:
        """Its side events, each series of them once."""
        if not parent_uid:
            return []
        table = schema.events
        # The last condition is what the index is made for.
        is_side_event = (table.c.parent_uid == parent_uid) & (table.c.recurrence_id == "") & (table.c.parent_uid != "")
        return self._select(select(table).where(is_side_event))

    def by_series(self, series: str) -> list[Event]:
        """All editions of a conference series, without overrides of single occurrences."""
        if not series:
            return []
        table = schema.events
        is_edition = (table.c.series == series) & (table.c.recurrence_id == "") & (table.c.series != "")
        return self._select(select(table).where(is_edition))

    def overrides_of(self, master: Event) -> list[Event]:
        """The overrides of a series, by the calendar and uid they share."""
        table = schema.events
        return self._select(
            select(table)
            .where(table.c.uid == master.uid, table.c.calendar_id == master.calendar_id)
            .where(table.c.recurrence_id != "")
        )

    def deleted_together(self, event_ids: Iterable[int]) -> list[int]:
        """These events, and the overrides of those that are series which went into the trash with them."""
        series, override = schema.events, schema.events.alias()
        ids = list(event_ids)
        query = select(override.c.id).join(
            series,
            (series.c.uid == override.c.uid)
            & (series.c.calendar_id == override.c.calendar_id)
            & (series.c.deleted_by_step == override.c.deleted_by_step),
        )
        with self._database.read() as connection:
            for chunk in _chunks(list(ids)):
                found = query.where(
                    series.c.id.in_(chunk), series.c.recurrence_id == "", override.c.recurrence_id != ""
                )
                ids.extend(connection.execute(found).scalars())
        return list(dict.fromkeys(ids))

    def deleted_by_user(self, calendar_id: int) -> list[Event]:
        """What the user has deleted from a calendar: not what is gone because a step that brought it was taken back."""
        events, steps, taken = schema.events, schema.steps, schema.steps.alias()
        query = (
            select(events)
            .join(steps, steps.c.id == events.c.deleted_by_step)
            .where(events.c.calendar_id == calendar_id, ~steps.c.is_undone)
            .where(steps.c.origin.not_in([str(origin) for origin in Origin if origin.is_automatic]))
            .where(~exists().where(taken.c.taken_back_by == steps.c.id))
        )
        with self._database.read() as connection:
            return list(self._records(connection, query, even_deleted=True))

    def in_trash(self) -> list[tuple[Event, str, datetime, str]]:
        """Deleted events, latest first: the event, its calendar's name, when and by which step."""
        events, steps, calendars = schema.events, schema.steps, schema.calendars
        query = (
            select(events, calendars.c.name.label("calendar_name"), steps.c.time.label("at"), steps.c.title.label("by"))
            .join(steps, steps.c.id == events.c.deleted_by_step)
            .join(calendars, calendars.c.id == events.c.calendar_id)
            .order_by(steps.c.id.desc(), events.c.start)
        )
        with self._database.read() as connection:
            return [
                (EVENTS.from_row(row._mapping), row.calendar_name, datetime.fromisoformat(row.at), row.by)
                for row in connection.execute(query)
            ]

    def _gather(self, condition: Any, values: Iterable[Any], even_deleted: bool = False) -> list[Event]:
        found: list[Event] = []
        with self._database.read() as connection:
            for chunk in _chunks(values):
                query = select(schema.events).where(condition(chunk))
                found.extend(self._records(connection, query, even_deleted=even_deleted))
        return found

    def _select(self, query: Select[Any]) -> list[Event]:
        with self._database.read() as connection:
            return list(self._records(connection, query, even_deleted=False))

    @staticmethod
    def _records(connection: Connection, query: Select[Any], *, even_deleted: bool) -> Iterator[Event]:
        if not even_deleted:
            query = query.where(schema.events.c.deleted_by_step.is_(None))
        for row in connection.execute(query):
            yield EVENTS.from_row(row._mapping)


class LayerReads:
    """The user's layers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, event_id: int, recurrence_id: When | None = None) -> Layer | None:
        """The layer of an event, or with `recurrence_id` of one occurrence."""
        wanted = encode_when(recurrence_id)
        return next((layer for layer in self.of_event(event_id) if encode_when(layer.recurrence_id) == wanted), None)

    def of_event(self, event_id: int) -> list[Layer]:
        """All layers of an event: its own and those of its occurrences."""
        return self.of_events([event_id])

    def of_events(self, event_ids: Iterable[int]) -> list[Layer]:
        """All layers of these events."""
        table = schema.layers
        found: list[Layer] = []
        with self._database.read() as connection:
            for chunk in _chunks(event_ids):
                query = select(table).where(table.c.event_id.in_(chunk), table.c.deleted_by_step.is_(None))
                found.extend(LAYERS.from_row(row._mapping) for row in connection.execute(query))
        return found

    def all(self) -> list[Layer]:
        """Every layer of an event that is not in the trash."""
        table, events = schema.layers, schema.events
        query = (
            select(table)
            .join(events, events.c.id == table.c.event_id)
            .where(table.c.deleted_by_step.is_(None), events.c.deleted_by_step.is_(None))
        )
        with self._database.read() as connection:
            return [LAYERS.from_row(row._mapping) for row in connection.execute(query)]

    def file_hashes(self) -> set[str]:
        """The content hashes of all files that any layer, alive or in the trash, names."""
        with self._database.read() as connection:
            query = select(schema.layers).where(schema.layers.c.files != "[]")
            return {file.sha256 for row in connection.execute(query) for file in LAYERS.from_row(row._mapping).files}


class CalendarReads:
    """The calendars, in the order the user sees them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Calendar]:
        """Every calendar that is not deleted."""
        table = schema.calendars
        query = select(table).where(table.c.deleted_by_step.is_(None)).order_by(table.c.position, table.c.id)
        with self._database.read() as connection:
            return [CALENDARS.from_row(row._mapping) for row in connection.execute(query)]

    def set_visible(self, calendar_id: int, is_visible: bool) -> None:
        """Show or hide a calendar. View state, so no step of the history."""
        table = schema.calendars
        with self._database.write() as connection:
            connection.execute(table.update().where(table.c.id == calendar_id).values(is_visible=is_visible))


class TextReads:
    """The source texts, each kept once under its hash."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, hashes: Iterable[str]) -> dict[str, str]:
        """The texts of these hashes; one that is not kept is left out."""
        found: dict[str, str] = {}
        table = schema.texts
        with self._database.read() as connection:
            for chunk in _chunks({name for name in hashes if name}):
                for name, body in connection.execute(select(table).where(table.c.hash.in_(chunk))):
                    found[name] = zlib.decompress(body).decode("utf-8", "surrogatepass")
        return found

    def refused(self) -> set[str]:
        """Hashes of source versions that the user has taken back."""
        with self._database.read() as connection:
            return set(connection.execute(select(schema.refused_texts.c.hash)).scalars())
