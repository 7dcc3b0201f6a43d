"""The least a window on a database can cost: PySide6, SQLAlchemy Core, one query, one painted widget.

usage: python bare.py DATABASE BEGAN    (BEGAN: what `time.perf_counter()` said when this was started)
"""

from __future__ import annotations

import json
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import create_engine


class Window(QWidget):
    """Paints the titles it was given."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__()
        self.resize(1280, 800)
        self._titles = titles

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for number, title in enumerate(self._titles):
            painter.drawText(10 + 300 * (number // 40), 20 + 18 * (number % 40), title)
        painter.end()
        QTimer.singleShot(0, self._tell)

    def _tell(self) -> None:
        print(json.dumps({"settled": time.perf_counter() - float(sys.argv[2])}), flush=True)
        QApplication.quit()


def main() -> None:
    app = QApplication(sys.argv[:1])
    with create_engine(f"sqlite:///{sys.argv[1]}").connect() as connection:
        query = "SELECT summary FROM events WHERE start BETWEEN '2026-11-01' AND '2026-11-31' LIMIT 160"
        window = Window(list(connection.exec_driver_sql(query).scalars()))
    window.show()
    app.exec()


main()
