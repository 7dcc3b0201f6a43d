"""What stands where there is nothing to show: what the place is for, and the one next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from scplanner.ui.theme import Token, scaled_font

if TYPE_CHECKING:
    from scplanner.ui.context import Context

_ICON = 40
_WIDTH = 420


class EmptyState(QFrame):
    """An icon, a title, a sentence and one button, in the middle. `step_requested()` when the button is pressed."""

    step_requested = Signal()

    def __init__(self, context: Context, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._icon_name = context, icon
        self._icon = QLabel(self)
        self._title = QLabel(self)
        self._title.setFont(scaled_font(self.font(), 1.25, bold=True))
        self._text = QLabel(self)
        self._text.setProperty("tone", "muted")
        self._text.setWordWrap(True)
        self._text.setFixedWidth(_WIDTH)
        self.button = QPushButton(self)
        self.button.setProperty("primary", "true")
        self.button.clicked.connect(self.step_requested)
        column = QVBoxLayout(self)
        column.addStretch(2)
        for widget in (self._icon, self._title, self._text):
            if isinstance(widget, QLabel):
                widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(4)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        context.theme.changed.connect(self._draw_icon)
        self._draw_icon()

    def say(self, title: str, text: str, step: str) -> None:
        """Set the words; without a step there is no button."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setFixedHeight(self._text.heightForWidth(_WIDTH))
        self._text.setMinimumHeight(self._text.heightForWidth(_WIDTH))
        self.button.setText(step)
        self.button.setVisible(bool(step))

    def _draw_icon(self) -> None:
        pixmap = self._context.icons.pixmap(self._icon_name, Token.MUTED, _ICON, self.devicePixelRatioF())
        self._icon.setPixmap(pixmap)
