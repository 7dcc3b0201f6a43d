"""What all dialogs share: heading, a sentence, content, a row of buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from scplanner.ui.theme import scaled_font


class PlannerDialog(QDialog):
    """A dialog with room for content between its heading and its buttons. Escape closes it."""

    def __init__(self, title: str, parent: QWidget | None = None, text: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        heading = QLabel(title)
        heading.setFont(scaled_font(heading.font(), 1.25, bold=True))
        column.addWidget(heading)
        self.text = QLabel(text)
        self.text.setWordWrap(True)
        self.text.setProperty("tone", "muted")
        self.text.setVisible(bool(text))
        column.addWidget(self.text)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column.addLayout(self.body, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        self._left = 0
        column.addLayout(self._buttons)

    def run(self) -> bool:
        """Ask, and wait for the answer: True if it was accepted. The window does not keep a dialog that has been closed."""
        try:
            return bool(self.exec())
        finally:
            self.deleteLater()

    def say(self, text: str) -> None:
        """Show a sentence under the heading."""
        self.text.setText(text)
        self.text.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; only elsewhere is it the primary one's."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
            return
        super().keyPressEvent(event)

    def add_button(
        self, text: str, run: Callable[[], object], *, is_primary: bool = False, is_left: bool = False
    ) -> QPushButton:
        """Add a button to the row at the foot; one that `is_left` stands apart."""
        button = QPushButton(text)
        button.setAccessibleName(text.replace("&", ""))
        button.setProperty("primary", is_primary)
        button.setAutoDefault(is_primary)
        button.setDefault(is_primary)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda _checked=False: run())
        if is_left:
            self._buttons.insertWidget(self._left, button)
            self._left += 1
        else:
            self._buttons.addWidget(button)
        return button

    def add_close_button(self) -> QPushButton:
        """The button of a dialog that only shows things."""
        return self.add_button(self.tr("Close"), self.reject)
