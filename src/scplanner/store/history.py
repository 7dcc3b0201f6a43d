"""Reading the history: steps, what undo and redo would do, and the images of a step; and letting old images go."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, delete, exists, select, update

from scplanner.domain.changes import Change, HistoryStep, Origin, UndoState
from scplanner.store import schema
from scplanner.store.database import Database
from scplanner.store.rows import MAPPINGS, RecordMapping

KEPT_STEPS = 100
KEPT_DAYS = 180

_AUTOMATIC = [str(origin) for origin in Origin if origin.is_automatic]
_taker = schema.steps.alias()
# As long as the step that took it back has not been undone itself.
_IS_TAKEN_BACK = exists().where(_taker.c.id == schema.steps.c.taken_back_by, ~_taker.c.is_undone)
_STEPS = select(schema.steps, _IS_TAKEN_BACK.label("is_taken_back"))


class HistoryReads:
    """The steps of the history, and what they changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self) -> UndoState:
        """The steps that undo and redo would walk next."""
        table = schema.steps
        own = _STEPS.where(table.c.origin.not_in(_AUTOMATIC), table.c.has_images)
        done = own.where(~table.c.is_undone, ~_IS_TAKEN_BACK).order_by(table.c.id.desc()).limit(1)
        undone = own.where(table.c.is_undone, ~table.c.is_discarded).order_by(table.c.id).limit(1)
        return UndoState(self._find(done), self._find(undone))

    def step(self, step_id: int) -> HistoryStep | None:
        """One step, or None."""
        return self._find(_STEPS.where(schema.steps.c.id == step_id))

    def steps(self, limit: int = 200) -> list[HistoryStep]:
        """The latest steps, newest first."""
        with self._database.read() as connection:
            query = _STEPS.order_by(schema.steps.c.id.desc()).limit(limit)
            return [_step(row) for row in connection.execute(query)]

    def changes(self, step_id: int) -> tuple[Change, ...]:
        """What a step changed, as records. Both sides of a created or deleted record come from its present row."""
        changes: list[Change] = []
        with self._database.read() as connection:
            for kind, mapping in MAPPINGS.items():
                table, log = mapping.table, schema.step_changes
                query = (
                    select(log, *(table.c[name].label(f"r_{name}") for name in mapping.columns))
                    .join(table, table.c.id == log.c.record_id)
                    .where(log.c.step_id == step_id, log.c.kind == kind)
                )
                changes.extend(_change(mapping, row) for row in connection.execute(query))
        return tuple(changes)

    def forget_old_images(self, now: datetime) -> int:
        """Drop what is needed to undo steps older than 180 days beyond the last 100. Titles and reports stay."""
        table, log = schema.steps, schema.step_changes
        before = (now.astimezone(UTC) - timedelta(days=KEPT_DAYS)).isoformat(timespec="seconds")
        with self._database.read() as connection:
            newest = select(table.c.id).order_by(table.c.id.desc()).limit(1).offset(KEPT_STEPS)
            bound = connection.execute(newest).scalar()
            if bound is None:
                return 0
            old = select(table.c.id).where(table.c.id <= bound, table.c.time < before, table.c.has_images)
            ids = list(connection.execute(old).scalars())
        if ids:
            with self._database.write() as connection:
                connection.execute(delete(log).where(log.c.step_id.in_(ids)))
                connection.execute(update(table).where(table.c.id.in_(ids)).values(has_images=False))
        return len(ids)

    def _find(self, query: Select[Any]) -> HistoryStep | None:
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _step(row)


def _step(row: Row[Any]) -> HistoryStep:
    return HistoryStep(
        row.id,
        datetime.fromisoformat(row.time),
        row.title,
        Origin(row.origin),
        row.created,
        row.changed,
        row.deleted,
        row.is_undone,
        row.is_taken_back,
        row.has_images,
        row.report,
    )


def _change(mapping: RecordMapping, row: Row[Any]) -> Change:
    present = {name: getattr(row, f"r_{name}") for name in mapping.columns}

    def record(image: str | None, version: int) -> Any:
        values: Mapping[str, Any] = {**present, **json.loads(image)} if image else present
        return mapping.from_row({"id": row.record_id, "version": version, **values})

    before = record(row.before_image, row.before_version) if row.before_deleted is None else None
    after = record(row.after_image, row.after_version) if row.after_deleted is None else None
    return Change(before, after)
