"""The main window: puts the parts together. What commands do is in `actions`, what parts look like in `widgets`.

Who talks to whom: the rail and the top bar trigger commands or ask by signals; `ViewStack` shows the views and passes on
what they ask for; the controllers in `actions` listen to both, call services in a lane, and publish on the bus; views,
inspector and status line listen to the bus.
"""

from __future__ import annotations

import base64
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QVBoxLayout, QWidget

from scplanner.ui.commands import CommandId
from scplanner.ui.context import Context
from scplanner.ui.inspector_host import InspectorHost
from scplanner.ui.view_registry import VIEWS
from scplanner.ui.view_stack import ViewStack
from scplanner.ui.widgets.menus import build_menu_bar
from scplanner.ui.widgets.message_bar import MessageBar
from scplanner.ui.widgets.rail import Rail
from scplanner.ui.widgets.search_popup import SearchPopup
from scplanner.ui.widgets.status_line import StatusLine
from scplanner.ui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RAIL_COLLAPSES_BELOW = 1200
INSPECTOR_WIDTH = 340
SMALLEST = QSize(900, 600)
_FRAME = QSize(12, 40)  # what a window manager may put around


class MainWindow(QMainWindow):
    """The window. `first_painted()` once, after its frame was seen; `closing()` before it goes; `files_dropped(object)`."""

    first_painted = Signal()
    closing = Signal()
    files_dropped = Signal(object)
    text_pasted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._was_painted = False
        self.setWindowTitle(self.tr("Smart City Planner"))
        self.setAcceptDrops(True)
        self.resize(1440, 900)
        self.setMinimumSize(SMALLEST)

        self.top_bar = TopBar(context)
        self.rail = Rail(context, VIEWS)
        self.views = ViewStack(context)
        self.inspector = InspectorHost(context)
        self.status_line = StatusLine(context)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.views)
        self.splitter.addWidget(self.inspector)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        root = self._arrange()
        self.message_bar = MessageBar(context, root, focus_back=self.views)
        self.search_popup = SearchPopup(context, self.top_bar.search, root)
        if sys.platform == "darwin":
            build_menu_bar(context, self.menuBar())
        for command in CommandId:
            self.addAction(context.commands.action(command))
        context.commands.on(CommandId.SEARCH, self.focus_search)
        context.commands.on(CommandId.TOGGLE_RAIL, self._toggle_rail)
        context.commands.on(CommandId.CLOSE_INSPECTOR, self.inspector.close_panel)
        self.inspector.opened.connect(self._give_inspector_room)
        self.inspector.closed.connect(self.views.focus_view)
        self.search_popup.closed.connect(self.views.focus_view)
        self.search_popup.event_chosen.connect(self.views.show_event)
        self.inspector.selection_requested.connect(self.views.show_event)
        self._restore_geometry()

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.top_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top_bar.search.selectAll()

    def bring_to_front(self) -> None:
        """Show the window above the others, whatever it was."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def open_files(self, files: Sequence[Path]) -> None:
        """Import files, as if they had been dropped on the window."""
        if files:
            self.files_dropped.emit(list(files))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the frame is there: opening the data begins after it."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out for the present width."""
        super().showEvent(event)
        self._fit_rail()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow the rail where room is short."""
        super().resizeEvent(event)
        self._fit_rail()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes what is open, the last first: the message, then the inspector. Ctrl+V imports."""
        if event.key() == Qt.Key.Key_Escape:
            if self._context.messages.current is not None:
                self._context.messages.dismiss()
            else:
                self.inspector.close_panel()
            return
        if event.keyCombination().toCombined() == (Qt.KeyboardModifier.ControlModifier | Qt.Key.Key_V).toCombined():
            self._take(QGuiApplication.clipboard().mimeData())
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and calendar text may be dropped anywhere."""
        if _paths(event.mimeData()) or _calendar_text(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what is dropped."""
        event.acceptProposedAction()
        self._take(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how the window was left."""
        self.closing.emit()
        self._context.change_settings(
            geometry=base64.b64encode(self.saveGeometry().data()).decode("ascii"),
            splitter=tuple(self.splitter.sizes()) if self.inspector.is_open else self._context.settings.splitter,
        )
        super().closeEvent(event)

    def _take(self, mime: QMimeData) -> None:
        paths = _paths(mime)
        text = _calendar_text(mime)
        if paths:
            self.files_dropped.emit(paths)
        elif text:
            self.text_pasted.emit(text)

    def _arrange(self) -> QWidget:
        root = QWidget()
        column = QVBoxLayout(root)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.splitter, 1)
        column.addLayout(middle, 1)
        column.addWidget(self.status_line)
        self.setCentralWidget(root)
        return root

    def _restore_geometry(self) -> None:
        stored = self._context.settings.geometry
        if not stored:
            # The whole window is to be seen the first time, its foot and its frame too.
            self.resize(self.size().boundedTo(self.screen().availableSize() - _FRAME))
        else:
            try:
                self.restoreGeometry(QByteArray(base64.b64decode(stored)))
            except ValueError:
                return

    def _fit_rail(self) -> None:
        wanted = self._context.settings.rail_collapsed
        is_narrow = self.width() < RAIL_COLLAPSES_BELOW if wanted is None else wanted
        self.rail.set_narrow(is_narrow)
        self.top_bar.set_narrow(is_narrow)

    def _toggle_rail(self) -> None:
        is_narrow = not self.rail.is_narrow
        by_width = self.width() < RAIL_COLLAPSES_BELOW
        self._context.change_settings(rail_collapsed=None if is_narrow == by_width else is_narrow)
        self._fit_rail()

    def _give_inspector_room(self) -> None:
        stored = self._context.settings.splitter
        total = self.splitter.width()
        wanted = stored[1] if len(stored) == 2 and stored[1] > 0 else INSPECTOR_WIDTH
        wanted = min(max(wanted, self.inspector.minimumWidth()), total // 2)
        self.splitter.setSizes([total - wanted, wanted])


def _paths(mime: QMimeData) -> list[Path]:
    from pathlib import Path

    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def _calendar_text(mime: QMimeData) -> str:
    text = mime.text() if mime.hasText() else ""
    return text if "BEGIN:VCALENDAR" in text.upper() else ""
