"""Writing events out as an .ics file: the kept source texts as they are, so that nothing is lost."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from scplanner.domain.events import Event, OccurrenceKey
from scplanner.domain.query import EventFilter
from scplanner.domain.temporal import sort_key
from scplanner.errors import DiskFull, NothingToDo, PlannerError
from scplanner.formats import ics
from scplanner.services import queries, recurrence
from scplanner.services.workspace import Workspace

DEFAULT_NAME = "scplanner.ics"
"""What a file is called that is written into a folder."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written: how many components, and where."""

    count: int
    paths: tuple[Path, ...]


def chosen_events(
    ws: Workspace,
    event_filter: EventFilter | None = None,
    *,
    keys: Collection[OccurrenceKey] = (),
    uids: Collection[str] = (),
) -> list[Event]:
    """The events a filter admits, and those of these keys and uids; each series whole, with its overrides.

    NothingToDo if there is none; a uid that is nowhere is an error that names it.
    """
    ids = {key.event_id for key in keys}
    if event_filter is not None:
        if event_filter.range is not None:
            recurrence.cover(ws, event_filter.range)
        ids |= {occurrence.key.event_id for occurrence in queries.agenda(ws, event_filter)}
    events = {event.id: event for event in ws.store.events.by_ids(ids)}
    named = ws.store.events.by_uids(uids)
    missing = sorted(set(uids) - {event.uid for event in named})
    if missing:
        raise NothingToDo(f"There is no event {', '.join(missing)}.", "List them: scplanner events")
    events |= {event.id: event for event in named}
    series = {(event.calendar_id, event.uid) for event in events.values() if event.is_of_series}
    if series:
        related = ws.store.events.by_uids({uid for _, uid in series})
        events |= {event.id: event for event in related if (event.calendar_id, event.uid) in series}
    if not events:
        raise NothingToDo("No event is chosen; nothing was written.", "Widen the filter.")
    return sorted(events.values(), key=_order)


def to_bytes(ws: Workspace, events: Collection[Event], *, name: str = "") -> bytes:
    """One calendar of the kept texts of these events, with the time zones they came with."""
    texts = ws.store.texts.get({kept for event in events for kept in (event.text_hash, event.shell_hash)})
    parts = [
        (texts.get(event.text_hash) or ics.write_event(event), texts.get(event.shell_hash, "")) for event in events
    ]
    return ics.write_calendar(parts, name=name)


def export_events(
    ws: Workspace,
    target: Path,
    event_filter: EventFilter | None = None,
    *,
    keys: Collection[OccurrenceKey] = (),
    uids: Collection[str] = (),
    overwrite: bool = False,
) -> ExportReport:
    """Write the chosen events (see `chosen_events`) to a file, or into a folder as `scplanner.ics`.

    The file appears whole or not at all. One that exists is refused unless `overwrite`. DiskFull if there is no room.
    """
    try:
        path = target / DEFAULT_NAME if target.is_dir() else target
        is_there = path.exists()
    except OSError as error:
        raise _unwritable(target, error) from error
    if is_there and not overwrite:
        raise PlannerError(
            f"{path} exists already.", "Choose another name, or --force to replace it; nothing was written."
        )
    events = chosen_events(ws, event_filter, keys=keys, uids=uids)
    write_whole(path, to_bytes(ws, events))
    return ExportReport(len(events), (path,))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that at no moment it is there in part: beside it first, then renamed.

    A link stays one, what it leads to is written; a device or a pipe is written to as it is.
    """
    path = path.resolve()
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        try:
            with part.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> PlannerError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(f"The disk is full; {path.name} was not written.", "Free some space, then try again.")
    return PlannerError(
        f"{path} can't be written: {error.strerror or error}.", "Choose another folder, or close the file elsewhere."
    )


def _order(event: Event) -> tuple[object, ...]:
    """By day, undated ones last; a series before its overrides."""
    is_undated = event.start is None
    return (
        is_undated,
        () if event.start is None else sort_key(event.start),
        event.uid,
        event.recurrence_id is not None,
        event.id,
    )
