"""Rows ↔ records: one mapping per kind of record, each field with the two functions that carry it across."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from typing import Any

from sqlalchemy import Table

from scplanner.domain.changes import Record
from scplanner.domain.events import (
    AttendanceMode,
    Calendar,
    CalendarKind,
    Confidence,
    DaysBy,
    Deadline,
    DeadlineKind,
    Decision,
    Event,
    EventStatus,
    Layer,
    Link,
    Registration,
    Role,
    StoredFile,
)
from scplanner.domain.temporal import VagueDate, When, from_text, to_text
from scplanner.store import schema

Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]


def _same(value: Any) -> Any:
    return value


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else "[]"


def encode_when(when: When | None) -> str:
    """A date or time as kept in a column; empty for none."""
    return "" if when is None else to_text(when)


def decode_when(text: str) -> When | None:
    """Read what `encode_when` wrote."""
    return from_text(text) if text else None


def _encode_date(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _decode_date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _decode_moment(text: str) -> datetime | None:
    when = decode_when(text)
    return when if isinstance(when, datetime) else None


def decode_strings(text: str) -> tuple[str, ...]:
    """The words in a JSON list."""
    return () if text == "[]" else tuple(json.loads(text))


def _enum(kind: Callable[[str], Any]) -> Codec:
    return (lambda value: "" if value is None else str(value), lambda text: kind(text) if text else None)


def _encode_deadlines(deadlines: Sequence[Deadline]) -> str:
    return _dump([[d.kind, to_text(d.due), d.label] for d in deadlines])


def _decode_deadlines(text: str) -> tuple[Deadline, ...]:
    if text == "[]":
        return ()
    return tuple(Deadline(DeadlineKind(kind), from_text(due), label) for kind, due, label in json.loads(text))


SAME: Codec = (_same, _same)
WHEN: Codec = (encode_when, decode_when)
DATE: Codec = (_encode_date, _decode_date)
MOMENT: Codec = (encode_when, _decode_moment)
FLAG: Codec = (_same, bool)
MAYBE_FLAG: Codec = (_same, lambda value: None if value is None else bool(value))
STRINGS: Codec = (lambda value: _dump(list(value)), decode_strings)
WHENS: Codec = (
    lambda value: _dump([to_text(when) for when in value]),
    lambda text: () if text == "[]" else tuple(from_text(when) for when in json.loads(text)),
)
DEADLINES: Codec = (_encode_deadlines, _decode_deadlines)
LINKS: Codec = (
    lambda value: _dump([[link.url, link.title] for link in value]),
    lambda text: () if text == "[]" else tuple(Link(url, title) for url, title in json.loads(text)),
)
FILES: Codec = (
    lambda value: _dump([[file.name, file.sha256, file.size] for file in value]),
    lambda text: () if text == "[]" else tuple(StoredFile(*parts) for parts in json.loads(text)),
)


@dataclass(frozen=True)
class RecordMapping:
    """How one kind of record lies in its table. `columns` leaves out id, version and deleted_by_step."""

    kind: str
    table: Table
    make: Callable[..., Any]
    codecs: Mapping[str, Codec]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold the record's content."""
        return tuple(self.codecs)

    @cached_property
    def _values(self) -> Callable[[Record], tuple[Any, ...]]:
        return attrgetter(*self.codecs)

    def to_row(self, record: Record) -> dict[str, Any]:
        """The columns of a record, without id and version."""
        return {
            name: value if encode is _same else encode(value)
            for (name, (encode, _)), value in zip(self.codecs.items(), self._values(record), strict=True)
        }

    def difference(self, before: Record, after: Record) -> tuple[dict[str, Any], dict[str, Any]]:
        """The columns in which two versions of a record differ, as they were and as they become."""
        old: dict[str, Any] = {}
        new: dict[str, Any] = {}
        values = zip(self.codecs.items(), self._values(before), self._values(after), strict=True)
        for (name, (encode, _)), was, becomes in values:
            if was is not becomes and (was_kept := encode(was)) != (kept := encode(becomes)):
                old[name], new[name] = was_kept, kept
        return old, new

    def from_row(self, row: Mapping[Any, Any]) -> Any:
        """The record in a row that has all columns."""
        values = {
            name: row[name] if decode is _same else decode(row[name]) for name, (_, decode) in self.codecs.items()
        }
        return self.make(id=row["id"], version=row["version"], **values)


class _EventMapping(RecordMapping):
    """Events keep their vague date in three columns, one for each of its parts."""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold the record's content."""
        return (*self.codecs, *_VAGUE_COLUMNS)

    def to_row(self, record: Record) -> dict[str, Any]:
        return RecordMapping.to_row(self, record) | _encode_vague(_vague(record))

    def difference(self, before: Record, after: Record) -> tuple[dict[str, Any], dict[str, Any]]:
        old, new = RecordMapping.difference(self, before, after)
        if _vague(before) != _vague(after):
            old |= _encode_vague(_vague(before))
            new |= _encode_vague(_vague(after))
        return old, new

    def from_row(self, row: Mapping[Any, Any]) -> Any:
        values = {
            name: row[name] if decode is _same else decode(row[name]) for name, (_, decode) in self.codecs.items()
        }
        vague = None
        if row["date_text"] or row["earliest"] or row["latest"]:
            vague = VagueDate(row["date_text"], _decode_date(row["earliest"]), _decode_date(row["latest"]))
        return self.make(id=row["id"], version=row["version"], vague=vague, **values)


_VAGUE_COLUMNS = ("date_text", "earliest", "latest")


def _encode_vague(vague: VagueDate | None) -> dict[str, str]:
    parts = (vague.text, _encode_date(vague.earliest), _encode_date(vague.latest)) if vague else ("", "", "")
    return dict(zip(_VAGUE_COLUMNS, parts, strict=True))


_vague = attrgetter("vague")

CALENDARS = RecordMapping(
    "calendar",
    schema.calendars,
    Calendar,
    {
        "name": SAME,
        "kind": (str, CalendarKind),
        "color": SAME,
        "is_visible": FLAG,
        "position": SAME,
        "days_by": (str, DaysBy),
        "source": SAME,
    },
)

EVENTS = _EventMapping(
    "event",
    schema.events,
    Event,
    {
        "calendar_id": SAME,
        "uid": SAME,
        "recurrence_id": WHEN,
        "summary": SAME,
        "start": WHEN,
        "end": WHEN,
        "city": SAME,
        "country": SAME,
        "topics": STRINGS,
        "status": _enum(EventStatus),
        "attendance_mode": _enum(AttendanceMode),
        "transp": SAME,
        "series": SAME,
        "parent_uid": SAME,
        "rrule": SAME,
        "confidence": _enum(Confidence),
        "edition": SAME,
        "location": SAME,
        "venue": SAME,
        "latitude": SAME,
        "longitude": SAME,
        "url": SAME,
        "links": LINKS,
        "classification": SAME,
        "deadlines": DEADLINES,
        "organizer": SAME,
        "sequence": SAME,
        "last_modified": MOMENT,
        "rdates": WHENS,
        "exdates": WHENS,
        "is_this_and_future": FLAG,
        "source": SAME,
        "checked": DATE,
        "text_hash": SAME,
        "shell_hash": SAME,
        "base_hash": SAME,
        "remark": SAME,
        "description": SAME,
    },
)

LAYERS = RecordMapping(
    "layer",
    schema.layers,
    Layer,
    {
        "event_id": SAME,
        "recurrence_id": WHEN,
        "decision": _enum(Decision),
        "registration": _enum(Registration),
        "travel_before": SAME,
        "travel_after": SAME,
        "is_hidden": FLAG,
        "role": _enum(Role),
        "attended": MAYBE_FLAG,
        "hotel_booked": FLAG,
        "travel_booked": FLAG,
        "budget": SAME,
        "budget_currency": SAME,
        "deadlines": DEADLINES,
        "done": STRINGS,
        "tags": STRINGS,
        "files": FILES,
        "links": LINKS,
        "note": SAME,
    },
)

MAPPINGS: dict[str, RecordMapping] = {mapping.kind: mapping for mapping in (CALENDARS, EVENTS, LAYERS)}


def mapping_of(record: Record) -> RecordMapping:
    """The mapping for a record's kind."""
    if isinstance(record, Event):
        return EVENTS
    return LAYERS if isinstance(record, Layer) else CALENDARS
