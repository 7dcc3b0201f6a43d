"""The window as a program: puts context, window, controllers and data together, and runs until the window closes."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from scplanner.paths import UserPaths, resources_dir
from scplanner.settings import load_settings
from scplanner.ui.actions.calendars import CalendarActions
from scplanner.ui.actions.events import EventActions
from scplanner.ui.actions.facts import FactsReader
from scplanner.ui.actions.history import HistoryActions
from scplanner.ui.actions.navigation import NavigationActions
from scplanner.ui.actions.program import ProgramActions
from scplanner.ui.actions.transfer import TransferActions
from scplanner.ui.context import Context
from scplanner.ui.garbage import GuiThreadCollector
from scplanner.ui.opening import Opener
from scplanner.ui.single_instance import SingleInstance
from scplanner.ui.window import MainWindow

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtCore import QMessageLogContext

log = logging.getLogger(__name__)
_QT_LEVELS = {QtMsgType.QtWarningMsg: logging.WARNING, QtMsgType.QtCriticalMsg: logging.ERROR}


class Planner:
    """One running window with all that belongs to it."""

    def __init__(self, paths: UserPaths, *, today: date | None = None, files: Sequence[Path] = ()) -> None:
        self.context = Context(paths, load_settings(paths.settings), today=today)
        self.context.theme.apply()
        self.window = MainWindow(self.context)
        self.facts = FactsReader(self.context, self.window)
        self.navigation = NavigationActions(self.context, self.window, self.facts)
        self.transfer = TransferActions(self.context, self.window)
        self.events = EventActions(self.context, self.window)
        self.history = HistoryActions(self.context, self.window, self.facts)
        self.calendars = CalendarActions(self.context, self.window, self.facts)
        self.program = ProgramActions(self.context, self.window)
        self.opener = Opener(self.context, self.facts, today, self.window)
        self._files = list(files)
        self.opener.opened.connect(self._begin)
        self.window.first_painted.connect(self.opener.open)
        self.window.first_painted.connect(self.window.views.prepare)

    def _begin(self) -> None:
        self.navigation.restore()
        if self._files:
            self.window.open_files(self._files)
            self._files = []

    def receive(self, files: Sequence[Path]) -> None:
        """Come forward, and import what a second start was given."""
        self.window.bring_to_front()
        if self.context.is_open:
            self.window.open_files(files)
        else:
            self._files += files

    def close(self) -> None:
        """Save the settings and close the data."""
        inspector = self.window.inspector.inspector
        if inspector is not None:
            inspector.flush()
        self.context.save_settings_now()
        self.opener.close()


def run_window(paths: UserPaths, *, today: date | None = None, files: Sequence[Path] = ()) -> int:
    """Open the window and run until it is closed. If one is open on this folder, hand the files to it instead."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("scplanner")
    app.setApplicationDisplayName("Smart City Planner")
    app.setDesktopFileName("scplanner")
    qInstallMessageHandler(_log_qt)
    instance = SingleInstance(paths.lock)
    if not instance.acquire():
        if instance.hand_over(files):
            return 0
        log.info("the other window does not answer; opening a second one")
    _translate(app)
    collector = GuiThreadCollector(app)
    planner = Planner(paths, today=today, files=files)

    def unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            app.quit()
            return
        planner.context.messages.show_error(error.with_traceback(trace))

    sys.excepthook = unexpected
    instance.files_received.connect(planner.receive)
    _time_start(planner)
    planner.window.show()
    status = app.exec()
    planner.close()
    collector.stop()
    instance.release()
    return status


def _time_start(planner: Planner) -> None:
    wanted = os.environ.get("SCPLANNER_TIMING", "")
    if wanted:
        from scplanner.ui.start_clock import StartClock

        StartClock(planner.context, planner.window, planner.facts, quits=wanted == "quit")


def _translate(app: QApplication) -> None:
    """Load Qt's own words and ours for the user's language, where there are any."""
    for name, folder in (
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("scplanner", str(resources_dir() / "translations")),
    ):
        translator = QTranslator(app)
        if translator.load(QLocale(), name, "_", folder):
            app.installTranslator(translator)


def _log_qt(kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
    logging.getLogger("qt").log(_QT_LEVELS.get(kind, logging.INFO), "%s", text)
