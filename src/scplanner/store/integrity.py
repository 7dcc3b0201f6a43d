"""Checks of the database against itself."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from scplanner.store import derived
from scplanner.store.database import Database

_OCCURRENCES = 'SELECT event_id, recurrence_id, shown_id, first_day, last_day, start, "end" FROM occurrences'
_PLAIN = f"{_OCCURRENCES} WHERE event_id NOT IN (SELECT event_id FROM expansions) ORDER BY 1, 2"
_SEARCH = "SELECT id, title, place, body, note FROM search_rows ORDER BY id"


def file_damage(database: Database) -> list[str]:
    """What SQLite's own integrity check says; empty if the file is whole."""
    with database.read() as connection:
        rows = list(connection.exec_driver_sql("PRAGMA integrity_check").scalars())
    return [] if rows == ["ok"] else [str(row) for row in rows]


def broken_references(database: Database) -> list[str]:
    """Rows that name what is not there: foreign keys, and texts that are gone."""
    with database.read() as connection:
        keys = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        missing = connection.exec_driver_sql(
            "SELECT count(*) FROM events WHERE text_hash <> '' AND text_hash NOT IN (SELECT hash FROM texts)"
        ).scalar_one()
    found = [f"A row of {row[0]} belongs to a row of {row[2]} that is gone" for row in keys]
    if missing:
        found.append(f"{missing} events have lost their source text")
    return found


def mend_derived(database: Database) -> list[str]:
    """Make the derived tables anew if they differ from what they derive from. Returns which did."""
    wrong: list[str] = []
    with database.write() as connection:
        before, is_whole = _state(connection), _indexes_are_whole(connection)
        connection.exec_driver_sql("SAVEPOINT mending")
        derived.rebuild(connection)
        after = _state(connection)
        if before[0] != after[0]:
            wrong.append("The list of occurrences")
        if before[1] != after[1] or not is_whole:
            wrong.append("The search index")
        if not wrong:
            # Nothing to mend: series stay as far worked out as they are.
            connection.exec_driver_sql("ROLLBACK TO mending")
        connection.exec_driver_sql("RELEASE mending")
    return wrong


def _state(connection: Connection) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    series = set(connection.exec_driver_sql("SELECT id FROM events WHERE rrule <> '' OR rdates <> '[]'").scalars())
    plain = [tuple(row) for row in connection.exec_driver_sql(_PLAIN) if row[0] not in series]
    return plain, [tuple(row) for row in connection.exec_driver_sql(_SEARCH)]


def _indexes_are_whole(connection: Connection) -> bool:
    # The trigrams hold only some of the rows, so they are compared with themselves, and which rows they hold is counted.
    checks = (
        "INSERT INTO search_index(search_index, rank) VALUES('integrity-check', 1)",
        "INSERT INTO search_trigrams(search_trigrams) VALUES('integrity-check')",
    )
    try:
        for check in checks:
            connection.exec_driver_sql(check)
    except DatabaseError:
        return False
    held = set(connection.exec_driver_sql("SELECT id FROM search_trigrams_docsize").scalars())
    return held == set(connection.exec_driver_sql("SELECT id FROM search_rows WHERE is_unspaced").scalars())
