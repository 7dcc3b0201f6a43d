"""The message bar: floats over the status line, so that nothing moves or is covered when something is said."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from scplanner.ui.context import Context
from scplanner.ui.messages import Message, Tone
from scplanner.ui.widgets.buttons import icon_button

SHOWN_MS = 9000
_MARGIN = 12
_FOOT = 1  # what is free below it


class MessageBar(QFrame):
    """Shows the current message of `context.messages` over its parent; one that does not stay goes after a while."""

    def __init__(self, context: Context, parent: QWidget, *, focus_back: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._context = context
        self._host = parent
        self._focus_back = focus_back or parent
        self._message: Message | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 8, 0)
        row.setSpacing(8)
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        row.addWidget(self._label, 1)
        self._action = QPushButton()
        self._action.setProperty("low", True)
        self._action.clicked.connect(lambda _checked=False: self._act())
        row.addWidget(self._action)
        self._close = icon_button(context, "x", self.tr("Close the message"), context.messages.dismiss)
        row.addWidget(self._close)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self._time_out)
        context.messages.current_changed.connect(self._show)
        parent.installEventFilter(self)
        self.hide()
        self._show(context.messages.current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's size."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """While it is looked at it stays."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """From now on it may go."""
        super().leaveEvent(event)
        if self._message is not None and not self._message.stays:
            self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self._context.messages.dismiss()
            return
        super().keyPressEvent(event)

    def _time_out(self) -> None:
        """It goes, but not from under the keyboard."""
        focused: QWidget | None = self.window().focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._timer.start()
        else:
            self._context.messages.dismiss()

    def _act(self) -> None:
        message = self._message
        self._context.messages.dismiss()
        if message is not None and message.action is not None:
            message.action.run()

    def _show(self, message: Message | None) -> None:
        self._message = message
        self._timer.stop()
        if message is None:
            had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
            self.hide()
            if had_focus:
                self._focus_back.setFocus()
            return
        text = f"{message.text} {message.hint}".strip()
        self._label.setText(text)
        self.setAccessibleName(text)
        self._action.setVisible(message.action is not None)
        if message.action is not None:
            self._action.setText(message.action.label)
            self._action.setAccessibleName(message.action.label)
        self.setProperty("tone", "" if message.tone is Tone.INFO else message.tone.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        self.raise_()
        self._place()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        if not message.stays:
            self._timer.start()

    def _place(self) -> None:
        parent = self._host
        room = max(200, parent.width() - 2 * _MARGIN)
        self.setMaximumWidth(room)
        one_line = self._label.fontMetrics().horizontalAdvance(self._label.text()) + 8
        others = 0
        if not self._action.isHidden():
            others = self._action.sizeHint().width() + 8
        width = min(room, max(280, one_line + others + 22 + self._close.sizeHint().width() + 12))
        self.setFixedWidth(width)
        text_width = width - others - 22 - self._close.sizeHint().width() - 12
        needed = max(self._label.heightForWidth(text_width) + 6, self._action.sizeHint().height() if others else 0, 26)
        self.resize(width, needed + 2)
        self.move((parent.width() - width) // 2, parent.height() - self.height() - _FOOT)
