"""All keys, from the table of commands."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from scplanner.ui.commands import COMMANDS, MENU_TITLES, VIEW_KEYS, Menu
from scplanner.ui.dialogs.base import PlannerDialog
from scplanner.ui.theme import scaled_font


class ShortcutsDialog(PlannerDialog):
    """What every key does, by menu; nothing here is written by hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("ShortcutsDialog", "Keyboard shortcuts")
        super().__init__(title, parent)
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        groups: list[tuple[str, list[tuple[str, str]]]] = []
        for menu in Menu:
            name = QCoreApplication.translate("Commands", str(MENU_TITLES[menu])).replace("&", "")
            rows = [
                (QCoreApplication.translate("Commands", line.title).removesuffix("…"), _keys(line.keys))
                for line in COMMANDS
                if line.menu is menu and line.keys
            ]
            groups.append((name, rows))
        in_views = [
            (QCoreApplication.translate("Commands", str(what)), QCoreApplication.translate("Commands", str(key)))
            for key, what in VIEW_KEYS
        ]
        groups.append((self.tr("In the views"), in_views))
        row = 0
        for name, rows in groups:
            heading = QLabel(name)
            heading.setFont(scaled_font(heading.font(), bold=True))
            heading.setContentsMargins(0, 10 if row else 0, 0, 2)
            grid.addWidget(heading, row, 0, 1, 2)
            row += 1
            for words, keys in rows:
                grid.addWidget(QLabel(words), row, 0)
                label = QLabel(keys)
                label.setProperty("tone", "muted")
                grid.addWidget(label, row, 1, Qt.AlignmentFlag.AlignRight)
                row += 1
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        beside = scroll.verticalScrollBar().sizeHint().width() + 2 * scroll.frameWidth()
        scroll.setMinimumWidth(inner.sizeHint().width() + beside)
        scroll.setAccessibleName(title)
        self.body.addWidget(scroll)
        self.add_close_button()
        self.resize(520, 620)


def _keys(keys: tuple[str, ...]) -> str:
    return ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
