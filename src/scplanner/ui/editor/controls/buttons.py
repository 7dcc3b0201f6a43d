"""Buttons of the inspector: lines of text that can be pressed, chips, and the row of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from scplanner.ui.icons import Icons
from scplanner.ui.theme import Token


def restyle(widget: QWidget) -> None:
    """Apply the style sheet anew after a property it looks at has changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def set_tone(widget: QWidget, tone: str) -> None:
    """Colour a widget by what it means: `muted`, `good`, `warning`, `bad`, `accent`, `plain`."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        restyle(widget)


class WrapButton(QPushButton):
    """A flat button whose text wraps, in one line or several of different tone.

    The text stands in labels, because a push button paints its own text in one line only. What assistive tools read is
    the button's accessible name: what it does, followed by what it shows.
    """

    def __init__(self, role: str = "line", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFlat(True)
        self.setProperty("role", role)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._labels: list[QLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 2, 4, 2)
        self._column.setSpacing(1)

    def set_lines(self, *lines: tuple[str, str], name: str = "") -> None:
        """Show these (text, tone) lines, leaving out empty ones; `name` says to assistive tools what pressing does."""
        shown = [line for line in lines if line[0]]
        while len(self._labels) < len(shown):
            label = QLabel(self)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._labels.append(label)
            self._column.addWidget(label)
        for number, label in enumerate(self._labels):
            label.setVisible(number < len(shown))
            if number < len(shown):
                label.setText(shown[number][0])
                set_tone(label, shown[number][1])
        words = ", ".join(text for text, _ in shown)
        self.setAccessibleName(f"{name}: {words}" if name and words else name or words)
        self.updateGeometry()

    def shown_text(self) -> str:
        """What it shows, a line each."""
        return "\n".join(label.text() for label in self._labels if not label.isHidden())

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """The height of the wrapped text."""
        return self._column.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """The size of the text."""
        return self._column.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the longest word, and never the reason for a sideways scroll bar."""
        return QSize(40, self._column.minimumSize().height())

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter and F2 press it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.click()
            return
        super().keyPressEvent(event)


class Chip(QPushButton):
    """A small rounded label that can be pressed. Its tone is its meaning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "chip")
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_value(self, text: str, tone: str, name: str) -> None:
        """Show a value; `name` is what the value is of, for assistive tools."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(f"{name}: {text}" if name else text)
        set_tone(self, tone)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter presses it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class IconButton(QToolButton):
    """A small button with an icon only; its name is its tool tip."""

    def __init__(self, icons: Icons, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "icon")
        icons.bind(self, icon, Token.MUTED_STRONG)
        self.setIconSize(QSize(16, 16))
        self.setAutoRaise(True)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter presses it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class Segmented(QFrame):
    """A row of buttons of which at most one is chosen; pressing the chosen one chooses none.

    Where the words do not fit side by side (a narrow panel, a wordy language) it is two by two.
    """

    chosen = Signal(object)

    def __init__(self, options: Sequence[tuple[object, str, str]], parent: QWidget | None = None) -> None:
        """`options` are (value, words, tool tip)."""
        super().__init__(parent)
        self.setProperty("role", "segmented")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(1, 1, 1, 1)
        self._grid.setSpacing(0)
        self._buttons: dict[object, QToolButton] = {}
        self._columns = 0
        for value, words, tip in options:
            button = QToolButton(self)
            button.setText(words)
            button.setToolTip(tip)
            button.setAccessibleName(words)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setProperty("role", "segment")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _checked, value=value: self._press(value))
            button.installEventFilter(self)
            self._buttons[value] = button
        self._arrange(len(self._buttons))

    def button(self, value: object) -> QToolButton:
        """The button of a value."""
        return self._buttons[value]

    def values(self) -> tuple[object, ...]:
        """All values, in their order."""
        return tuple(self._buttons)

    def set_value(self, chosen: object) -> None:
        """Show which one is chosen; None for none."""
        for value, button in self._buttons.items():
            button.setChecked(value == chosen)

    def value(self) -> object:
        """The chosen value, or None."""
        return next((value for value, button in self._buttons.items() if button.isChecked()), None)

    def eventFilter(self, watched: object, event: QEvent, /) -> bool:
        """Arrow keys walk along the row; Enter presses."""
        buttons = list(self._buttons.values())
        if event.type() == QEvent.Type.KeyPress and watched in buttons and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
                Qt.Key(event.key()), 0
            )
            at = next(number for number, button in enumerate(buttons) if button is watched)
            if step:
                buttons[(at + step) % len(buttons)].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                buttons[at].click()
                return True
        return False

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Two by two where the words do not fit side by side."""
        super().resizeEvent(event)
        self._fit(event.size().width())

    def minimumSizeHint(self) -> QSize:
        """Wide enough for two by two."""
        height = super().minimumSizeHint().height()
        return QSize(2 * max((self._word_width(button) for button in self._buttons.values()), default=0), height)

    def _press(self, value: object) -> None:
        # A checkable button has already turned: the chosen one is now off, another one on.
        chosen = value if self._buttons[value].isChecked() else None
        self.set_value(chosen)
        self.chosen.emit(chosen)

    def _word_width(self, button: QToolButton) -> int:
        font = button.font()
        font.setBold(True)
        return QFontMetrics(font).horizontalAdvance(button.text()) + 10

    def _fit(self, width: int) -> None:
        needed = sum(self._word_width(button) for button in self._buttons.values()) + 2
        columns = len(self._buttons) if needed <= width else 2
        if columns != self._columns:
            self._arrange(columns)

    def _arrange(self, columns: int) -> None:
        self._columns = columns
        for number, button in enumerate(self._buttons.values()):
            self._grid.addWidget(button, number // columns, number % columns)
            # Words of different length get room in proportion, as long as they stand in one row.
            stretch = self._word_width(button) if columns == len(self._buttons) else 1
            self._grid.setColumnStretch(number % columns, stretch)
        for column in range(columns, len(self._buttons)):
            self._grid.setColumnStretch(column, 0)
        self.updateGeometry()
