"""Copies of the database: what there is, one more now, and going back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from scplanner.errors import PlannerError
from scplanner.ui.context import Context
from scplanner.ui.dialogs.base import PlannerDialog
from scplanner.ui.formatting import format_moment, format_size
from scplanner.ui.widgets.row_table import Column, RowTable

if TYPE_CHECKING:
    from scplanner.services.backups import Backup


class BackupsDialog(PlannerDialog):
    """Backups hold everything but attached files and settings. Restoring keeps a copy of the present state first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("BackupsDialog", "Backups")
        super().__init__(title, parent)
        self._context = context
        self._is_sure = False
        self.table: RowTable[Backup] = RowTable(
            (
                Column(self.tr("Made"), lambda backup: format_moment(backup.time)),
                Column(self.tr("File"), lambda backup: backup.path.name, stretches=True),
                Column(self.tr("Size"), lambda backup: format_size(backup.size)),
            ),
            title,
        )
        self.body.addWidget(self.table)
        self._now = self.add_button(self.tr("Back up now"), self._make, is_left=True)
        self._restore = self.add_button(self.tr("Restore…"), self._go_back)
        self.add_close_button()
        self.table.row_changed.connect(self._choose)
        self.resize(680, 420)
        self._reload()
        self.table.setFocus()

    def _reload(self) -> None:
        from scplanner.services import backups

        self.table.show_rows(backups.list_backups(self._context.paths.backups))

    def _choose(self) -> None:
        self._is_sure = False
        self._restore.setText(self.tr("Restore…"))
        self._restore.setEnabled(bool(self.table.chosen()))
        self.say(
            self.tr("One is made each day the program is opened, and before anything risky; the last ten are kept.")
        )

    def _make(self) -> None:
        from scplanner.services import backups

        workspace = self._context.workspace
        self._now.setEnabled(False)
        self._context.tasks.write(lambda: backups.make_now(workspace), self._made, self._failed)

    def _made(self, backup: Backup) -> None:
        self._now.setEnabled(True)
        self._reload()
        self.say(self.tr("Saved as {name}.").replace("{name}", str(backup.path)))

    def _go_back(self) -> None:
        chosen = self.table.chosen()
        if not chosen:
            return
        if not self._is_sure:
            self._is_sure = True
            when = format_moment(chosen[0].time)
            self.say(
                self.tr(
                    "Go back to the state of {when}? What was done since will be gone from here; a copy of the "
                    "present state is kept among the backups."
                ).replace("{when}", when)
            )
            self._restore.setText(self.tr("Restore this one"))
            return
        from scplanner.services import backups

        context, source, text = self._context, chosen[0].path, self.tr("The backup was restored.")
        workspace = context.workspace

        def done(_applied: object) -> None:
            context.select(None)
            context.messages.tell(text)

        title = self.tr("Restoring the backup…")
        context.tasks.write(lambda: backups.restore_from(workspace, source), done, title=title)
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self._now.setEnabled(True)
        if isinstance(error, PlannerError):
            self.say(str(error))
        else:
            self._context.messages.show_error(error)
