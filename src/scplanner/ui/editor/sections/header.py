"""The head of the inspector: where the event comes from, and its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from scplanner.ui.editor.controls.buttons import IconButton
from scplanner.ui.editor.controls.text import InlineText
from scplanner.ui.editor.edits import Command, EventEdit
from scplanner.ui.editor.sections.base import Section
from scplanner.ui.formatting import format_short_day
from scplanner.ui.theme import scaled_font

if TYPE_CHECKING:
    from scplanner.domain.events import EventDetails
    from scplanner.ui.context import Context


class HeaderSection(Section):
    """Calendar and day of the last check, the button that closes, and the title."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        self.origin = QLabel(self)
        self.origin.setProperty("tone", "muted")
        self.origin.setTextFormat(Qt.TextFormat.PlainText)
        self.origin.setWordWrap(True)
        self.origin.setFont(scaled_font(self.font(), 0.92))
        self.close_button = IconButton(context.icons, "x", self.tr("Close (Esc)"), self)
        self.close_button.clicked.connect(lambda: self.publish(Command("close")))
        row.addWidget(self.origin, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.add_inset(row)
        self.title = InlineText(self.tr("Title"), self)
        self.title.setFont(scaled_font(self.font(), 1.35, bold=True))
        self.title.setPlaceholderText(self.tr("Title"))
        self.title.committed.connect(self._rename)
        self.column.addWidget(self.title)

    def show_details(self, details: EventDetails) -> None:
        """Show where it comes from and its title."""
        checked = details.event.checked
        words = details.calendar.name
        if checked is not None:
            words = self.tr("{calendar} · checked {day}").format(
                calendar=words, day=format_short_day(checked, year_of=self.context.today())
            )
        self.origin.setText(words)
        self.title.set_text(details.event.summary)

    def flush(self) -> None:
        """Keep a title that is being typed."""
        self.title.commit()

    def _rename(self, title: str) -> None:
        self.publish(EventEdit({"summary": title}, self.tr("Rename “{title}”").format(title=title)))
