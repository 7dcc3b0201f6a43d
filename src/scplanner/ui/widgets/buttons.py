"""Buttons in the few forms the window has, each named for those who do not see it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from scplanner.ui.commands import CommandId
from scplanner.ui.context import Context
from scplanner.ui.theme import Token


class CommandButton(QPushButton):
    """A button with the icon and the words of a command; it is on whenever the command is."""

    def __init__(self, context: Context, command: CommandId, *, is_primary: bool = False) -> None:
        super().__init__(context.commands.words(command).removesuffix("…"))
        self._commands, self._command = context.commands, command
        action = context.commands.action(command)
        icon = context.commands.line(command).icon
        if icon:
            context.icons.bind(self, icon, Token.ON_ACCENT if is_primary else Token.TEXT)
        self.setProperty("primary", is_primary)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(lambda _checked=False: action.trigger())
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        action = self._commands.action(self._command)
        self.setEnabled(action.isEnabled())
        self.setToolTip(action.toolTip())
        self.setAccessibleName(self._commands.words(self._command).removesuffix("…"))


def icon_button(
    context: Context, icon: str, name: str, run: Callable[[], object], parent: QWidget | None = None
) -> QToolButton:
    """A small flat button with only an icon; its name is its tooltip and is read aloud."""
    button = QToolButton(parent)
    button.setProperty("flat", True)
    button.setIconSize(QSize(16, 16))
    context.icons.bind(button, icon, Token.MUTED_STRONG)
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.clicked.connect(lambda _checked=False: run())
    return button


def link_button(text: str, run: Callable[[], object], tone: str = "") -> QToolButton:
    """Words that can be clicked."""
    button = QToolButton()
    button.setProperty("link", True)
    if tone:
        button.setProperty("tone", tone)
    button.setText(text)
    button.setAccessibleName(text)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.clicked.connect(lambda _checked=False: run())
    return button
