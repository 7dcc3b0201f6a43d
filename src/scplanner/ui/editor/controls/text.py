"""Texts that are edited where they stand."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from scplanner.ui.editor.controls.buttons import restyle
from scplanner.ui.editor.controls.growing import Growing


class GrowingEdit(Growing, QTextEdit):
    """A plain text field as high as its text."""

    def __init__(self, parent: QWidget | None = None, *, minimum_lines: int = 1) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.grow(minimum_lines=minimum_lines)

    def canInsertFromMimeData(self, source: QMimeData, /) -> bool:
        """Files are dropped on the panel, not into a text."""
        return source.hasText() and not any(url.isLocalFile() for url in source.urls())


class InlineText(GrowingEdit):
    """A text that reads as a label until it is clicked (or Enter or F2 is pressed on it), and then is a field.

    Enter and leaving it keep the new text, Esc brings the old one back. A text that was emptied comes back too where
    `may_be_empty` is not set.
    """

    committed = Signal(str)
    began = Signal()
    ended = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, may_be_empty: bool = False) -> None:
        super().__init__(parent)
        self._text = ""
        self._may_be_empty = may_be_empty
        self._may_edit = True
        self.setAccessibleName(name)
        self.setToolTip(self.tr("Click or press F2 to edit"))
        self.setProperty("role", "inline")
        self.setReadOnly(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    @property
    def is_editing(self) -> bool:
        """Whether the user is at it."""
        return not self.isReadOnly()

    def set_text(self, text: str) -> None:
        """Show a text; what is being typed stays."""
        self._text = text
        if not self.is_editing and self.toPlainText() != text:
            self.setPlainText(text)

    def begin(self) -> None:
        """Become a field, with all of the text marked."""
        if self.is_editing:
            return
        self._become(editing=True)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()
        self.began.emit()

    def commit(self) -> None:
        """Keep what was typed."""
        if not self.is_editing:
            return
        text = " ".join(self.toPlainText().split())
        before, self._text = self._text, text if text or self._may_be_empty else self._text
        self._end()
        if self._text != before:
            self.committed.emit(self._text)

    def cancel(self) -> None:
        """Give up what was typed."""
        if self.is_editing:
            self._end()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter and F2 begin, Enter keeps, Esc gives up."""
        key = event.key()
        is_enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not self.is_editing:
            if is_enter or key == Qt.Key.Key_F2:
                self.begin()
                return
            event.ignore() if key == Qt.Key.Key_Escape else super().keyPressEvent(event)
        elif is_enter:
            self.commit()
        elif key == Qt.Key.Key_Escape:
            self.cancel()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        """A click begins; marking a part of the text to copy it does not."""
        super().mouseReleaseEvent(event)
        if self.is_editing or event.button() != Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        at = self.cursorForPosition(event.position().toPoint()).position()
        self.begin()
        cursor = self.textCursor()
        cursor.setPosition(at)
        self.setTextCursor(cursor)

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        """Leaving keeps what was typed; a menu over it is not leaving."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.commit()

    def _end(self) -> None:
        self._become(editing=False)
        self.setPlainText(self._text)
        self.ended.emit()

    def _become(self, *, editing: bool) -> None:
        self.setReadOnly(not editing)
        flags = (
            Qt.TextInteractionFlag.TextEditorInteraction if editing else Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setTextInteractionFlags(flags)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("editing", "true" if editing else "false")
        restyle(self)
        if not editing:
            cursor = self.textCursor()
            cursor.movePosition(QTextCursor.MoveOperation.Start)
            self.setTextCursor(cursor)
        self.fit()
