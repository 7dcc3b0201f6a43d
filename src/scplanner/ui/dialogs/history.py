"""All steps, the newest first, with the way back from each."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from scplanner.domain.changes import HistoryStep, Origin
from scplanner.errors import PlannerError
from scplanner.ui.commands import CommandId
from scplanner.ui.context import Context
from scplanner.ui.dialogs.base import PlannerDialog
from scplanner.ui.formatting import format_moment
from scplanner.ui.messages import Action
from scplanner.ui.widgets.row_table import Column, RowTable


class HistoryDialog(PlannerDialog):
    """Undo and redo walk the user's own steps in order; "Take back" reaches for any step."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("HistoryDialog", "History")
        super().__init__(title, parent)
        self._context = context
        self.say(self.tr("Undo and Redo walk through your own steps in order. Take back reaches for any one step."))
        self.table: RowTable[HistoryStep] = RowTable(
            (
                Column(self.tr("When"), lambda step: format_moment(step.time)),
                Column(self.tr("What"), lambda step: step.title, stretches=True),
                Column(self.tr("By"), self._origin),
                Column(self.tr("Records"), self._numbers),
                Column(self.tr("State"), self._state),
            ),
            title,
            is_muted=lambda step: step.is_undone or step.is_taken_back,
        )
        self.body.addWidget(self.table)
        self._undo = self.add_button("", lambda: context.commands.trigger(CommandId.UNDO), is_left=True)
        self._redo = self.add_button("", lambda: context.commands.trigger(CommandId.REDO), is_left=True)
        self._take_back = self.add_button(self.tr("Take back"), self._take)
        self.add_close_button()
        self.table.row_changed.connect(self._enable)
        context.bus.applied.connect(self._reload)
        for command in (CommandId.UNDO, CommandId.REDO):
            context.commands.action(command).changed.connect(self._enable)
        self.resize(820, 520)
        self._reload()
        self.table.setFocus()

    def _reload(self, _applied: object = None) -> None:
        from scplanner.services import history

        self.table.show_rows(history.steps(self._context.workspace))
        self._enable()

    def _enable(self) -> None:
        for button, command in ((self._undo, CommandId.UNDO), (self._redo, CommandId.REDO)):
            action = self._context.commands.action(command)
            words = self.fontMetrics().elidedText(
                self._context.commands.words(command), Qt.TextElideMode.ElideRight, 260
            )
            button.setText(words.replace("&", "&&"))
            button.setAccessibleName(self._context.commands.words(command))
            button.setEnabled(action.isEnabled())
        chosen = self.table.chosen()
        self._take_back.setEnabled(
            bool(chosen) and not chosen[0].is_undone and not chosen[0].is_taken_back and chosen[0].has_images
        )

    def _take(self) -> None:
        from scplanner.services import history

        chosen = self.table.chosen()
        if not chosen:
            return
        context, number = self._context, chosen[0].id
        workspace = context.workspace
        undo = Action(self.tr("Undo"), lambda: context.commands.trigger(CommandId.UNDO))
        text = self.tr("Taken back: {title}").replace("{title}", chosen[0].title)

        def done(_applied: object) -> None:
            context.messages.tell(text, undo, topic="undo")

        context.tasks.write(lambda: history.take_back(workspace, number), done, self._failed)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, PlannerError):
            self.say(str(error))
        else:
            self._context.messages.show_error(error)

    def _origin(self, step: HistoryStep) -> str:
        return {
            Origin.USER: self.tr("you"),
            Origin.CLI: self.tr("command line"),
            Origin.IMPORT: self.tr("import"),
            Origin.FEED: self.tr("feed"),
            Origin.CATALOGUE: self.tr("catalogue"),
        }[step.origin]

    def _numbers(self, step: HistoryStep) -> str:
        words = (
            (step.created, self.tr("%Ln new", "", step.created)),
            (step.changed, self.tr("%Ln changed", "", step.changed)),
            (step.deleted, self.tr("%Ln deleted", "", step.deleted)),
        )
        return ", ".join(text for count, text in words if count)

    def _state(self, step: HistoryStep) -> str:
        if step.is_taken_back:
            return self.tr("taken back")
        if step.is_undone:
            return self.tr("undone")
        return "" if step.has_images else self.tr("too old to take back")
