"""Python's collector of reference cycles, kept to the GUI thread.

Left alone it runs in whichever thread happens to allocate, and destroys the widgets and timers of a cycle there: Qt allows
that on the GUI thread only, and the program dies.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 2_000
# Collecting all generations walks every object: done rarely, and what was there at the start is left out of it.
_YOUNG_PER_FULL = 30
# So many new objects at once are a calendar that was read. Its records refer to nothing that refers to them: to walk them
# would only hold the window up.
_MANY = 50_000


class GuiThreadCollector(QObject):
    """Collects cycles from a timer of the GUI thread, and from nowhere else, as long as it lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turns = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self._turn)
        gc.disable()
        self._timer.start()

    def collect(self) -> None:
        """Collect the young cycles; every minute all of them."""
        gc.collect(2 if self._turns % _YOUNG_PER_FULL == 0 else 1)

    def _turn(self) -> None:
        self._turns += 1
        if self._turns == 1 or gc.get_count()[0] > _MANY:
            gc.freeze()
        else:
            self.collect()

    def stop(self) -> None:
        """Give the collecting back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
