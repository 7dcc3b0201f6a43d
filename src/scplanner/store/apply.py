"""Writing change sets, and walking the history back and forth. Called by services.changes and nobody else."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, update

from scplanner.domain.changes import AppliedChanges, Change, ChangeSet, Origin, Record
from scplanner.domain.events import Event, Layer
from scplanner.errors import ConflictingChange, NothingToDo
from scplanner.store import derived, schema
from scplanner.store.database import Database
from scplanner.store.rows import MAPPINGS, RecordMapping, mapping_of

_CONFLICT_HINT = "Look at it again; nothing was written."
_ID_CHUNK = 500


def apply(database: Database, change_set: ChangeSet) -> AppliedChanges:
    """Write a change set in one transaction, with its history step and all derived rows.

    Every `before` has to be what is stored (compared by version), else ConflictingChange is raised and nothing is
    written. Placeholder ids of created records are replaced; `AppliedChanges.created` says by which.
    """
    if change_set.is_empty:
        raise NothingToDo("There is nothing to change.")
    with database.write() as connection:
        step = _insert_step(connection, change_set)
        _put_texts(connection, change_set.texts)
        created_ids: dict[int, int] = {}
        touched: dict[str, set[int]] = {kind: set() for kind in MAPPINGS}
        for kind, mapping in MAPPINGS.items():
            changes = [change for change in change_set.changes if mapping_of(change.record) is mapping]
            if changes:
                touched[kind] = _write_kind(connection, step, mapping, changes, created_ids)
        if not change_set.origin.is_automatic:
            _discard_redo(connection)
        event_ids = touched["event"] | _events_of_layers(connection, touched["layer"])
        dirty = _rewritten(connection, step)
        derived.refresh(connection, dirty)
        derived.refresh_notes(connection, event_ids - dirty, touched["layer"])
    return AppliedChanges(
        step,
        change_set.title,
        change_set.origin,
        frozenset(event_ids),
        frozenset(touched["calendar"]),
        created_ids,
    )


def undo(database: Database, step: int) -> AppliedChanges:
    """Take a step back: every record returns to its state before it. ConflictingChange if one has changed since."""
    return _walk(database, step, back=True)


def redo(database: Database, step: int) -> AppliedChanges:
    """Do an undone step again. ConflictingChange if one of its records has changed since."""
    return _walk(database, step, back=False)


def mark_taken_back(database: Database, step: int, by: int) -> None:
    """Note in the history that another step took this one back."""
    with database.write() as connection:
        connection.execute(update(schema.steps).where(schema.steps.c.id == step).values(taken_back_by=by))


def refuse_texts(database: Database, hashes: Iterable[str]) -> None:
    """Remember versions of a source that the user took back, so that they are not offered again."""
    with database.write() as connection:
        rows = [{"hash": text_hash} for text_hash in hashes]
        if rows:
            connection.execute(schema.refused_texts.insert().prefix_with("OR IGNORE"), rows)


def put_texts(database: Database, texts: Mapping[str, str]) -> None:
    """Keep source texts before the records that will name them are written."""
    with database.write() as connection:
        _put_texts(connection, texts)


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
    rows = [
        {"hash": name, "body": zlib.compress(body.encode("utf-8", "surrogatepass"), 1)} for name, body in texts.items()
    ]
    if rows:
        connection.execute(schema.texts.insert().prefix_with("OR IGNORE"), rows)


def _write_kind(
    connection: Connection, step: int, mapping: RecordMapping, changes: Sequence[Change], created_ids: dict[int, int]
) -> set[int]:
    """Write all changes of one kind of record. Returns the ids touched."""
    new = [change.after for change in changes if change.before is None and change.after and change.after.id <= 0]
    back = [change.after for change in changes if change.before is None and change.after and change.after.id > 0]
    gone = [change.before for change in changes if change.after is None and change.before]
    edited = [(change.before, change.after) for change in changes if change.before and change.after]
    states = _states(connection, mapping, [r.id for r in (*back, *gone, *(before for before, _ in edited))])
    log: list[dict[str, Any]] = []

    first = _next_id(connection, mapping) if new else 0
    rows = []
    for offset, record in enumerate(new):
        record_id = first + offset
        if isinstance(record, Event) and record.id < 0:
            created_ids[record.id] = record_id
        row = mapping.to_row(_resolved(record, created_ids))
        row.update(id=record_id, version=step, deleted_by_step=None)
        rows.append(row)
        log.append(_log(step, mapping, record_id, (None, step, step), (None, step, None)))
    if rows:
        connection.execute(mapping.table.insert(), rows)

    flips: list[dict[str, Any]] = []
    for record in gone:
        version, trashed = states.get(record.id, (None, None))
        if version != record.version or trashed is not None:
            raise _conflict(record)
        flips.append({"b_id": record.id, "b_version": step, "b_deleted": step})
        log.append(_log(step, mapping, record.id, (None, version, None), (None, step, step)))
    for record in back:
        version, trashed = states.get(record.id, (None, None))
        if version is None or trashed is None:
            raise _conflict(record)
        flips.append({"b_id": record.id, "b_version": step, "b_deleted": None})
        log.append(_log(step, mapping, record.id, (None, version, trashed), (None, step, None)))
    if flips:
        connection.execute(_set_state(mapping), flips)

    rows = []
    for before, after in edited:
        version, trashed = states.get(before.id, (None, None))
        if version != before.version or trashed is not None or after.id != before.id:
            raise _conflict(before)
        old, row = mapping.to_row(before), mapping.to_row(_resolved(after, created_ids))
        log.append(_log(step, mapping, before.id, (_image(old), version, None), (_image(row), step, None)))
        rows.append(_bound(row, before.id, step, None))
    if rows:
        connection.execute(_set_row(mapping, mapping.columns), rows)

    connection.execute(schema.step_changes.insert(), log)
    return {int(entry["record_id"]) for entry in log}


def _walk(database: Database, step: int, *, back: bool) -> AppliedChanges:
    source, target = ("after", "before") if back else ("before", "after")
    with database.write() as connection:
        row = connection.execute(schema.steps.select().where(schema.steps.c.id == step)).one_or_none()
        if row is None or row.is_undone == back or row.is_discarded:
            raise NothingToDo("This step can't be undone or redone any more.")
        touched: dict[str, set[int]] = {}
        for kind, mapping in MAPPINGS.items():
            name = mapping.table.name
            changed_since = connection.exec_driver_sql(
                f"SELECT count(*) FROM step_changes s LEFT JOIN {name} r ON r.id = s.record_id "
                f"WHERE s.step_id = ? AND s.kind = ? AND (r.id IS NULL OR r.version <> s.{source}_version "
                f"OR r.deleted_by_step IS NOT s.{source}_deleted)",
                (step, kind),
            ).scalar_one()
            if changed_since:
                raise ConflictingChange(
                    f"“{row.title}” can't be {'undone' if back else 'redone'}: part of it has been changed since.",
                    "Open the history and take it back from there.",
                )
            images = connection.exec_driver_sql(
                f"SELECT record_id, {target}_image, {target}_version, {target}_deleted FROM step_changes "
                f"WHERE step_id = ? AND kind = ? AND {target}_image IS NOT NULL",
                (step, kind),
            ).all()
            if images:
                _restore_images(connection, mapping, images)
            connection.exec_driver_sql(
                f"UPDATE {name} SET version = s.{target}_version, deleted_by_step = s.{target}_deleted "
                f"FROM step_changes s WHERE s.step_id = ? AND s.kind = ? AND s.record_id = {name}.id",
                (step, kind),
            )
            ids = connection.exec_driver_sql(
                "SELECT record_id FROM step_changes WHERE step_id = ? AND kind = ?", (step, kind)
            ).scalars()
            touched[kind] = set(ids)
        connection.execute(update(schema.steps).where(schema.steps.c.id == step).values(is_undone=back))
        layer_events = _events_of_layers(connection, touched["layer"])
        dirty = _rewritten(connection, step) - _born_in(connection, step)
        derived.refresh(connection, dirty)
        derived.refresh_notes(connection, layer_events - dirty, touched["layer"])
    return AppliedChanges(
        step, row.title, Origin(row.origin), frozenset(touched["event"] | layer_events), frozenset(touched["calendar"])
    )


def _rewritten(connection: Connection, step: int) -> set[int]:
    """The events whose derived rows a step makes stale: created, edited, and overrides that came or went.

    Deleting or restoring a whole event flips a flag that reads look at; its derived rows stay as they are.
    """
    rows = connection.exec_driver_sql(
        "SELECT s.record_id FROM step_changes s JOIN events e ON e.id = s.record_id WHERE s.step_id = ? AND "
        "s.kind = 'event' AND (s.after_image IS NOT NULL OR s.before_deleted = s.step_id OR e.recurrence_id <> '')",
        (step,),
    )
    return set(rows.scalars())


def _born_in(connection: Connection, step: int) -> set[int]:
    """The plain events a step created: their derived rows outlive its undo."""
    rows = connection.exec_driver_sql(
        "SELECT s.record_id FROM step_changes s JOIN events e ON e.id = s.record_id WHERE s.step_id = ? AND "
        "s.kind = 'event' AND s.before_deleted = s.step_id AND e.recurrence_id = ''",
        (step,),
    )
    return set(rows.scalars())


def _restore_images(connection: Connection, mapping: RecordMapping, images: Iterable[Any]) -> None:
    """Put rows back as their images say. An image from before a migration leaves newer columns as they are."""
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    known = set(mapping.columns)
    for record_id, image, version, trashed in images:
        values = {name: value for name, value in json.loads(image).items() if name in known}
        by_columns.setdefault(tuple(values), []).append(_bound(values, record_id, version, trashed))
    for names, rows in by_columns.items():
        connection.execute(_set_row(mapping, names), rows)


def _discard_redo(connection: Connection) -> None:
    connection.execute(
        update(schema.steps).where(schema.steps.c.is_undone, ~schema.steps.c.is_discarded).values(is_discarded=True)
    )


def _resolved(record: Record, created_ids: Mapping[int, int]) -> Record:
    if isinstance(record, Layer) and record.event_id < 0:
        return replace(record, event_id=created_ids[record.event_id])
    return record


def _next_id(connection: Connection, mapping: RecordMapping) -> int:
    row = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (mapping.table.name,)).fetchone()
    return (row[0] if row else 0) + 1


def _states(
    connection: Connection, mapping: RecordMapping, ids: Sequence[int]
) -> dict[int, tuple[int | None, int | None]]:
    found: dict[int, tuple[int | None, int | None]] = {}
    table = mapping.table
    for start in range(0, len(ids), _ID_CHUNK):
        query = table.select().with_only_columns(table.c.id, table.c.version, table.c.deleted_by_step)
        for row in connection.execute(query.where(table.c.id.in_(ids[start : start + _ID_CHUNK]))):
            found[row[0]] = (row[1], row[2])
    return found


def _events_of_layers(connection: Connection, layer_ids: set[int]) -> set[int]:
    found: set[int] = set()
    ids = sorted(layer_ids)
    for start in range(0, len(ids), _ID_CHUNK):
        query = schema.layers.select().with_only_columns(schema.layers.c.event_id)
        found.update(connection.execute(query.where(schema.layers.c.id.in_(ids[start : start + _ID_CHUNK]))).scalars())
    return found


State = tuple[str | None, int | None, int | None]


def _log(step: int, mapping: RecordMapping, record_id: int, before: State, after: State) -> dict[str, Any]:
    return {
        "step_id": step,
        "kind": mapping.kind,
        "record_id": record_id,
        "before_image": before[0],
        "before_version": before[1],
        "before_deleted": before[2],
        "after_image": after[0],
        "after_version": after[1],
        "after_deleted": after[2],
    }


def _image(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _bound(row: Mapping[str, Any], record_id: int, version: int, trashed: int | None) -> dict[str, Any]:
    values = {f"b_{name}": value for name, value in row.items()}
    values.update(b_id=record_id, b_version=version, b_deleted=trashed)
    return values


def _set_state(mapping: RecordMapping) -> Any:
    table = mapping.table
    return (
        update(table)
        .where(table.c.id == bindparam("b_id"))
        .values(version=bindparam("b_version"), deleted_by_step=bindparam("b_deleted"))
    )


def _set_row(mapping: RecordMapping, names: Iterable[str]) -> Any:
    return _set_state(mapping).values({name: bindparam(f"b_{name}") for name in names})


def _conflict(record: Record) -> ConflictingChange:
    name = record.summary if isinstance(record, Event) else getattr(record, "name", "")
    what = f"“{name}”" if name else "What was to be changed"
    return ConflictingChange(f"{what} has been changed elsewhere meanwhile.", _CONFLICT_HINT)
