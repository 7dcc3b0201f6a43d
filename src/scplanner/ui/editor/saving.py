"""From what the sections say to what the services do: every change is one undoable step, written in the write lane."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from scplanner.domain.changes import AppliedChanges
from scplanner.domain.events import Decision, OccurrenceKey, StoredFile
from scplanner.domain.temporal import to_text
from scplanner.errors import NothingToDo, PlannerError
from scplanner.ui.editor.addresses import is_world_address
from scplanner.ui.editor.edits import EventEdit

if TYPE_CHECKING:
    from scplanner.domain.events import EventDetails
    from scplanner.services.events import Scope
    from scplanner.ui.context import Context


class Saver(QObject):
    """Writes edits. `settled` when nothing is on its way any more; `moved` when what was edited has another key now.

    An edit is put onto what is stored at the moment it is written, field by field: two quick edits, or an edit here and
    one in another window, do not undo each other.
    """

    settled = Signal()
    moved = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pending = 0

    @property
    def is_busy(self) -> bool:
        """Whether something is on its way."""
        return self._pending > 0

    def edit_layer(self, key: OccurrenceKey, fields: Mapping[str, Any], title: str) -> None:
        """Give fields of the user's layer new values."""
        workspace = self._context.workspace

        def job() -> AppliedChanges:
            from scplanner.services import events, queries

            return events.save_layer(workspace, key, replace(queries.layer_for(workspace, key), **fields), title)

        self._write(job)

    def decide(self, key: OccurrenceKey, decision: Decision | None) -> None:
        """Set the decision."""
        workspace = self._context.workspace

        def job() -> AppliedChanges:
            from scplanner.services import events

            return events.decide(workspace, [key], decision)

        self._write(job)

    def edit_event(self, key: OccurrenceKey, details: EventDetails, change: EventEdit, scope: Scope) -> None:
        """Give fields of the event new values; `scope` says for how much of a series."""
        fields = change.fields
        workspace = self._context.workspace

        def job() -> AppliedChanges:
            from scplanner.services import events, queries

            shown = queries.details(workspace, key)
            if shown is None:
                raise NothingToDo("The event is gone.")
            return events.save_event(workspace, key, replace(shown.event, **fields), scope, change.title)

        self._write(job, lambda applied: self._follow(key, details, fields, scope, applied))

    def take_back(self, event_id: int) -> None:
        """Give up one's own edits of an event that follows a source."""
        workspace = self._context.workspace

        def job() -> AppliedChanges:
            from scplanner.services import events

            return events.revert_to_source(workspace, event_id)

        self._write(job)

    def duplicate(self, key: OccurrenceKey) -> None:
        """Make an own event like it, and show that."""
        workspace = self._context.workspace

        def job() -> AppliedChanges:
            from scplanner.services import events

            return events.duplicate(workspace, key)

        self._write(job, lambda applied: self._move_to(next(iter(applied.created.values()), None)))

    def attach(self, key: OccurrenceKey, paths: tuple[Path, ...]) -> None:
        """Keep copies of files with the event; each is a step of its own."""
        workspace = self._context.workspace
        for path in paths:

            def job(path: Path = path) -> AppliedChanges:
                from scplanner.services import attachments

                return attachments.attach(workspace, key, path)

            self._write(job, title=self.tr("Keeping {name}").format(name=path.name))

    def detach(self, key: OccurrenceKey, file: StoredFile) -> None:
        """Keep a file no longer."""
        workspace = self._context.workspace

        def job() -> AppliedChanges:
            from scplanner.services import attachments

            return attachments.detach(workspace, key, file)

        self._write(job)

    def open_file(self, file: StoredFile) -> None:
        """Open a copy of a kept file with the system's program for it."""
        self._copy(file, lambda path: self._open(QUrl.fromLocalFile(str(path))))

    def save_file(self, file: StoredFile, target: Path) -> None:
        """Write a copy of a kept file where the user wants it."""

        def done(path: Path) -> None:
            self._context.messages.tell(self.tr("Saved {name}").format(name=path.name))

        self._copy(file, done, target)

    def open_address(self, url: str) -> None:
        """Open a web or mail address; nothing else is ever handed to the system."""
        if is_world_address(url):
            self._open(QUrl(url))

    def _copy(self, file: StoredFile, done: Callable[[Path], None], target: Path | None = None) -> None:
        workspace = self._context.workspace

        def job() -> Path:
            import shutil

            from scplanner.services import attachments

            copy = attachments.open_path(workspace, file)
            if target is None:
                return copy
            try:
                shutil.copyfile(copy, target)
            except OSError as error:
                raise PlannerError(
                    f"{target.name} could not be written: {error.strerror}.", "Choose another place."
                ) from error
            return target

        self._context.tasks.io(job, done)

    def _open(self, url: QUrl) -> None:
        if not QDesktopServices.openUrl(url):
            self._context.messages.warn(self.tr("The system has no program to open this with."))

    def _write(
        self,
        job: Callable[[], AppliedChanges],
        done: Callable[[AppliedChanges], None] | None = None,
        *,
        title: str = "",
    ) -> None:
        self._pending += 1

        def on_done(applied: AppliedChanges) -> None:
            self._pending -= 1
            if done is not None:
                done(applied)
            self._tell()

        def on_error(error: BaseException) -> None:
            self._pending -= 1
            if not isinstance(error, NothingToDo):
                self._context.tasks.on_unhandled(error)
            self._tell()

        self._context.tasks.write(job, on_done, on_error, title=title)

    def _tell(self) -> None:
        if not self._pending:
            self.settled.emit()

    def _move_to(self, event_id: int | None, recurrence_id: str = "") -> None:
        if event_id is not None:
            self.moved.emit(OccurrenceKey(event_id, recurrence_id))

    def _follow(
        self,
        key: OccurrenceKey,
        details: EventDetails,
        fields: Mapping[str, Any],
        scope: Scope,
        applied: AppliedChanges,
    ) -> None:
        """An occurrence is named by where it stood in its series: a moved series names it anew."""
        from scplanner.services.events import Scope as Scopes

        if not key.recurrence_id or scope is Scopes.THIS:
            return
        start = fields.get("start", details.event.start)
        if scope is Scopes.FOLLOWING and applied.created:
            self._move_to(max(applied.created.values()), to_text(start) if start is not None else "")
        elif "start" in fields or "rrule" in fields:
            is_own = details.event.recurrence_id is not None
            self._move_to(key.event_id, "" if start is None or is_own else to_text(start))
