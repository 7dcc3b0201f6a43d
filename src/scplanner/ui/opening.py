"""Opening the data behind a window that is already there, and what to do when they cannot be opened."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from scplanner.domain.temporal import DayRange
from scplanner.errors import CorruptDatabase, NewerDatabase, PlannerError
from scplanner.ui.actions.facts import FactsReader
from scplanner.ui.commands import CommandId
from scplanner.ui.context import Context
from scplanner.ui.messages import Action, Message, Tone
from scplanner.ui.tasks import Task

if TYPE_CHECKING:
    from scplanner.services.backups import Backup
    from scplanner.services.workspace import Workspace

_POLL_MS = 1000
_FACTS_AFTER_MS = 40
_WARM_DAYS = 42


class Opener(QObject):
    """Opens the workspace in the write lane. `opened()` once it is there and the views may be made."""

    opened = Signal()

    def __init__(self, context: Context, facts: FactsReader, today: date | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._facts = facts
        self._today = today
        self._poll_timer = QTimer(self, interval=_POLL_MS)
        self._poll_timer.timeout.connect(self._poll)

    def open(self) -> None:
        """Open the data; the libraries that this takes are imported in the lane too."""
        paths, today = self._context.paths, self._today

        def run(task: Task) -> Workspace:
            from scplanner.services.opening import open_workspace

            workspace = open_workspace(paths, today=today, progress=task.report)
            _warm_up(workspace)
            return workspace

        self._context.messages.dismiss_topic("opening")
        self._context.tasks.write.long(run, self._done, self._failed, title=self.tr("Opening your calendar…"))

    def close(self) -> None:
        """Close the data, after whatever is being written."""
        self._poll_timer.stop()
        self._context.tasks.close()
        if self._context.is_open:
            workspace = self._context.workspace
            self._context.set_workspace(None)
            workspace.close()

    def _done(self, workspace: Workspace) -> None:
        from scplanner.services import queries

        self._context.theme.set_calendar_colors({c.id: c.color for c in queries.calendars(workspace)})
        self._context.set_workspace(workspace)
        self.opened.emit()
        # The view first: what is counted around it would take turns with its painting.
        QTimer.singleShot(_FACTS_AFTER_MS, self, self._facts.refresh)
        self._poll_timer.start()
        QTimer.singleShot(1500, self, self._do_upkeep)

    def _do_upkeep(self) -> None:
        from scplanner.services import upkeep

        if not self._context.is_open:
            return
        workspace = self._context.workspace

        def done(made: upkeep.Upkeep) -> None:
            if made.catalogue is not None and made.catalogue.applied is not None:
                self._context.bus.publish_applied(made.catalogue.applied)
            elif made.backup is not None:
                self._facts.refresh()

        self._context.tasks.write(lambda: upkeep.run(workspace), done)

    def _poll(self) -> None:
        from scplanner.domain.changes import AppliedChanges
        from scplanner.services import changes

        if not self._context.is_open or self._context.tasks.is_busy:
            return
        try:
            if changes.poll(self._context.workspace):
                self._context.bus.publish_applied(AppliedChanges(None))
        except PlannerError as error:
            self._poll_timer.stop()
            self._context.messages.show_error(error)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, PlannerError):
            self._context.messages.show_error(error)
            return
        if isinstance(error, NewerDatabase):
            action = Action(self.tr("Quit"), lambda: self._context.commands.trigger(CommandId.QUIT))
        elif isinstance(error, CorruptDatabase):
            self._offer_backup(error)
            return
        else:
            action = Action(self.tr("Try again"), self.open)
        self._context.messages.show(Message(error.message, error.hint, action, Tone.BAD, stays=True, topic="opening"))

    def _offer_backup(self, error: PlannerError) -> None:
        from scplanner.services import recovery

        # Whether a backup is whole is known once all of it was read.
        paths, title = self._context.paths, self.tr("Looking for a backup…")
        self._context.tasks.io(
            lambda: recovery.find_usable_backup(paths), lambda kept: self._tell_damage(error, kept), title=title
        )

    def _tell_damage(self, error: PlannerError, kept: Backup | None) -> None:
        from scplanner.ui.formatting import format_moment

        if kept is not None:
            when = format_moment(kept.time)
            hint = self.tr("The last backup is of {when}. The damaged file is kept beside it.").replace("{when}", when)
            action = Action(self.tr("Restore it"), lambda: self._recover())
        else:
            hint = self.tr("There is no backup. The damaged file is kept, and you begin with a fresh calendar.")
            action = Action(self.tr("Begin afresh"), lambda: self._recover())
        self._context.messages.show(Message(error.message, hint, action, Tone.BAD, stays=True, topic="opening"))

    def _recover(self) -> None:
        from scplanner.services import recovery

        paths, today = self._context.paths, self._today
        self._context.tasks.write.long(
            lambda task: recovery.recover(paths, today=today, progress=task.report),
            self._done,
            self._failed,
            title=self.tr("Restoring the last backup…"),
        )


def _warm_up(workspace: Workspace) -> None:
    """Read what the first view is about to ask for, so that the GUI thread finds it quickly."""
    from scplanner.services import queries

    try:
        anchor = date.fromisoformat(workspace.settings.anchor)
    except ValueError:
        return
    first = anchor.replace(day=1)
    queries.occurrences(workspace, DayRange(first, first).widened(_WARM_DAYS))
