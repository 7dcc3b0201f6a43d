"""Undo, redo and taking back any step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from scplanner.domain.changes import AppliedChanges, Change, ChangeSet, HistoryStep, Record, UndoState
from scplanner.domain.events import Calendar, Event, Layer
from scplanner.errors import ConflictingChange, NothingToDo
from scplanner.services import changes
from scplanner.services.workspace import Workspace
from scplanner.store import apply as store_apply

_BOOKKEEPING = frozenset({"id", "version", "text_hash", "last_modified", "sequence"})


def state(ws: Workspace) -> UndoState:
    """What undo and redo would do next."""
    return ws.store.history.state()


def steps(ws: Workspace, limit: int = 200) -> list[HistoryStep]:
    """The latest steps, newest first."""
    return ws.store.history.steps(limit)


def undo(ws: Workspace) -> AppliedChanges:
    """Undo the latest step of the user's own. NothingToDo if there is none, ConflictingChange if it was overtaken."""
    step = state(ws).undo
    if step is None:
        raise NothingToDo("There is nothing to undo.")
    return store_apply.undo(ws.store.database, step.id)


def redo(ws: Workspace) -> AppliedChanges:
    """Redo the latest undone step. NothingToDo if there is none."""
    step = state(ws).redo
    if step is None:
        raise NothingToDo("There is nothing to redo.")
    return store_apply.redo(ws.store.database, step.id)


def take_back(ws: Workspace, step_id: int) -> AppliedChanges:
    """Take back any step by a new one, field by field where records have changed since.

    A field that was changed again since is left as it is; if that is all there was, ConflictingChange is raised. What an
    automatic step brought is remembered and not offered again until its source changes.
    """
    step = ws.store.history.step(step_id)
    if step is None:
        raise NothingToDo(f"There is no step {step_id} in the history.", "See: scplanner history")
    if step.is_undone or step.is_taken_back:
        raise NothingToDo(f"“{step.title}” has been taken back already.")
    if not step.has_images:
        raise NothingToDo(f"“{step.title}” is too old to be taken back.", "Its details are no longer kept.")
    made = ws.store.history.changes(step_id)
    stored = _stored_now(ws, made)
    inverse = [
        found
        for change in made
        if (found := _inverse(change, stored.get((type(change.record), change.record.id)))) is not None
    ]
    if not inverse:
        raise ConflictingChange(
            f"“{step.title}” can't be taken back: everything in it has been changed since.", "Change it by hand."
        )
    refused = _source_texts(made) if step.origin.is_automatic else ()
    change_set = ChangeSet(f"Take back: {step.title}", tuple(inverse))
    return changes.apply(ws, change_set, takes_back=step_id, refused=refused)


def _source_texts(made: Sequence[Change]) -> list[str]:
    return [c.after.base_hash for c in made if isinstance(c.after, Event) and c.after.base_hash]


def _inverse(change: Change, now: Record | None) -> Change | None:
    """The change that takes this one back from what stands now; None if nothing of it is left."""
    before, after = change.before, change.after
    if after is None:
        return Change(None, before) if now is None else None
    if now is None:
        return None
    if before is None:
        return Change(now, None) if now.version == after.version else None
    if now.version == after.version:
        return Change(now, replace(before, version=now.version))
    restored = now
    for spec in fields(now):
        name = spec.name
        if name in _BOOKKEEPING:
            continue
        was, became, stands = getattr(before, name), getattr(after, name), getattr(now, name)
        if was != became and stands == became:
            restored = replace(restored, **{name: was})
    return None if restored == now else Change(now, restored)


def _stored_now(ws: Workspace, made: Sequence[Change]) -> dict[tuple[type[Record], int], Record]:
    """What stands now of the records a step touched, read at once: a step may hold ten thousand."""
    touched = [change.record for change in made]
    stored: list[Record] = [*ws.store.events.by_ids([record.id for record in touched if isinstance(record, Event)])]
    stored += ws.store.layers.of_events({record.event_id for record in touched if isinstance(record, Layer)})
    if any(isinstance(record, Calendar) for record in touched):
        stored += ws.store.calendars.all()
    return {(type(record), record.id): record for record in stored}
