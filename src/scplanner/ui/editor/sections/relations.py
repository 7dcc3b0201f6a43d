"""What the event belongs to: the event it is part of, its side events, the other editions of its series."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from scplanner.domain.events import OccurrenceKey
from scplanner.domain.temporal import day_of
from scplanner.ui.editor.controls.buttons import WrapButton
from scplanner.ui.editor.controls.tab_order import order_tabs
from scplanner.ui.editor.dates import vague_text
from scplanner.ui.editor.edits import Command, Select
from scplanner.ui.editor.sections.base import Section
from scplanner.ui.formatting import format_short_day

if TYPE_CHECKING:
    from scplanner.domain.events import Event, EventDetails
    from scplanner.ui.context import Context


class RelationsSection(Section):
    """Links that select the other events."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("Part of"), parent)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.column.addLayout(self._list)
        self._buttons: list[WrapButton] = []
        self._series: WrapButton | None = None
        self._has_all = False
        self._shown_of = 0

    def show_details(self, details: EventDetails) -> None:
        """List parent, side events and editions, each kind only where there is any."""
        for button in self._buttons:
            self._list.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        if details.event.id != self._shown_of:
            self._has_all, self._shown_of = False, details.event.id
        if details.parent is not None:
            self._add(details.parent, self.tr("Part of {title}"))
        for side_event in details.side_events:
            self._add(side_event, self.tr("Side event: {title}"))
        if details.event.series:
            self._add_series(details)
        if details.recurrence_id is not None:
            button = self._button((self.tr("Show the whole series"), "accent"))
            button.clicked.connect(lambda: self.publish(Command("series")))
        self.setVisible(bool(self._buttons))

    def buttons(self) -> tuple[WrapButton, ...]:
        """The links shown."""
        return tuple(self._buttons)

    def _add_series(self, details: EventDetails) -> None:
        event = details.event
        name = self.tr("{series} series").format(series=event.series)
        if event.edition:
            name = self.tr("{series}, edition {edition}").format(series=name, edition=event.edition)
        own = _day_of(event)
        days = [_day_of(other) for other in details.editions]
        earlier = sum(1 for day in days if own is not None and day is not None and day < own)
        later = len(details.editions) - earlier
        counts = []
        if earlier:
            words = self.tr("1 earlier edition") if earlier == 1 else self.tr("%Ln earlier editions", "", earlier)
            counts.append(words)
        if later:
            words = self.tr("1 other edition") if later == 1 else self.tr("%Ln other editions", "", later)
            counts.append(words)
        button = self._button((" · ".join((name, *counts)), "plain"))
        button.setEnabled(bool(details.editions))
        self._series = button
        button.clicked.connect(self._turn)
        if self._has_all:
            for edition in reversed(details.editions):
                self._add(edition, "{title}")

    def _turn(self) -> None:
        self._has_all = not self._has_all
        if self.details is not None:
            at = self._buttons.index(self._series) if self._series in self._buttons else 0
            self.show_details(self.details)
            order_tabs(self.parentWidget() or self)
            self._buttons[at].setFocus()

    def _add(self, event: Event, pattern: str) -> None:
        day = _day_of(event)
        when = format_short_day(day, year_of=self.context.today()) if day else vague_text(event.vague)
        button = self._button(
            (pattern.format(title=event.summary or self.tr("Untitled")), "accent"),
            (" · ".join(part for part in (when, event.place) if part), "muted"),
        )
        button.clicked.connect(lambda: self.publish(Select(OccurrenceKey(event.id))))

    def _button(self, *lines: tuple[str, str]) -> WrapButton:
        button = WrapButton("link", self)
        button.set_lines(*lines)
        self._list.addWidget(button)
        self._buttons.append(button)
        return button


def _day_of(event: Event) -> date | None:
    return None if event.start is None else day_of(event.start)
