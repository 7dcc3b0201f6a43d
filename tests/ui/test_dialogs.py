"""The dialogs: they open on real data, every control is named, and they do what they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from tests.ui.test_window import nameless

from scplanner.domain.events import Decision
from scplanner.services import backups, events, history, queries
from scplanner.settings import ColorBy, ThemeChoice
from scplanner.ui.context import Context
from scplanner.ui.dialogs.about import AboutDialog
from scplanner.ui.dialogs.backups import BackupsDialog
from scplanner.ui.dialogs.base import PlannerDialog
from scplanner.ui.dialogs.crash import CrashDialog
from scplanner.ui.dialogs.export import ExportDialog
from scplanner.ui.dialogs.history import HistoryDialog
from scplanner.ui.dialogs.planning import ClashesDialog, DeadlinesDialog
from scplanner.ui.dialogs.settings import SettingsDialog
from scplanner.ui.dialogs.shortcuts import ShortcutsDialog
from scplanner.ui.dialogs.trash import TrashDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog

MAKERS: dict[str, Callable[[Context], QDialog]] = {
    "settings": SettingsDialog,
    "about": AboutDialog,
    "backups": BackupsDialog,
    "history": HistoryDialog,
    "trash": TrashDialog,
    "shortcuts": lambda _context: ShortcutsDialog(),
    "export": lambda context: ExportDialog(context, ()),
    "clashes": lambda context: ClashesDialog(queries.clashes(context.workspace)),
    "deadlines": lambda context: DeadlinesDialog(queries.deadlines(context.workspace), date(2023, 10, 10)),
    "crash": lambda context: CrashDialog(ValueError("x"), str(context.paths.log)),
}


def going(context: Context, *texts: str) -> None:
    keys = [queries.search(context.workspace, text)[0].key for text in texts]
    events.decide(context.workspace, keys, Decision.GOING)


@pytest.mark.parametrize("name", MAKERS)
def test_every_control_has_a_name(open_context: Context, qtbot: QtBot, name: str) -> None:
    dialog = MAKERS[name](open_context)
    qtbot.addWidget(dialog)
    dialog.show()
    assert nameless(dialog) == []
    assert dialog.windowTitle()


def test_settings_are_in_force_at_once(open_context: Context, qtbot: QtBot) -> None:
    dialog = SettingsDialog(open_context)
    qtbot.addWidget(dialog)
    dialog.theme.setCurrentIndex(2)
    dialog.weekday.setCurrentIndex(7)
    dialog.zone.setCurrentText("Europe/Lisbon")
    dialog.zone.setCurrentText("Europe/Nowhere")
    dialog.color_by.setCurrentIndex(1)
    settings = open_context.settings
    assert settings.theme is ThemeChoice.DARK
    assert open_context.theme.is_dark
    assert settings.first_weekday == 6
    assert settings.time_zone == "Europe/Lisbon"
    assert str(open_context.workspace.home_zone) == "Europe/Lisbon"
    assert settings.color_by is ColorBy.CALENDAR


def test_history_takes_any_step_back(open_context: Context, qtbot: QtBot) -> None:
    going(open_context, "EURESFO 2023")
    going(open_context, "Portugal Smart Cities Summit 2023")
    dialog = HistoryDialog(open_context)
    qtbot.addWidget(dialog)
    dialog.table.selectRow(1)
    dialog._take()
    qtbot.waitUntil(lambda: queries.counts(open_context.workspace).in_plan == 1)
    assert any(step.is_taken_back for step in history.steps(open_context.workspace))


def test_trash_brings_back(open_context: Context, qtbot: QtBot) -> None:
    key = queries.search(open_context.workspace, "EURESFO 2023")[0].key
    events.delete(open_context.workspace, [key])
    dialog = TrashDialog(open_context)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: len(dialog.table.chosen()) == 1)
    dialog._bring_back()
    qtbot.waitUntil(lambda: not queries.trash(open_context.workspace))


def test_restore_asks_once_more(open_context: Context, qtbot: QtBot) -> None:
    backups.make_now(open_context.workspace)
    going(open_context, "EURESFO 2023")
    dialog = BackupsDialog(open_context)
    qtbot.addWidget(dialog)
    dialog._go_back()
    assert queries.counts(open_context.workspace).in_plan == 1
    assert "Go back" in dialog.text.text()
    dialog._go_back()
    qtbot.waitUntil(lambda: queries.counts(open_context.workspace).in_plan == 0)


def test_export_writes_what_is_going(open_context: Context, qtbot: QtBot, tmp_path: Path) -> None:
    going(open_context, "EURESFO 2023", "Portugal Smart Cities Summit 2023")
    dialog = ExportDialog(open_context, ())
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.count.text() == "2 events")
    target = tmp_path / "going.ics"
    target.write_text("old", encoding="utf-8")
    dialog.file.setText(str(target))
    dialog._accept()
    assert dialog.target is None
    assert "exists already" in dialog.text.text()
    dialog._accept()
    assert dialog.target == target
    assert dialog.writer()().count == 2
    assert target.read_bytes().count(b"BEGIN:VEVENT") == 2


def test_a_closed_dialog_is_not_kept(open_context: Context, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QTimer.singleShot(0, lambda: window.findChild(PlannerDialog).reject())
    assert not HistoryDialog(open_context, window).run()
    qtbot.waitUntil(lambda: not window.findChildren(PlannerDialog))


def test_a_backup_may_end_after_its_dialog(open_context: Context, qtbot: QtBot) -> None:
    dialog = BackupsDialog(open_context)
    dialog._make()
    delete(dialog)
    qtbot.waitUntil(lambda: not open_context.tasks.is_busy)
    assert backups.list_backups(open_context.paths.backups)
    assert open_context.messages.current is None


def test_a_clash_leads_to_its_events(open_context: Context, qtbot: QtBot) -> None:
    going(open_context, "European Week of Regions and Cities 2023", "Portugal Smart Cities Summit 2023")
    found = queries.clashes(open_context.workspace)
    dialog = ClashesDialog(found)
    qtbot.addWidget(dialog)
    said = dialog.table.model().index(0, 1).data()
    assert said == "“European Week of Regions and Cities 2023” and “Portugal Smart Cities Summit 2023” overlap"
    with qtbot.waitSignal(dialog.event_chosen) as chosen:
        dialog._open(1)
    assert chosen.args[0] == found[0].keys[1]


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot) -> None:
    dialog = PlannerDialog("Delete")
    qtbot.addWidget(dialog)
    pressed: list[str] = []
    other = dialog.add_button("Only this one", lambda: pressed.append("this"))
    dialog.add_button("All of them", lambda: pressed.append("all"), is_primary=True)
    dialog.show()
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_Return)
    assert pressed == ["this"]


def test_a_city_is_enough_for_a_time_zone(open_context: Context, qtbot: QtBot) -> None:
    dialog = SettingsDialog(open_context)
    qtbot.addWidget(dialog)
    line = dialog.zone.lineEdit()
    assert line is not None
    for typed, zone in (
        ("brussels", "Europe/Brussels"),
        ("new york", "America/New_York"),
        ("Nowhere", "America/New_York"),
    ):
        dialog.zone.setEditText(typed)
        line.editingFinished.emit()
        assert open_context.settings.time_zone == zone
        assert dialog.zone.currentText() == zone


def test_all_keys_are_seen_without_scrolling_sideways(qtbot: QtBot) -> None:
    dialog = ShortcutsDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    area = dialog.findChild(QScrollArea)
    assert area.horizontalScrollBar().maximum() == 0
