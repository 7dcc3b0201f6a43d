"""What rail, header and status line show of the data: read away from the GUI thread after each change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from scplanner.domain.changes import UndoState
from scplanner.domain.events import Calendar
from scplanner.domain.temporal import day_of
from scplanner.errors import PlannerError
from scplanner.ui.context import Context

if TYPE_CHECKING:
    from scplanner.domain.planning import Clash
    from scplanner.services.queries import Counts, DueRow
    from scplanner.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Facts:
    """The numbers and names around the views."""

    calendars: tuple[Calendar, ...]
    counts: Counts
    clashes: tuple[Clash, ...]
    deadlines: tuple[DueRow, ...]
    next_deadline: DueRow | None
    undo: UndoState
    last_backup: datetime | None


def read_facts(workspace: Workspace) -> Facts:
    """Read them all."""
    from scplanner.services import backups, history, queries

    today = workspace.today()
    due = [row for row in queries.deadlines(workspace, include_done=False) if day_of(row.deadline.due) >= today]
    kept = backups.list_backups(workspace.paths.backups)
    return Facts(
        tuple(queries.calendars(workspace)),
        queries.counts(workspace),
        tuple(queries.clashes(workspace)),
        tuple(due),
        due[0] if due else None,
        history.state(workspace),
        kept[0].time if kept else None,
    )


class FactsReader(QObject):
    """Reads the facts again whenever something changed; several changes at once are one reading. `changed(Facts)`."""

    changed = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._is_reading = False
        self._is_stale = False
        self.facts: Facts | None = None
        context.bus.applied.connect(lambda _applied: self.refresh())
        context.bus.settings_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Read again, soon."""
        if not self._context.is_open:
            return
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading = True
        workspace = self._context.workspace
        self._context.tasks.io(lambda: read_facts(workspace), self._done, self._failed)

    def take(self, facts: Facts) -> None:
        """Use facts that were read elsewhere (at opening)."""
        self.facts = facts
        self.changed.emit(facts)

    def _done(self, facts: Facts) -> None:
        self._is_reading = False
        self.take(facts)
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    def _failed(self, error: BaseException) -> None:
        self._is_reading = False
        if not isinstance(error, PlannerError) or self._context.messages.current is None:
            self._context.messages.show_error(error)
        if self._is_stale:
            self._is_stale = False
            self.refresh()
