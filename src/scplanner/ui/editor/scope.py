"""The one question a series asks: for how much of it is an edit meant?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from scplanner.services.events import Scope


def ask_scope_by_menu(parent: QWidget) -> Scope | None:
    """Ask by a small menu where the user is at work; None (Esc, a click elsewhere) gives the edit up."""
    from scplanner.services.events import Scope

    menu = QMenu(parent)
    heading = menu.addAction(QCoreApplication.translate("Editor", "Change"))
    heading.setEnabled(False)
    actions = {
        menu.addAction(QCoreApplication.translate("Editor", "Only this one")): Scope.THIS,
        menu.addAction(QCoreApplication.translate("Editor", "This and the following")): Scope.FOLLOWING,
        menu.addAction(QCoreApplication.translate("Editor", "All of them")): Scope.ALL,
    }
    menu.setActiveAction(next(iter(actions)))
    at = QCursor.pos()
    if not parent.rect().contains(parent.mapFromGlobal(at)):
        at = parent.mapToGlobal(QPoint(16, 80))
    chosen: QAction | None = menu.exec(at)
    menu.deleteLater()
    return actions.get(chosen) if chosen is not None else None
