"""The user's own note, and what the organiser says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from scplanner.ui.editor.controls.buttons import Chip
from scplanner.ui.editor.controls.prose import Prose
from scplanner.ui.editor.edits import EventEdit, LayerEdit, OpenAddress
from scplanner.ui.editor.sections.base import Section

if TYPE_CHECKING:
    from scplanner.domain.events import EventDetails
    from scplanner.ui.context import Context

_LONG_LINES = 7


class NotesSection(Section):
    """The note in Markdown: shown rendered, edited as written."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("Notes"), parent)
        self.prose = Prose(self.tr("Notes"), self.tr("Add a note"), self, is_markdown=True)
        self.prose.committed.connect(self._save)
        self.prose.link_activated.connect(lambda url: self.publish(OpenAddress(url)))
        self.column.addWidget(self.prose)

    def show_details(self, details: EventDetails) -> None:
        """Show the note; what is being typed stays."""
        self.prose.set_text(details.layer.note)

    def flush(self) -> None:
        """Keep what is being typed."""
        self.prose.finish()

    def _save(self, note: str) -> None:
        title = self.details.event.summary if self.details else ""
        self.publish(LayerEdit({"note": note}, self.tr("Note on “{title}”").format(title=title)))


class DescriptionSection(Section):
    """What the organiser says. A long text is shown in part until it is asked for; F2 or the button edit it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("Description"), parent)
        self.prose = Prose(self.tr("Description"), self.tr("Add a description"), self, is_markdown=False)
        self.prose.committed.connect(self._save)
        self.prose.ended.connect(self._show_length)
        self.prose.link_activated.connect(lambda url: self.publish(OpenAddress(url)))
        self.column.addWidget(self.prose)
        self.more = Chip(self)
        self.more.clicked.connect(self._turn)
        self.add_inset(self.more, is_left=True)
        self._is_whole = False
        self._shown_of = 0

    def show_details(self, details: EventDetails) -> None:
        """Show the description."""
        if details.event.id != self._shown_of:
            self._is_whole, self._shown_of = False, details.event.id
        text = details.event.description
        self.setVisible(bool(text) or not details.calendar.is_source or self.prose.is_editing)
        # A text one reads is not opened by a stray click; an empty one of one's own is.
        self.prose.set_click_edits(not details.calendar.is_source)
        self.prose.set_text(text)
        self._show_length()

    def flush(self) -> None:
        """Keep what is being typed."""
        self.prose.finish()

    def _turn(self) -> None:
        self._is_whole = not self._is_whole
        self._show_length()

    def _show_length(self) -> None:
        browser = self.prose.browser
        limit = _LONG_LINES * browser.fontMetrics().lineSpacing()
        width = max(self.width(), 200)
        is_long = (
            len(self.details.event.description) * browser.fontMetrics().averageCharWidth() > width * _LONG_LINES * 1.3
            if self.details
            else False
        )
        browser.set_height_limit(None if self._is_whole or not is_long else limit)
        self.more.setVisible(is_long and not self.prose.is_editing)
        self.more.show_value(
            self.tr("Show less") if self._is_whole else self.tr("Show all"), "ghost", self.tr("Description")
        )

    def _save(self, text: str) -> None:
        title = self.details.event.summary if self.details else ""
        self.publish(EventEdit({"description": text}, self.tr("Description of “{title}”").format(title=title)))
