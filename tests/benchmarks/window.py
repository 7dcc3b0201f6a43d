"""The real program, watched: when its month stands, what it then weighs, and how long a month's step takes.

usage: python window.py FOLDER BEGAN [STEPS]    (BEGAN: what `time.perf_counter()` said when this was started)

It is started as `python -m scplanner --data-dir FOLDER` starts it; only a look at the painting of the month is added.
"""

from __future__ import annotations

import json
import sys
import time

BEGAN, STEPS = float(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0

from scplanner.main import main  # noqa: E402  as the program's own entry does


def now() -> float:
    """Seconds since the parent started this."""
    return time.perf_counter() - BEGAN


def watch() -> None:
    """Have the program call back when its data is open. Imports what the program is about to import anyway."""
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    from scplanner.ui import application

    class Watch(QObject):
        """Notes when the grid of the month was last painted, and ends the program when it rests."""

        def __init__(self, planner: application.Planner) -> None:
            super().__init__()
            self._planner = planner
            self._told: dict[str, object] = {"opened": now(), "steps": []}
            self._painted = 0.0
            self._began = 0.0
            self._slowest = 0.0
            self._rest = QTimer(self, singleShot=True, interval=400)
            self._rest.timeout.connect(self._rested)
            planner.window.views.show_view("month")
            self._grid = planner.window.findChild(QObject, "monthGrid") or _grid(planner)
            self._grid.viewport().installEventFilter(self)
            self._grid.viewport().update()

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, self._note)
            return False

        def _note(self) -> None:
            self._painted = now()
            self._rest.start()

        def _rested(self) -> None:
            steps = self._told["steps"]
            assert isinstance(steps, list)
            if "settled" not in self._told:
                self._told |= {"settled": self._painted, "memory": memory(), "bars": len(_records(self._planner))}
            else:
                steps.append(self._painted - self._began)
            if len(steps) < STEPS:
                QTimer.singleShot(0, self._step)
                return
            self._told["peak"] = memory("VmHWM")
            print(json.dumps(self._told), flush=True)
            QApplication.quit()

        def _step(self) -> None:
            self._began = now()
            press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(self._grid, press)

    begin = application.Planner._begin

    def begin_watched(planner: application.Planner) -> None:
        begin(planner)
        planner.watch = Watch(planner)  # type: ignore[attr-defined]

    application.Planner._begin = begin_watched  # type: ignore[method-assign]


def _view(planner: object) -> object:
    from scplanner.ui.views.month.view import MonthView

    return planner.window.findChild(MonthView)  # type: ignore[attr-defined]


def _grid(planner: object) -> object:
    return _view(planner).grid  # type: ignore[attr-defined]


def _records(planner: object) -> list[object]:
    return _view(planner).model.records  # type: ignore[attr-defined]


def memory(key: str = "VmRSS") -> float:
    """What this process weighs, in MB, as Linux counts it."""
    try:
        with open("/proc/self/status", encoding="ascii") as stream:  # noqa: PTH123
            return next(int(line.split()[1]) / 1024 for line in stream if line.startswith(key))
    except OSError:
        return 0.0


if __name__ == "__main__":
    watch()
    sys.exit(main(["--data-dir", sys.argv[1], "--today", "2026-11-16"]))
