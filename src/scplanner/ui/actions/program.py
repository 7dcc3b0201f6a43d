"""What concerns the program as a whole: settings, lists, help, backups, the data folder, the end."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from scplanner.domain.events import OccurrenceKey
from scplanner.ui.commands import CommandId
from scplanner.ui.context import Context

if TYPE_CHECKING:
    from scplanner.domain.planning import Clash
    from scplanner.services.queries import DueRow
    from scplanner.ui.window import MainWindow


class ProgramActions(QObject):
    """Opens the dialogs; their modules are imported when they are first wanted."""

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._is_crash_shown = False
        commands = context.commands
        commands.on(CommandId.SETTINGS, self._settings)
        commands.on(CommandId.BACKUPS, self._backups)
        commands.on(CommandId.SHORTCUTS, self._shortcuts)
        commands.on(CommandId.ABOUT, self._about)
        commands.on(CommandId.CLASHES, self._clashes)
        commands.on(CommandId.DEADLINES, self._deadlines)
        commands.on(CommandId.OPEN_DATA_FOLDER, self._open_folder)
        commands.on(CommandId.QUIT, window.close)
        context.messages.on_crash = self.show_crash

    def show_crash(self, error: BaseException) -> None:
        """Show the report of an error nobody had foreseen; one at a time."""
        if self._is_crash_shown:
            return
        from scplanner.ui.dialogs.crash import CrashDialog

        self._is_crash_shown = True
        try:
            CrashDialog(error, str(self._context.paths.log), self._window).run()
        finally:
            self._is_crash_shown = False

    def _settings(self) -> None:
        from scplanner.ui.dialogs.settings import SettingsDialog

        SettingsDialog(self._context, self._window).run()

    def _backups(self) -> None:
        from scplanner.ui.dialogs.backups import BackupsDialog

        if self._context.is_open:
            BackupsDialog(self._context, self._window).run()

    def _shortcuts(self) -> None:
        from scplanner.ui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._window).run()

    def _about(self) -> None:
        from scplanner.ui.dialogs.about import AboutDialog

        AboutDialog(self._context, self._window).run()

    def _clashes(self) -> None:
        if not self._context.is_open:
            return
        from scplanner.services import queries

        workspace = self._context.workspace
        self._context.tasks.io(lambda: queries.clashes(workspace), self._show_clashes)

    def _show_clashes(self, clashes: list[Clash]) -> None:
        from scplanner.ui.dialogs.planning import ClashesDialog

        dialog = ClashesDialog(clashes, self._window)
        dialog.event_chosen.connect(self._show_event)
        dialog.run()

    def _deadlines(self) -> None:
        if not self._context.is_open:
            return
        from scplanner.services import queries

        workspace = self._context.workspace
        self._context.tasks.io(lambda: queries.deadlines(workspace), self._show_deadlines)

    def _show_deadlines(self, rows: list[DueRow]) -> None:
        from scplanner.ui.dialogs.planning import DeadlinesDialog

        dialog = DeadlinesDialog(rows, self._context.today(), self._window)
        dialog.event_chosen.connect(self._show_event)
        dialog.run()

    def _show_event(self, key: OccurrenceKey, day: date | None) -> None:
        self._window.views.show_event(key, day)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._context.paths.root)))
