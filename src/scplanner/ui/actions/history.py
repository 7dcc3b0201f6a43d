"""Undo and redo with their names, the history and the trash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from scplanner.domain.changes import AppliedChanges, HistoryStep, UndoState
from scplanner.ui.actions.facts import FactsReader
from scplanner.ui.commands import CommandId
from scplanner.ui.context import Context
from scplanner.ui.messages import Action

if TYPE_CHECKING:
    from scplanner.ui.window import MainWindow


class HistoryActions(QObject):
    """Walks the user's own steps; the words of both commands say which is next."""

    def __init__(self, context: Context, window: MainWindow, facts: FactsReader) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        commands = context.commands
        commands.on(CommandId.UNDO, self.undo)
        commands.on(CommandId.REDO, self.redo)
        commands.on(CommandId.HISTORY, self._open_history)
        commands.on(CommandId.TRASH, self._open_trash)
        commands.set_enabled(CommandId.UNDO, False)
        commands.set_enabled(CommandId.REDO, False)
        facts.changed.connect(lambda seen: self._show(seen.undo))
        context.bus.applied.connect(lambda _applied: self._refresh())

    def undo(self) -> None:
        """Take the last step back."""
        from scplanner.services import history

        inspector = self._window.inspector.inspector
        if inspector is not None:
            inspector.flush()
        workspace = self._context.workspace
        self._context.tasks.write(lambda: history.undo(workspace), lambda applied: self._told(applied, is_undo=True))

    def redo(self) -> None:
        """Do the step that was taken back once more."""
        from scplanner.services import history

        workspace = self._context.workspace
        self._context.tasks.write(lambda: history.redo(workspace), lambda applied: self._told(applied, is_undo=False))

    def _told(self, applied: AppliedChanges, *, is_undo: bool) -> None:
        commands = self._context.commands
        if is_undo:
            text, back = self.tr("Undone: {title}"), Action(self.tr("Redo"), lambda: commands.trigger(CommandId.REDO))
        else:
            text, back = self.tr("Redone: {title}"), Action(self.tr("Undo"), lambda: commands.trigger(CommandId.UNDO))
        self._context.messages.tell(text.replace("{title}", applied.title), back, topic="undo")

    def _refresh(self) -> None:
        """Name the next steps at once: a message that offers Undo is shown right after this."""
        from scplanner.services import history

        if self._context.is_open:
            self._show(history.state(self._context.workspace))

    def _show(self, state: UndoState) -> None:
        self._name(CommandId.UNDO, self.tr("Undo"), state.undo)
        self._name(CommandId.REDO, self.tr("Redo"), state.redo)

    def _name(self, command: CommandId, verb: str, step: HistoryStep | None) -> None:
        self._context.commands.set_text(command, f"{verb} {_inside(step.title)}" if step is not None else verb)
        self._context.commands.set_enabled(command, step is not None)

    def _open_history(self) -> None:
        from scplanner.ui.dialogs.history import HistoryDialog

        HistoryDialog(self._context, self._window).run()

    def _open_trash(self) -> None:
        from scplanner.ui.dialogs.trash import TrashDialog

        TrashDialog(self._context, self._window).run()


def _inside(title: str) -> str:
    """A title as it stands within a sentence: "Import of …" → "import of …", "EURESFO: …" as it is."""
    if len(title) > 1 and title[0].isupper() and title[1].islower():
        return title[0].lower() + title[1:]
    return title
