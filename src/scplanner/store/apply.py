"""Writing change sets (for services.changes alone), and walking the history back and forth (for services.history)."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, update
from sqlalchemy.exc import IntegrityError

from scplanner.domain.changes import AppliedChanges, Change, ChangeSet, Origin, Record
from scplanner.domain.events import Event, Layer
from scplanner.errors import ConflictingChange, NothingToDo
from scplanner.store import derived, schema
from scplanner.store.database import Database
from scplanner.store.derived import Stale
from scplanner.store.rows import LAYERS, MAPPINGS, RecordMapping, mapping_of

_CONFLICT_HINT = "Look at it again; nothing was written."
_ID_CHUNK = 500


def apply(
    database: Database,
    change_set: ChangeSet,
    *,
    takes_back: int | None = None,
    refused: Iterable[str] = (),
    is_first: bool = False,
) -> AppliedChanges:
    """Write a change set in one transaction, with its history step and all derived rows.

    Every `before` has to be what is stored (compared by version), else ConflictingChange is raised and nothing is
    written. Placeholder ids of created records are replaced; `AppliedChanges.created` says by which. `takes_back` is the
    step that this one takes back, `refused` the source texts that are not to be offered again because of it. `is_first`:
    it is to be the first step of all; if another program was faster, that is a conflict too.
    """
    if change_set.is_empty:
        raise NothingToDo("There is nothing to change.")
    with database.write() as connection, _conflicts():
        if is_first and connection.exec_driver_sql("SELECT 1 FROM steps").first() is not None:
            raise ConflictingChange("Another program has filled this folder meanwhile.", _CONFLICT_HINT)
        step = _insert_step(connection, change_set)
        _put_texts(connection, change_set.texts)
        created_ids: dict[int, int] = {}
        touched: dict[str, set[int]] = {kind: set() for kind in MAPPINGS}
        stale = Stale()
        for kind, mapping in MAPPINGS.items():
            changes = [change for change in change_set.changes if mapping_of(change.record) is mapping]
            if changes:
                touched[kind] = _write_kind(connection, step, mapping, changes, created_ids, stale)
        _require_calendars(connection, step)
        if takes_back is not None:
            connection.execute(_step(takes_back).values(taken_back_by=step))
            _refuse_texts(connection, refused)
        if not change_set.origin.is_automatic:
            _discard_redo(connection)
        derived.refresh(connection, stale)
    records = (record for change in change_set.changes for record in (change.before, change.after))
    layer_events = {_event_of(record, created_ids) for record in records if isinstance(record, Layer)}
    return AppliedChanges(
        step,
        change_set.title,
        change_set.origin,
        frozenset(touched["event"] | layer_events),
        frozenset(touched["calendar"]),
        created_ids,
    )


def undo(database: Database, step: int) -> AppliedChanges:
    """Take a step back: every record returns to its state before it. ConflictingChange if one has changed since."""
    return _walk(database, step, back=True)


def redo(database: Database, step: int) -> AppliedChanges:
    """Do an undone step again. ConflictingChange if one of its records has changed since."""
    return _walk(database, step, back=False)


@contextmanager
def _conflicts() -> Iterator[None]:
    """Say of what the tables forbid (a second layer of one event, say) that somebody else was faster."""
    try:
        yield
    except IntegrityError as error:
        raise ConflictingChange("This has been changed elsewhere meanwhile.", _CONFLICT_HINT) from error


def _insert_step(connection: Connection, change_set: ChangeSet) -> int:
    created = sum(change.before is None for change in change_set.changes)
    deleted = sum(change.after is None for change in change_set.changes)
    result = connection.execute(
        schema.steps.insert().values(
            time=datetime.now(UTC).isoformat(timespec="seconds"),
            title=change_set.title,
            origin=str(change_set.origin),
            created=created,
            deleted=deleted,
            changed=len(change_set.changes) - created - deleted,
            report=change_set.report,
        )
    )
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


def _put_texts(connection: Connection, texts: Mapping[str, str]) -> None:
    rows = [(name, zlib.compress(body.encode("utf-8", "surrogatepass"), 1)) for name, body in texts.items()]
    _many(connection, "INSERT OR IGNORE INTO texts(hash, body) VALUES(?, ?)", rows)


def _refuse_texts(connection: Connection, hashes: Iterable[str]) -> None:
    rows = [(text_hash,) for text_hash in hashes]
    _many(connection, "INSERT OR IGNORE INTO refused_texts(hash) VALUES(?)", rows)


def _write_kind(
    connection: Connection,
    step: int,
    mapping: RecordMapping,
    changes: Sequence[Change],
    created_ids: dict[int, int],
    stale: Stale,
) -> set[int]:
    """Write all changes of one kind of record. Returns the ids touched."""
    new = [change.after for change in changes if change.before is None and change.after and change.after.id <= 0]
    back = [change.after for change in changes if change.before is None and change.after and change.after.id > 0]
    gone = [change.before for change in changes if change.after is None and change.before]
    edited = [(change.before, change.after) for change in changes if change.before and change.after]
    states = _states(connection, mapping, [r.id for r in (*back, *gone, *(before for before, _ in edited))])
    log: list[_LogRow] = []

    flips: list[tuple[int, int | None, int]] = []
    for record in gone:
        version, trashed = states.get(record.id, (None, None))
        if version != record.version or trashed is not None:
            raise _conflict(record)
        flips.append((step, step, record.id))
        log.append((step, mapping.kind, record.id, None, version, None, None, step, step))
    for record in back:
        version, trashed = states.get(record.id, (None, None))
        if version is None or trashed is None:
            raise _conflict(record)
        flips.append((step, None, record.id))
        log.append((step, mapping.kind, record.id, None, version, trashed, None, step, None))
    stale.flip(mapping, (record.id for record in (*gone, *back)))

    updates = _Updates(mapping)
    for before, after in edited:
        version, trashed = states.get(before.id, (None, None))
        if version != before.version or trashed is not None or after.id != before.id:
            raise _conflict(before)
        old, row = mapping.difference(before, _resolved(after, created_ids))
        log.append((step, mapping.kind, before.id, _image(old), version, None, _image(row), step, None))
        updates.add(before.id, row, step, None)
        stale.edit(mapping, before.id, old, row)

    rows = []
    first = _next_id(connection, mapping) if new else 0
    for record_id, record in enumerate(new, first):
        if isinstance(record, Event) and record.id < 0:
            created_ids[record.id] = record_id
        row = mapping.to_row(_resolved(record, created_ids))
        rows.append((record_id, step, *row.values()))
        log.append((step, mapping.kind, record_id, None, step, step, None, step, None))
        stale.edit(mapping, record_id, {}, row)

    _many(connection, f"INSERT INTO step_changes({_LOG_COLUMNS}) VALUES({_marks(9)})", log)
    _step_aside(connection, mapping, step)
    _many(connection, f"UPDATE {mapping.table.name} SET version = ?, deleted_by_step = ? WHERE id = ?", flips)
    updates.write(connection)
    if rows:
        names = _quoted(("id", "version", *row))
        _many(connection, f"INSERT INTO {mapping.table.name}({names}) VALUES({_marks(len(rows[0]))})", rows)
    return {entry[2] for entry in log}


def _walk(database: Database, step: int, *, back: bool) -> AppliedChanges:
    source, target = ("after", "before") if back else ("before", "after")
    with database.write() as connection, _conflicts():
        row = connection.execute(schema.steps.select().where(schema.steps.c.id == step)).one_or_none()
        if row is None or row.is_undone == back or row.is_discarded or not row.has_images:
            raise NothingToDo("This step can't be undone or redone any more.")
        stale = Stale()
        touched: dict[str, set[int]] = {}
        layer_events = _events_of_layers(connection, step)
        for kind, mapping in MAPPINGS.items():
            name = mapping.table.name
            logged = connection.exec_driver_sql(
                f"SELECT s.record_id, s.{target}_version, s.{target}_deleted, s.{target}_image, s.{source}_image, "
                f"s.{source}_deleted IS NOT s.{target}_deleted, r.version = s.{source}_version "
                f"AND r.deleted_by_step IS s.{source}_deleted "
                f"FROM step_changes s LEFT JOIN {name} r ON r.id = s.record_id WHERE s.step_id = ? AND s.kind = ?",
                (step, kind),
            ).all()
            if not all(entry[6] for entry in logged):
                raise ConflictingChange(
                    f"“{row.title}” can't be {'undone' if back else 'redone'}: part of it has been changed since.",
                    "Open the history and take it back from there.",
                )
            touched[kind] = {entry[0] for entry in logged}
            stale.flip(mapping, (entry[0] for entry in logged if entry[5]))
            _step_aside(connection, mapping, step)
            updates, columns = _Updates(mapping), set(mapping.columns)
            for record_id, version, trashed, image, replaced, *_ in logged:
                if image:
                    values = _known(columns, image)
                    updates.add(record_id, values, version, trashed)
                    former = _known(columns, replaced) if "uid" in values or "event_id" in values else {}
                    stale.edit(mapping, record_id, former, values)
            updates.write(connection)
            connection.exec_driver_sql(
                f"UPDATE {name} SET version = s.{target}_version, deleted_by_step = s.{target}_deleted "
                f"FROM step_changes s WHERE s.step_id = ? AND s.kind = ? AND s.{target}_image IS NULL "
                f"AND s.record_id = {name}.id",
                (step, kind),
            )
        _require_calendars(connection, step)
        connection.execute(_step(step).values(is_undone=back))
        layer_events |= _events_of_layers(connection, step)
        derived.refresh(connection, stale)
    return AppliedChanges(
        step, row.title, Origin(row.origin), frozenset(touched["event"] | layer_events), frozenset(touched["calendar"])
    )


class _Updates:
    """Rows to be written over, those with the same columns together. Only the columns named are touched."""

    def __init__(self, mapping: RecordMapping) -> None:
        self._table = mapping.table.name
        self._by_columns: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}

    def add(self, record_id: int, row: Mapping[str, Any], version: int, trashed: int | None) -> None:
        """Have a row take these values and this state."""
        self._by_columns.setdefault(tuple(row), []).append((*row.values(), version, trashed, record_id))

    def write(self, connection: Connection) -> None:
        """Write them."""
        for names, rows in self._by_columns.items():
            columns = "".join(f'"{name}" = ?, ' for name in names)
            statement = f"UPDATE {self._table} SET {columns}version = ?, deleted_by_step = ? WHERE id = ?"
            _many(connection, statement, rows)


def _step_aside(connection: Connection, mapping: RecordMapping, step: int) -> None:
    """Have the layers of a step make room for each other: one event has one living layer, at every moment."""
    if mapping is LAYERS:
        connection.exec_driver_sql(
            "UPDATE layers SET deleted_by_step = 0 WHERE id IN "
            "(SELECT record_id FROM step_changes WHERE step_id = ? AND kind = 'layer')",
            (step,),
        )


def _require_calendars(connection: Connection, step: int) -> None:
    """Refuse a step that leaves events in a calendar that is in the trash: one it put there, or one it put them into."""
    found = connection.exec_driver_sql(
        "SELECT c.name, c.deleted_by_step = ? FROM calendars c "
        "JOIN events e ON e.calendar_id = c.id AND e.deleted_by_step IS NULL "
        "WHERE c.deleted_by_step IS NOT NULL AND EXISTS (SELECT 1 FROM step_changes s WHERE s.step_id = ? "
        "AND (s.kind = 'event' AND s.record_id = e.id OR s.kind = 'calendar' AND s.record_id = c.id)) LIMIT 1",
        (step, step),
    ).first()
    if found is not None:
        name, is_removed_now = found
        what = "still holds events" if is_removed_now else "has been removed meanwhile"
        raise ConflictingChange(f"The calendar “{name}” {what}.", _CONFLICT_HINT)


def _discard_redo(connection: Connection) -> None:
    table = schema.steps
    undone = table.c.is_undone & ~table.c.is_discarded
    connection.execute(update(table).where(undone).values(is_discarded=True))


def _step(step: int) -> Any:
    return update(schema.steps).where(schema.steps.c.id == step)


def _resolved(record: Record, created_ids: Mapping[int, int]) -> Record:
    if isinstance(record, Layer) and record.event_id < 0:
        return replace(record, event_id=created_ids[record.event_id])
    return record


def _event_of(layer: Layer, created_ids: Mapping[int, int]) -> int:
    return created_ids.get(layer.event_id, layer.event_id)


def _next_id(connection: Connection, mapping: RecordMapping) -> int:
    row = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (mapping.table.name,)).fetchone()
    return (row[0] if row else 0) + 1


def _states(
    connection: Connection, mapping: RecordMapping, ids: Sequence[int]
) -> dict[int, tuple[int | None, int | None]]:
    found: dict[int, tuple[int | None, int | None]] = {}
    for start in range(0, len(ids), _ID_CHUNK):
        chunk = tuple(ids[start : start + _ID_CHUNK])
        query = f"SELECT id, version, deleted_by_step FROM {mapping.table.name} WHERE id IN ({_marks(len(chunk))})"
        for row in connection.exec_driver_sql(query, chunk).all():
            found[row[0]] = (row[1], row[2])
    return found


def _events_of_layers(connection: Connection, step: int) -> set[int]:
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT l.event_id FROM step_changes s JOIN layers l ON l.id = s.record_id "
        "WHERE s.step_id = ? AND s.kind = 'layer'",
        (step,),
    )
    return set(rows.scalars())


# step, kind, id, and twice the columns that differ (as JSON), the version and the step that put it into the trash
_LogRow = tuple[int, str, int, str | None, int | None, int | None, str | None, int, int | None]
_LOG_COLUMNS = (
    "step_id, kind, record_id, before_image, before_version, before_deleted, after_image, after_version, after_deleted"
)


def _image(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _known(columns: AbstractSet[str], image: str) -> dict[str, Any]:
    """The columns in an image. One from before a migration may name columns that are no more."""
    return {name: value for name, value in json.loads(image).items() if name in columns}


def _many(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(statement, list(rows))


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _conflict(record: Record) -> ConflictingChange:
    name = record.summary if isinstance(record, Event) else getattr(record, "name", "")
    what = f"“{name}”" if name else "What was to be changed"
    return ConflictingChange(f"{what} has been changed elsewhere meanwhile.", _CONFLICT_HINT)
