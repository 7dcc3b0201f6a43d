"""What the dots of the bottom row do that neither writes nor concerns the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from scplanner.ui.editor.dates import vague_text
from scplanner.ui.formatting import format_span
from scplanner.ui.words import country_name

if TYPE_CHECKING:
    from scplanner.domain.events import EventDetails
    from scplanner.ui.context import Context


def plain_text(details: EventDetails) -> str:
    """The event in a few lines, for a mail or a chat. Nothing of the user's own is in it."""
    event = details.event
    when = format_span(details.span).own if details.span is not None else vague_text(event.vague)
    place = ", ".join(part for part in (event.venue, event.city or event.location, country_name(event.country)) if part)
    return "\n".join(part for part in (event.summary, when, place, event.url) if part)


def copy_as_text(details: EventDetails) -> None:
    """Put the event onto the clipboard."""
    QGuiApplication.clipboard().setText(plain_text(details))


def show_source_text(context: Context, details: EventDetails, parent: QWidget) -> QDialog:
    """Show the text the event came as (and edits patched), in a window that does not hold up the others."""
    from scplanner.services import queries

    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    title = QCoreApplication.translate("Editor", "Source text of “{title}”")
    dialog.setWindowTitle(title.format(title=details.event.summary))
    text = QPlainTextEdit(queries.text_of(context.workspace, details.event), dialog)
    text.setReadOnly(True)
    text.setAccessibleName(dialog.windowTitle())
    text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    column = QVBoxLayout(dialog)
    column.addWidget(text)
    dialog.resize(640, 480)
    dialog.show()
    return dialog
