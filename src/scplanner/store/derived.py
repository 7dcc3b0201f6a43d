"""The derived tables: occurrences, expansions and the search index. All of it can be made again from the rest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import tzdata
from sqlalchemy import Connection

from scplanner.domain.folding import fold, has_unspaced_script
from scplanner.domain.temporal import DayRange, TimeSpan, When, from_text, to_text
from scplanner.store import schema
from scplanner.store.rows import EVENTS, LAYERS, RecordMapping

UNKNOWN_DAY = date.max.toordinal()

Instance = tuple[When, TimeSpan, int | None]


def derived_version() -> str:
    """What the derived tables were made with: their format and the zone data."""
    return f"{schema.DERIVED_FORMAT}/{tzdata.IANA_VERSION}"


# The columns that say on which days an event stands, and those whose words are searched.
_PLACING = frozenset(
    {"calendar_id", "uid", "recurrence_id", "start", "end", "earliest", "latest", "rrule", "rdates", "exdates"}
    | {"is_this_and_future"}
)
_SEARCHED = (
    "summary",
    "location",
    "venue",
    "city",
    "series",
    "edition",
    "organizer",
    "topics",
    "remark",
    "description",
)
_WORDS = frozenset(_SEARCHED)
_TEXTS = frozenset({"text_hash", "shell_hash"})
_NOTES = frozenset({"event_id", "note", "tags"})


@dataclass(slots=True)
class Stale:
    """What a step changed, as far as derived rows depend on it.

    Whole events that came or went (`flipped`) keep their derived rows, for reads look at the flag; but an override that
    came or went changes its series, and a series its overrides.
    """

    moved: set[int] = field(default_factory=set)
    worded: set[int] = field(default_factory=set)
    retexted: set[int] = field(default_factory=set)
    flipped: set[int] = field(default_factory=set)
    flipped_layers: set[int] = field(default_factory=set)
    former_uids: set[str] = field(default_factory=set)

    def edit(self, mapping: RecordMapping, record_id: int, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Note that these columns of a row have changed; of a new one, all."""
        if mapping is EVENTS:
            if not _PLACING.isdisjoint(new):
                self.moved.add(record_id)
            elif not _TEXTS.isdisjoint(new):
                self.retexted.add(record_id)
            if not _WORDS.isdisjoint(new):
                self.worded.add(record_id)
            if "uid" in old:
                self.former_uids.add(old["uid"])
        elif mapping is LAYERS and not _NOTES.isdisjoint(new):
            if "event_id" in old:
                self.worded |= {old["event_id"], new["event_id"]}
            self.flipped_layers.add(record_id)

    def flip(self, mapping: RecordMapping, record_ids: Iterable[int]) -> None:
        """Note that these rows went into the trash or came back."""
        if mapping is EVENTS:
            self.flipped.update(record_ids)
        elif mapping is LAYERS:
            self.flipped_layers.update(record_ids)


def refresh(connection: Connection, stale: Stale) -> None:
    """Make the occurrences and search rows that are stale anew. Series are left to be expanded on demand."""
    moved = stale.moved | _families(connection, stale)
    if moved:
        _remember(connection, moved)
        _refresh_occurrences(connection)
    worded = stale.worded | _noted(connection, stale.flipped_layers)
    if worded:
        _remember(connection, worded)
        _refresh_search(connection)


def rebuild(connection: Connection) -> None:
    """Make every derived row anew."""
    ids = set(connection.exec_driver_sql("SELECT id FROM events").scalars())
    for table in ("occurrences", "expansions", "search_rows"):
        connection.exec_driver_sql(f"DELETE FROM {table}")
    for index in ("search_index", "search_trigrams"):
        connection.exec_driver_sql(f"INSERT INTO {index}({index}) VALUES('delete-all')")
    refresh(connection, Stale(moved=ids, worded=ids))
    connection.exec_driver_sql(
        "INSERT INTO meta(key, value) VALUES('derived', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        (derived_version(),),
    )


def is_current(connection: Connection) -> bool:
    """Whether the derived tables were made by this program with this zone data."""
    row = connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'derived'").fetchone()
    return row is not None and row[0] == derived_version()


def put_expansion(
    connection: Connection, versions: Mapping[int, int], covered: DayRange, instances: Sequence[Instance], problem: str
) -> None:
    """Replace the occurrences of a series by these, and note which days they cover.

    `versions` are those of the records they were worked out from, the series first. If one of them has changed meanwhile
    nothing is written: the series is still to be worked out then.
    """
    event_id = next(iter(versions))
    family = connection.exec_driver_sql(
        "SELECT e.id, e.version FROM events m JOIN events e INDEXED BY events_by_uid "
        "ON e.uid = m.uid AND e.calendar_id = m.calendar_id AND e.deleted_by_step IS NULL "
        "AND (e.id = m.id OR e.recurrence_id <> '') WHERE m.id = ?",
        (event_id,),
    )
    if {row[0]: row[1] for row in family} != dict(versions):
        return
    connection.exec_driver_sql("DELETE FROM occurrences WHERE event_id = ?", (event_id,))
    rows = [
        _occurrence(event_id, to_text(recurrence_id), shown_id or event_id, span)
        for recurrence_id, span, shown_id in instances
    ]
    _insert_occurrences(connection, rows)
    connection.exec_driver_sql(
        "INSERT INTO expansions(event_id, first_day, last_day, problem) VALUES(?, ?, ?, ?) "
        "ON CONFLICT(event_id) DO UPDATE SET first_day = excluded.first_day, last_day = excluded.last_day, "
        "problem = excluded.problem",
        (event_id, covered.first.toordinal(), covered.last.toordinal(), problem),
    )


def _remember(connection: Connection, ids: Iterable[int]) -> None:
    connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS touched(id INTEGER PRIMARY KEY)")
    connection.exec_driver_sql("DELETE FROM temp.touched")
    rows = [(event_id,) for event_id in ids]
    if rows:
        connection.exec_driver_sql("INSERT INTO temp.touched VALUES(?)", rows)


def _families(connection: Connection, stale: Stale) -> set[int]:
    """The series and overrides that what was changed belongs to, where one depends on the other."""
    _remember(connection, stale.retexted)
    found = set(
        connection.exec_driver_sql(
            "SELECT e.id FROM temp.touched t JOIN events e ON e.id = t.id "
            "WHERE e.rrule <> '' OR e.rdates <> '[]' OR e.recurrence_id <> ''"
        ).scalars()
    )
    _remember(connection, stale.moved | stale.flipped | found)
    connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS families(uid TEXT PRIMARY KEY)")
    connection.exec_driver_sql("DELETE FROM temp.families")
    connection.exec_driver_sql(
        "INSERT INTO temp.families SELECT f.uid "
        "FROM (SELECT DISTINCT e.uid FROM temp.touched t JOIN events e ON e.id = t.id) f "
        "WHERE EXISTS (SELECT 1 FROM events o WHERE o.uid = f.uid AND o.recurrence_id > '')"
    )
    # Few families in a large calendar: the order of a CROSS JOIN is kept, so that they are looked up, not searched for.
    if stale.former_uids:
        uids = [(uid,) for uid in stale.former_uids]
        connection.exec_driver_sql("INSERT OR IGNORE INTO temp.families VALUES(?)", uids)
    rows = connection.exec_driver_sql(
        "SELECT e.id FROM temp.families f CROSS JOIN events e ON e.uid = f.uid "
        "WHERE e.recurrence_id <> '' OR e.rrule <> '' OR e.rdates <> '[]'"
    )
    return found | set(rows.scalars())


def _refresh_occurrences(connection: Connection) -> None:
    for table in ("occurrences", "expansions"):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE event_id IN (SELECT id FROM temp.touched)")
    # Plain events stand for themselves; an override only where its series is missing.
    events = connection.exec_driver_sql(
        'SELECT e.id, e.recurrence_id, e.start, e."end", e.earliest, e.latest FROM temp.touched t '
        "JOIN events e ON e.id = t.id WHERE (e.start = '' OR (e.rrule = '' AND e.rdates = '[]') "
        "OR e.recurrence_id <> '') AND (e.recurrence_id = '' OR NOT EXISTS "
        "(SELECT 1 FROM events m WHERE m.uid = e.uid AND m.recurrence_id = '' AND m.calendar_id = e.calendar_id "
        "AND (m.rrule <> '' OR m.rdates <> '[]') AND m.start <> '' AND m.deleted_by_step IS NULL))"
    ).all()
    rows = []
    for event_id, recurrence_id, start, end, earliest, latest in events:
        if start:
            span = TimeSpan(from_text(start), from_text(end) if end else None)
            rows.append(_occurrence(event_id, recurrence_id, event_id, span))
        else:
            first = date.fromisoformat(earliest or latest).toordinal() if earliest or latest else UNKNOWN_DAY
            last = date.fromisoformat(latest or earliest).toordinal() if earliest or latest else UNKNOWN_DAY
            rows.append((event_id, recurrence_id, event_id, first, last, "", ""))
    _insert_occurrences(connection, rows)


def _occurrence(event_id: int, recurrence_id: str, shown_id: int, span: TimeSpan) -> tuple[Any, ...]:
    first, last = span.days_in(None)
    end = "" if span.end is None else to_text(span.end)
    return (event_id, recurrence_id, shown_id, first.toordinal(), last.toordinal(), to_text(span.start), end)


def _insert_occurrences(connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(
            'INSERT INTO occurrences(event_id, recurrence_id, shown_id, first_day, last_day, start, "end") '
            "VALUES(?, ?, ?, ?, ?, ?, ?)",
            list(rows),
        )


def _notes(connection: Connection) -> dict[int, str]:
    """What the user wrote about each touched event, in any of its layers."""
    words: dict[int, list[str]] = {}
    rows = connection.exec_driver_sql(
        "SELECT l.event_id, l.note, l.tags FROM layers l JOIN temp.touched t ON t.id = l.event_id "
        "WHERE l.deleted_by_step IS NULL AND (l.note <> '' OR l.tags <> '[]')"
    )
    for event_id, note, tags in rows:
        words.setdefault(event_id, []).extend([note, *json.loads(tags)])
    return {event_id: " ".join(parts) for event_id, parts in words.items()}


def _noted(connection: Connection, layer_ids: AbstractSet[int]) -> set[int]:
    """The events of those layers that have words in them, or had some in the index."""
    if not layer_ids:
        return set()
    _remember(connection, layer_ids)
    rows = connection.exec_driver_sql(
        "SELECT l.event_id FROM temp.touched t JOIN layers l ON l.id = t.id JOIN search_rows s ON s.id = l.event_id "
        "WHERE l.note <> '' OR l.tags <> '[]' OR s.note <> ''"
    )
    return set(rows.scalars())


def _refresh_search(connection: Connection) -> None:
    columns = schema.SEARCH_COLUMNS
    which = "id IN (SELECT id FROM temp.touched)"
    for index, condition in (("search_index", which), ("search_trigrams", f"{which} AND is_unspaced")):
        connection.exec_driver_sql(
            f"INSERT INTO {index}({index}, rowid, {columns}) "
            f"SELECT 'delete', id, {columns} FROM search_rows WHERE {condition}"
        )
    connection.exec_driver_sql(f"DELETE FROM search_rows WHERE {which}")
    notes = _notes(connection)
    events = connection.exec_driver_sql(f"SELECT id, {', '.join(_SEARCHED)} FROM events WHERE {which}").all()
    rows = []
    for event_id, summary, location, venue, city, series, edition, organizer, topics, remark, description in events:
        place = location if city in location and venue in location else f"{location} {venue} {city}"
        topic_words = " ".join(json.loads(topics)) if topics != "[]" else ""
        body = " ".join(part for part in (series, edition, organizer, topic_words, remark, description) if part)
        texts = [fold(summary), fold(place.strip()), fold(body), fold(notes.get(event_id, ""))]
        rows.append((event_id, *texts, any(not t.isascii() and has_unspaced_script(t) for t in texts)))
    if rows:
        connection.exec_driver_sql(
            f"INSERT INTO search_rows(id, {columns}, is_unspaced) VALUES(?, ?, ?, ?, ?, ?)", rows
        )
    for index, condition in (("search_index", which), ("search_trigrams", f"{which} AND is_unspaced")):
        connection.exec_driver_sql(
            f"INSERT INTO {index}(rowid, {columns}) SELECT id, {columns} FROM search_rows WHERE {condition}"
        )
