"""The derived tables: occurrences, expansions and the search index. All of it can be made again from the rest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import tzdata
from sqlalchemy import Connection

from scplanner.domain.folding import fold, has_unspaced_script
from scplanner.domain.temporal import DayRange, TimeSpan, When, from_text, to_text
from scplanner.store import schema

UNKNOWN_DAY = date.max.toordinal()

Instance = tuple[When, TimeSpan, int | None]


def derived_version() -> str:
    """What the derived tables were made with: their format and the zone data."""
    return f"{schema.DERIVED_FORMAT}/{tzdata.IANA_VERSION}"


def refresh(connection: Connection, event_ids: Iterable[int]) -> None:
    """Make occurrences and search rows of these events anew. Series are left to be expanded on demand."""
    ids = set(event_ids)
    if not ids:
        return
    _remember(connection, ids)
    _refresh_occurrences(connection)
    _refresh_search(connection)


def refresh_notes(connection: Connection, event_ids: Iterable[int], layer_ids: Iterable[int]) -> None:
    """Make the search rows anew of those events whose layers' words differ from what is indexed."""
    if not set(layer_ids):
        return
    ids = set(event_ids)
    _remember(connection, ids)
    notes = _notes(connection)
    stored = connection.exec_driver_sql("SELECT id, note FROM search_rows WHERE id IN (SELECT id FROM temp.touched)")
    stale = {row[0] for row in stored if fold(notes.get(row[0], "")) != row[1]}
    if stale:
        _remember(connection, stale)
        _refresh_search(connection)


def rebuild(connection: Connection) -> None:
    """Make every derived row anew."""
    ids = set(connection.exec_driver_sql("SELECT id FROM events").scalars())
    for table in ("occurrences", "expansions", "search_rows"):
        connection.exec_driver_sql(f"DELETE FROM {table}")
    for index in ("search_index", "search_trigrams"):
        connection.exec_driver_sql(f"INSERT INTO {index}({index}) VALUES('delete-all')")
    refresh(connection, ids)
    connection.exec_driver_sql(
        "INSERT INTO meta(key, value) VALUES('derived', ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        (derived_version(),),
    )


def is_current(connection: Connection) -> bool:
    """Whether the derived tables were made by this program with this zone data."""
    row = connection.exec_driver_sql("SELECT value FROM meta WHERE key = 'derived'").fetchone()
    return row is not None and row[0] == derived_version()


def put_expansion(
    connection: Connection, event_id: int, covered: DayRange, instances: Sequence[Instance], problem: str
) -> None:
    """Replace the occurrences of a series by these, and note which days they cover."""
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


def _refresh_occurrences(connection: Connection) -> None:
    # An override changes how its series is expanded: the series is to be expanded again.
    masters = connection.exec_driver_sql(
        "SELECT DISTINCT m.id FROM temp.touched t JOIN events o ON o.id = t.id AND o.recurrence_id <> '' "
        "JOIN events m ON m.uid = o.uid AND m.recurrence_id = '' AND m.calendar_id = o.calendar_id "
        "AND m.deleted_by_step IS NULL"
    ).scalars()
    stale = [(master,) for master in masters]
    connection.exec_driver_sql("DELETE FROM occurrences WHERE event_id IN (SELECT id FROM temp.touched)")
    connection.exec_driver_sql("DELETE FROM expansions WHERE event_id IN (SELECT id FROM temp.touched)")
    if stale:
        connection.exec_driver_sql("DELETE FROM occurrences WHERE event_id = ?", stale)
        connection.exec_driver_sql("DELETE FROM expansions WHERE event_id = ?", stale)
    # Plain events stand for themselves; an override only where its series is missing.
    events = connection.exec_driver_sql(
        'SELECT e.id, e.recurrence_id, e.start, e."end", e.earliest, e.latest FROM temp.touched t '
        "JOIN events e ON e.id = t.id WHERE e.rrule = '' AND e.rdates = '[]' AND (e.recurrence_id = '' OR NOT EXISTS "
        "(SELECT 1 FROM events m WHERE m.uid = e.uid AND m.recurrence_id = '' AND m.calendar_id = e.calendar_id "
        "AND m.deleted_by_step IS NULL))"
    )
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
    events = connection.exec_driver_sql(
        "SELECT id, summary, location, venue, city, series, edition, organizer, topics, remark, description "
        f"FROM events WHERE {which}"
    )
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
