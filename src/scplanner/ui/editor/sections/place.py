"""Where the event is: one line to read, a form to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from scplanner.domain.events import AttendanceMode
from scplanner.domain.temporal import tzid_of
from scplanner.ui.editor.controls.fields import ChoiceField, form_label
from scplanner.ui.editor.dates import zone_words
from scplanner.ui.editor.edits import EventEdit, LayerEdit
from scplanner.ui.editor.places import CityChoice, cities_like, country_code, zone_of_city
from scplanner.ui.editor.sections.base import FoldingSection
from scplanner.ui.formatting import format_span
from scplanner.ui.words import attendance_words, country_name

if TYPE_CHECKING:
    from scplanner.domain.events import Event, EventDetails
    from scplanner.ui.context import Context

_COMPLETE_FROM = 2


class PlaceSection(FoldingSection):
    """Venue, city, country, whether one can take part from afar; the zone of the place is shown along."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self._choices: dict[str, CityChoice] = {}

    def show_details(self, details: EventDetails) -> None:
        """Venue first, then city, country and zone."""
        event = details.event
        start = details.span.start if details.span is not None else None
        zone = tzid_of(start) or zone_of_city(event.city, event.country)
        if details.span is not None and format_span(details.span, home=self.context.workspace.home_zone).mine:
            zone = ""  # the dates above name it, beside the user's own
        city = ", ".join(part for part in (event.city or _bare_location(event), country_name(event.country)) if part)
        mode = ""
        if event.attendance_mode in (AttendanceMode.ONLINE, AttendanceMode.HYBRID):
            mode = attendance_words(event.attendance_mode)
        words = " · ".join(part for part in (mode, city, zone_words(zone)) if part)
        if not (city or mode or event.venue):
            words = " · ".join(part for part in (self.tr("Add a place"), zone_words(zone)) if part)
        self.line.set_lines((event.venue, "muted"), (words, "muted"), name=self.tr("Place"))

    def build_form(self, column: QVBoxLayout) -> None:
        """The fields of the place."""
        grid = QGridLayout()
        grid.setSpacing(6)
        self.venue = QLineEdit(self)
        self.city = QLineEdit(self)
        self.country = QLineEdit(self)
        self.location = QLineEdit(self)
        modes: list[tuple[object, str]] = [(mode, attendance_words(mode)) for mode in (None, *AttendanceMode)]
        self.mode = ChoiceField(self.tr("How one takes part"), modes, self)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Venue"), self.venue),
            (self.tr("City"), self.city),
            (self.tr("Country"), self.country),
            (self.tr("Address"), self.location),
            (self.tr("Takes place"), self.mode),
        )
        for row, (words, field) in enumerate(rows):
            field.setAccessibleName(words)
            grid.addWidget(form_label(words, self), row, 0)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._take_city)
        self.city.setCompleter(completer)
        self.city.textEdited.connect(self._complete)

    def fill_form(self, details: EventDetails) -> None:
        """Fill in where it is."""
        event = details.event
        self.venue.setText(event.venue)
        self.city.setText(event.city)
        self.country.setText(country_name(event.country))
        self.location.setText(event.location)
        self.mode.set_value(event.attendance_mode)

    def read_form(self, details: EventDetails) -> EventEdit | LayerEdit | None:
        """What differs from before, as one edit."""
        event = details.event
        country = self.country.text().strip()
        said: dict[str, Any] = {
            "venue": self.venue.text().strip(),
            "city": self.city.text().strip(),
            "country": event.country if country == country_name(event.country) else country_code(country),
            "location": self.location.text().strip(),
            "attendance_mode": self.mode.value(),
        }
        fields = {name: value for name, value in said.items() if value != getattr(event, name)}
        if {"city", "venue"} & fields.keys() and event.latitude is not None:
            # The point on the map was the old place's.
            fields |= {"latitude": None, "longitude": None}
        if not fields:
            return None
        return EventEdit(fields, self.tr("Change the place of “{title}”").format(title=event.summary))

    def _complete(self, typed: str) -> None:
        choices = cities_like(typed) if len(typed.strip()) >= _COMPLETE_FROM else ()
        self._choices = {choice.words: choice for choice in choices}
        self._model.setStringList(list(self._choices))

    def _take_city(self, words: str) -> None:
        choice = self._choices.get(words)
        if choice is not None:
            self.city.setText(choice.name)
            self.country.setText(country_name(choice.country))


def _bare_location(event: Event) -> str:
    return event.location.replace("\n", ", ") if event.location != event.venue else ""
