"""How much of a series is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from scplanner.ui.dialogs.base import PlannerDialog

if TYPE_CHECKING:
    from scplanner.services.events import Scope


class _ChoiceDialog(PlannerDialog):
    def __init__(self, title: str, text: str, choices: list[tuple[str, object]], parent: QWidget | None) -> None:
        super().__init__(title, parent, text)
        self.choice: object = None
        for words, value in choices:
            button = self.add_button(words, lambda value=value: self._take(value))  # type: ignore[misc]
            self._buttons.removeWidget(button)
            self.body.addWidget(button)
        self.add_button(QCoreApplication.translate("ScopeDialog", "Cancel"), self.reject)

    def _take(self, value: object) -> None:
        self.choice = value
        self.accept()


def ask_scope(parent: QWidget, verb: str) -> Scope | None:
    """Ask whether one occurrence, it and the following, or all are meant; None if nothing is."""
    from scplanner.services.events import Scope

    text = QCoreApplication.translate("ScopeDialog", "This event repeats. Which of its dates do you mean?")
    choices: list[tuple[str, object]] = [
        (QCoreApplication.translate("ScopeDialog", "Only this one"), Scope.THIS),
        (QCoreApplication.translate("ScopeDialog", "This and the following"), Scope.FOLLOWING),
        (QCoreApplication.translate("ScopeDialog", "All of them"), Scope.ALL),
    ]
    dialog = _ChoiceDialog(verb, text, choices, parent)
    dialog.run()
    return dialog.choice if isinstance(dialog.choice, Scope) else None


def ask_whole_series(parent: QWidget) -> bool | None:
    """Ask whether a decision stands on one occurrence (False) or on the whole series (True); None if nothing is meant."""
    text = QCoreApplication.translate("ScopeDialog", "This event repeats. What is the decision about?")
    choices: list[tuple[str, object]] = [
        (QCoreApplication.translate("ScopeDialog", "Only this date"), False),
        (QCoreApplication.translate("ScopeDialog", "The whole series"), True),
    ]
    dialog = _ChoiceDialog(QCoreApplication.translate("ScopeDialog", "Decision"), text, choices, parent)
    dialog.run()
    return dialog.choice if isinstance(dialog.choice, bool) else None
