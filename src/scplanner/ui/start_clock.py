"""Telling how long the start took: for measuring, with SCPLANNER_TIMING in the environment (see CONTRIBUTING.md)."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from scplanner.ui.actions.facts import FactsReader
from scplanner.ui.context import Context
from scplanner.ui.window import MainWindow

_QUIET_MS = 400


class StartClock(QObject):
    """Writes one line to stderr once the window rests: seconds since the process began, and the memory it takes.

    `painted` is the frame of the window, `month` the first picture of a view with its events, `settled` the last change that
    is seen: the last painting of the view, or the facts around it.
    """

    def __init__(self, context: Context, window: MainWindow, facts: FactsReader, *, quits: bool) -> None:
        super().__init__(window)
        self._context, self._window, self._facts, self._quits = context, window, facts, quits
        self._began = time.time() - _age()
        self._marks: dict[str, float] = {}
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._rest)
        window.first_painted.connect(self._note_frame)
        window.views.view_changed.connect(self._watch_view)
        facts.changed.connect(lambda _facts: self._note_change())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note that the view is painted."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._note_picture)
        return False

    def _watch_view(self) -> None:
        view = self._window.views.current
        if "month" not in self._marks and view is not None:
            for child in view.findChildren(QWidget, "qt_scrollarea_viewport"):
                child.installEventFilter(self)

    def _note_frame(self) -> None:
        self._mark("painted")
        self._quiet.start()

    def _note_picture(self) -> None:
        if "month" not in self._marks:
            self._mark("month")
        self._note_change()

    def _note_change(self) -> None:
        self._mark("settled")
        self._quiet.start()

    def _mark(self, name: str) -> None:
        self._marks[name] = time.time() - self._began

    def _rest(self) -> None:
        is_awaited = self._context.is_open and (self._facts.facts is None or "month" not in self._marks)
        if self._context.tasks.is_busy or is_awaited:
            self._quiet.start()
            return
        times = " ".join(f"{name}={seconds:.3f}" for name, seconds in self._marks.items())
        sys.stderr.write(f"{times} memory={_memory():.1f}\n")
        self.deleteLater()
        if self._quits:
            QApplication.quit()


def _age() -> float:
    """Seconds since this process began; where the system does not say, the time its processor has worked for it."""
    try:
        import os

        ticks = int(Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()[19])
        return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, AttributeError):
        return time.process_time()


def _memory() -> float:
    """Megabytes of memory in use; 0 where the system does not say."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS")), 0.0)
