"""Longer texts: shown as they are meant, edited as they are written."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from scplanner.ui.editor.controls.growing import Growing
from scplanner.ui.editor.controls.text import GrowingEdit

# A pause this long while typing ends the editing session: what was typed is kept, as one step that can be undone.
PAUSE_MS = 8_000
_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]}]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def linked_html(text: str) -> str:
    """Plain text as HTML with its web and mail addresses as links; nothing in it is taken for markup."""
    parts: list[str] = []
    at = 0
    for found in _ADDRESS.finditer(text):
        address = found.group()
        target = address if "://" in address else f"mailto:{address}"
        parts += [escape(text[at : found.start()]), f'<a href="{escape(target)}">{escape(address)}</a>']
        at = found.end()
    parts.append(escape(text[at:]))
    return "".join(parts).replace("\n", "<br>")


class SafeBrowser(Growing, QTextBrowser):
    """Shows a text as high as it is. It fetches nothing and goes nowhere: links are only told (`anchorClicked`)."""

    pressed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("role", "inline")
        self.setOpenLinks(False)
        self.setAcceptDrops(False)
        self.grow()

    def show_markdown(self, text: str) -> None:
        """Show Markdown; HTML in it is shown as text."""
        self.document().setMarkdown(
            text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
        )

    def show_plain(self, text: str) -> None:
        """Show plain text, its addresses as links."""
        self.setHtml(linked_html(text))

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter and F2 ask to edit; a link that has the focus is opened by Enter."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_F2 or (is_enter and not self.textCursor().charFormat().isAnchor()):
            self.pressed.emit()
            return
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        """A click beside a link asks to edit; marking text does not."""
        is_link = bool(self.anchorAt(event.position().toPoint()))
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not is_link and not self.textCursor().hasSelection():
            self.pressed.emit()


class Prose(QWidget):
    """A text that is shown rendered and edited as written, in the same place.

    One editing session is one `committed`: it ends when the field is left, by Ctrl+Enter, by Esc (which keeps the text:
    nothing typed is ever thrown away), and after a long pause, when the field stays open. If the text changes elsewhere
    meanwhile, both are kept.
    """

    committed = Signal(str)
    link_activated = Signal(str)
    ended = Signal()

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None, *, is_markdown: bool) -> None:
        super().__init__(parent)
        self._is_markdown = is_markdown
        self._stored = ""
        self._base = ""
        self._may_click = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.browser = SafeBrowser(name, self)
        self.browser.setPlaceholderText(placeholder)
        self.browser.pressed.connect(self._pressed)
        self.browser.anchorClicked.connect(lambda url: self.link_activated.emit(url.toString()))
        self.field = GrowingEdit(self, minimum_lines=3)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(placeholder)
        self.field.setProperty("role", "inline")
        self.field.setProperty("editing", "true")
        self.field.setVisible(False)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._typed)
        column.addWidget(self.browser)
        column.addWidget(self.field)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.save)

    @property
    def is_editing(self) -> bool:
        """Whether the field is open."""
        return not self.field.isHidden()

    def set_click_edits(self, may: bool) -> None:
        """Whether a click on the text opens the field; F2 and Enter always do."""
        self._may_click = may
        self.browser.viewport().setCursor(Qt.CursorShape.IBeamCursor if may else Qt.CursorShape.ArrowCursor)

    def set_text(self, text: str) -> None:
        """Show a text; what is being typed stays in the field."""
        self._stored = text
        if not self.is_editing:
            self._render()
        elif self.field.toPlainText() == self._base:
            # Nothing typed yet (or all saved): what was written elsewhere may show at once.
            self._base = text
            if self.field.toPlainText() != text:
                self.field.setPlainText(text)
                self._pause.stop()

    def begin(self) -> None:
        """Open the field."""
        if self.is_editing:
            return
        self._base = self._stored
        self.field.setPlainText(self._stored)
        self.browser.setVisible(False)
        self.field.setVisible(True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        cursor = self.field.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.field.setTextCursor(cursor)
        self._pause.stop()

    def save(self) -> None:
        """Keep what was typed so far; the field stays open."""
        self._pause.stop()
        if not self.is_editing:
            return
        text = self.field.toPlainText().rstrip()
        if text == self._base.rstrip():
            return
        if self._stored not in (self._base, text) and self._stored.strip():
            # Written elsewhere in the meantime: neither text is thrown away.
            text = f"{text}\n\n---\n\n{self._stored}"
            self.field.setPlainText(text)
            self._pause.stop()
        self._base = self._stored = text
        self.committed.emit(text)

    def finish(self) -> None:
        """Keep what was typed and show the text again."""
        if not self.is_editing:
            return
        self.save()
        had_focus = self.field.hasFocus()
        self.browser.setVisible(True)
        self._render()
        if had_focus:
            self.browser.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.setVisible(False)
        self.ended.emit()

    def eventFilter(self, watched: object, event: QEvent, /) -> bool:
        """Ctrl+Enter, Esc and leaving end the session."""
        if watched is self.field and isinstance(event, QKeyEvent) and self._ends(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # what these keys do elsewhere in the window is not meant
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.finish()
                return True
        if watched is self.field and event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            if event.reason() == Qt.FocusReason.ActiveWindowFocusReason:
                self.save()
            elif event.reason() != Qt.FocusReason.PopupFocusReason:
                # Not from within the event: hiding a field that is just losing the focus sends the focus astray.
                QTimer.singleShot(0, self, self.finish)
        return False

    @staticmethod
    def _ends(event: QKeyEvent) -> bool:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return event.key() == Qt.Key.Key_Escape or (
            is_enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        )

    def _pressed(self) -> None:
        if self._may_click or not self.browser.underMouse():
            self.begin()

    def _typed(self) -> None:
        if self.is_editing:
            self._pause.start()

    def _render(self) -> None:
        if self._is_markdown:
            self.browser.show_markdown(self._stored)
        else:
            self.browser.show_plain(self._stored)
