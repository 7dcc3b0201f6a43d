"""Menus made from the table of commands, and a menu that stays open while several things are ticked."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from scplanner.ui.commands import MENU_TITLES, Menu
from scplanner.ui.context import Context


def fill_menu(context: Context, target: QMenu, menu: Menu) -> None:
    """Put the commands of one menu into it."""
    for command, action in context.commands.of_menu(menu):
        if command.starts_group:
            target.addSeparator()
        target.addAction(action)


def build_menu(context: Context, parent: QWidget) -> QMenu:
    """The whole menu, for a button."""
    root = QMenu(parent)
    for menu in Menu:
        fill_menu(context, root.addMenu(_title(menu)), menu)
    return root


def build_menu_bar(context: Context, bar: QMenuBar) -> None:
    """The whole menu, for systems that have a place for it."""
    for menu in Menu:
        fill_menu(context, bar.addMenu(_title(menu)), menu)


def _title(menu: Menu) -> str:
    return QCoreApplication.translate("Commands", str(MENU_TITLES[menu]))


class TickMenu(QMenu):
    """A menu whose checkable entries can be ticked one after another."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick and stay."""
        if not _tick(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks and stays; Enter ticks and closes."""
        if event.key() != Qt.Key.Key_Space or not _tick(self.activeAction()):
            super().keyPressEvent(event)


def _tick(action: QAction | None) -> bool:
    if action is None or not action.isCheckable() or not action.isEnabled():
        return False
    action.trigger()
    return True
