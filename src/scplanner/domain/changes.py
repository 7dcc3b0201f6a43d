"""Change sets: the only way anything of the user's is written (docs/adr/0001)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from scplanner.domain.events import Calendar, Event, Layer

Record: TypeAlias = Calendar | Event | Layer


class Origin(StrEnum):
    """Who made a step. Only the user's and the command line's steps are walked by undo."""

    USER = "user"
    CLI = "cli"
    IMPORT = "import"
    FEED = "feed"
    CATALOGUE = "catalogue"

    @property
    def is_automatic(self) -> bool:
        """Made without the user's word: stays out of the undo stack and never clears redo."""
        return self in (Origin.FEED, Origin.CATALOGUE)


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after. Before None: created. After None: deleted (it goes to the trash).

    A created record carries a placeholder id of 0 or below; a Layer made in the same set for a created event
    names the event by that (negative, distinct) placeholder.
    """

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The record meant: as it will be, or as it was if it goes."""
        record = self.after if self.after is not None else self.before
        assert record is not None, "a change has a before or an after"
        return record


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What one act of the user, or one refresh of a source, changes. Applied whole or not at all.

    `title` is what undo and history say, in the user's language. `texts` holds the source texts that the records name
    by hash and that the store may not have yet.
    """

    title: str
    changes: tuple[Change, ...]
    origin: Origin = Origin.USER
    texts: Mapping[str, str] = field(default_factory=dict)
    report: str = ""

    @property
    def is_empty(self) -> bool:
        """It changes nothing."""
        return not self.changes


@dataclass(frozen=True, slots=True)
class AppliedChanges:
    """What a committed change touched: enough for every view to decide whether to read again.

    `created` maps placeholder ids of new events to the ids the store gave them. `step` is None when the
    writer was another program (ids then unknown: read everything again).
    """

    step: int | None
    title: str = ""
    origin: Origin = Origin.USER
    events: frozenset[int] = frozenset()
    calendars: frozenset[int] = frozenset()
    created: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """A step of the history, newest first where listed. `time` is in UTC."""

    id: int
    time: datetime
    title: str
    origin: Origin
    created: int = 0
    changed: int = 0
    deleted: int = 0
    is_undone: bool = False
    is_taken_back: bool = False
    has_images: bool = True
    report: str = ""


@dataclass(frozen=True, slots=True)
class UndoState:
    """What undo and redo would do next; None where there is nothing."""

    undo: HistoryStep | None = None
    redo: HistoryStep | None = None


def created(records: Iterable[Record]) -> tuple[Change, ...]:
    """The changes that create these records."""
    return tuple(Change(None, record) for record in records)


def deleted(records: Iterable[Record]) -> tuple[Change, ...]:
    """The changes that delete these records."""
    return tuple(Change(record, None) for record in records)
