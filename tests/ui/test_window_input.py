"""What is dropped on the window, pasted into it or typed in it gets to where it belongs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.test_window import ICS, find, planner  # noqa: F401  (a fixture)

from scplanner.services import queries
from scplanner.ui.application import Planner

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
_ANY = (Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def takes(widget: QWidget, mime: QMimeData) -> bool:
    action, button, keys = _ANY
    event = QDragEnterEvent(QPoint(5, 5), action, mime, button, keys)
    event.ignore()
    widget.dragEnterEvent(event)  # sent as an event it would go on to the parents
    return event.isAccepted()


def test_files_dropped_anywhere_are_imported(planner: Planner, qtbot: QtBot, tmp_path: Path) -> None:  # noqa: F811
    file = tmp_path / "events.ics"
    file.write_bytes(ICS)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    mime.setText(str(file))
    window = planner.window
    assert not takes(window.top_bar.search, mime)
    assert takes(window, mime)
    assert not window.views.current.acceptDrops()
    action, button, keys = _ANY
    window.dropEvent(QDropEvent(QPointF(400, 400), action, mime, button, keys))
    workspace = planner.context.workspace
    qtbot.waitUntil(lambda: bool(queries.find_events(workspace, "one@example")), timeout=30_000)


def test_words_may_be_dropped_into_the_search(planner: Planner) -> None:  # noqa: F811
    mime = QMimeData()
    mime.setText("Barcelona")
    assert takes(planner.window.top_bar.search, mime)
    assert not takes(planner.window, mime)


def test_a_calendar_is_pasted_wherever_the_focus_is_no_text(planner: Planner, qtbot: QtBot) -> None:  # noqa: F811
    QApplication.clipboard().setText(ICS.decode())
    planner.context.change_settings(import_dir="/somewhere")
    planner.window.views.current.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    workspace = planner.context.workspace
    qtbot.waitUntil(lambda: bool(queries.find_events(workspace, "one@example")), timeout=30_000)
    assert planner.context.settings.import_dir == "/somewhere"
    QApplication.clipboard().clear()


def test_ctrl_enter_ends_a_note_and_leaves_the_focus_there(planner: Planner, qtbot: QtBot) -> None:  # noqa: F811
    window = planner.window
    window.views.show_event(find(planner, "EURESFO 2023"))
    assert window.inspector.inspector is not None
    prose = window.inspector.inspector.page.notes.prose
    prose.begin()
    qtbot.keyClicks(prose.field, "Bring slides")
    qtbot.keyClick(prose.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not prose.is_editing
    assert QApplication.focusWidget() is prose.browser
