"""Addresses: the event's page and further links, who organises it, and where it is known from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from scplanner.domain.events import Link
from scplanner.ui.editor.addresses import host_of, is_world_address
from scplanner.ui.editor.controls.buttons import Chip, WrapButton
from scplanner.ui.editor.controls.fields import form_label
from scplanner.ui.editor.edits import EventEdit, LayerEdit, OpenAddress, TakeBack
from scplanner.ui.editor.sections.base import FoldingSection, Section
from scplanner.ui.formatting import format_short_day
from scplanner.ui.words import confidence_words

if TYPE_CHECKING:
    from scplanner.domain.events import EventDetails
    from scplanner.ui.context import Context


class LinksSection(FoldingSection):
    """The links, pressed to open them in the browser; a form changes page and organiser."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("Links and organiser"), parent)
        self._buttons: list[WrapButton] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.column.insertLayout(1, self._list)

    def show_details(self, details: EventDetails) -> None:
        """Show page, links and organiser."""
        for button in self._buttons:
            self._list.removeWidget(button)
            button.hide()
            button.deleteLater()
        event = details.event
        links = [Link(event.url)] if event.url else []
        # A link of the user's own is not the organiser's: both are listed, each once.
        links += [link for link in (*event.links, *details.layer.links) if link.url != event.url]
        self._buttons = [self._button(link) for link in dict.fromkeys(links)]
        organiser = event.organizer.removeprefix("mailto:").removeprefix("MAILTO:")
        if organiser:
            words = self.tr("Organised by {name}").format(name=organiser)
        else:
            words = self.tr("Add a link or the organiser") if not links else self.tr("Add the organiser")
        self.line.set_lines((words, "plain" if organiser else "muted"), name=self.tr("Links and organiser"))

    def link_buttons(self) -> tuple[WrapButton, ...]:
        """The links shown."""
        return tuple(self._buttons)

    def build_form(self, column: QVBoxLayout) -> None:
        """The fields."""
        grid = QGridLayout()
        grid.setSpacing(6)
        self.url = QLineEdit(self)
        self.url.setPlaceholderText("https://")
        self.organizer = QLineEdit(self)
        for row, (words, field) in enumerate(((self.tr("Page"), self.url), (self.tr("Organiser"), self.organizer))):
            field.setAccessibleName(words)
            grid.addWidget(form_label(words, self), row, 0)
            grid.addWidget(field, row, 1)
        column.addLayout(grid)

    def fill_form(self, details: EventDetails) -> None:
        """Fill in page and organiser."""
        self.url.setText(details.event.url)
        self.organizer.setText(details.event.organizer)

    def read_form(self, details: EventDetails) -> EventEdit | LayerEdit | None:
        """What differs from before, as one edit."""
        url = self.url.text().strip()
        if url and ":" not in url and "." in url:
            url = f"https://{url}"
        said = {"url": url, "organizer": self.organizer.text().strip()}
        fields = {name: value for name, value in said.items() if value != getattr(details.event, name)}
        if not fields:
            return None
        return EventEdit(fields, self.tr("Links of “{title}”").format(title=details.event.summary))

    def _button(self, link: Link) -> WrapButton:
        button = WrapButton("link", self)
        is_open = is_world_address(link.url)
        button.set_lines(
            (link.title or host_of(link.url), "accent" if is_open else "muted"), name=self.tr("Open in the browser")
        )
        button.setToolTip(link.url)
        button.setEnabled(is_open)
        button.clicked.connect(lambda: self.publish(OpenAddress(link.url)))
        self._list.addWidget(button)
        return button


class SourceSection(Section):
    """Where the event is known from and since when; and whether it was edited here."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("Source"), parent)
        self.source = WrapButton("link", self)
        self.source.clicked.connect(self._open)
        self.follows = form_label("", self)
        self.follows.setWordWrap(True)
        self.follows.setTextFormat(Qt.TextFormat.PlainText)
        self.take_back = Chip(self)
        self.take_back.clicked.connect(lambda: self.publish(TakeBack()))
        self.column.addWidget(self.source)
        self.add_inset(self.follows)
        self.add_inset(self.take_back, is_left=True)

    def show_details(self, details: EventDetails) -> None:
        """Show the source, or nothing where there is none."""
        event = details.event
        is_open = is_world_address(event.source)
        words = host_of(event.source) if is_open else event.source
        known = []
        if event.checked is not None:
            day = format_short_day(event.checked, year_of=self.context.today())
            known.append(self.tr("checked {day}").format(day=day))
        if event.confidence is not None:
            known.append(confidence_words(event.confidence).lower())
        self.source.setVisible(bool(words or known))
        self.source.setEnabled(is_open)
        self.source.setToolTip(event.source)
        self.source.set_lines(
            (words, "accent" if is_open else "muted"), (" · ".join(known), "muted"), name=self.tr("Open the source")
        )
        self.follows.setVisible(event.follows)
        self.follows.setText(self.tr("Follows {calendar}; edited here.").format(calendar=details.calendar.name))
        self.take_back.setVisible(event.follows)
        self.take_back.show_value(self.tr("Take the source's version back"), "ghost", "")
        self.setVisible(bool(words or known or event.follows))

    def _open(self) -> None:
        if self.details is not None:
            self.publish(OpenAddress(self.details.event.source))
