"""When the event is: one line to read, a form to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from scplanner.domain.temporal import find_zone, zone_name
from scplanner.ui.editor.controls.date_form import DateFormFields
from scplanner.ui.editor.controls.repeat_form import RepeatFields
from scplanner.ui.editor.dates import vague_text
from scplanner.ui.editor.edits import EventEdit, LayerEdit
from scplanner.ui.editor.places import zone_of_city
from scplanner.ui.editor.rule_words import rule_words
from scplanner.ui.editor.sections.base import FoldingSection
from scplanner.ui.editor.spans import DateForm, form_of, span_of, vague_of
from scplanner.ui.formatting import format_span

if TYPE_CHECKING:
    from scplanner.domain.events import EventDetails
    from scplanner.ui.context import Context


class DatesSection(FoldingSection):
    """Days, hours and zone, or what is vaguely known; and how it repeats."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.fields: DateFormFields | None = None
        self.repeat: RepeatFields | None = None
        self._before = DateForm()

    def show_details(self, details: EventDetails) -> None:
        """Show the event's own time, then the user's where it differs, then how it repeats."""
        event, span = details.event, details.span
        name = self.tr("Dates")
        if span is None:
            self.line.set_lines((vague_text(event.vague), "plain"), (self.tr("No fixed date yet"), "muted"), name=name)
            return
        rule = rule_words(event.rrule, event.start or span.start) if event.rrule else ""
        if not rule and event.rdates:
            rule = self.tr("On several days of its own")
        said = format_span(span, home=self.context.workspace.home_zone)
        if rule and details.recurrence_id is not None:
            rule = self.tr("{rule} · this is one of them").format(rule=rule)
        self.line.set_lines((said.own, "plain"), (said.mine, "muted"), (rule, "muted"), name=name)

    def build_form(self, column: QVBoxLayout) -> None:
        """The fields of the date and of the repetition."""
        self.fields = DateFormFields(self)
        self.repeat = RepeatFields(self)
        self.fields.vague_changed.connect(self.repeat.setHidden)
        self.fields.first_changed.connect(self.repeat.set_start)
        column.addWidget(self.fields)
        column.addWidget(self.repeat)

    def fill_form(self, details: EventDetails) -> None:
        """Fill in when it is."""
        assert self.fields is not None
        assert self.repeat is not None
        event = details.event
        self._before = form_of(details.span, event.vague, self.context.today(), self._likely_zone(details))
        self.fields.set_form(self._before)
        # One occurrence that was given its own date has no rule; the whole series has.
        self.repeat.setVisible(not self._before.is_vague and event.recurrence_id is None)
        self.repeat.set_rule(event.rrule, event.start or self._before.first)

    def read_form(self, details: EventDetails) -> EventEdit | LayerEdit | None:
        """What differs from before, as one edit."""
        assert self.fields is not None
        assert self.repeat is not None
        form = self.fields.form()
        fields: dict[str, Any] = {}
        span = details.span
        if form != self._before:
            span = span_of(form, details.span)
            fields = {
                "start": None if span is None else span.start,
                "end": None if span is None else span.end,
                "vague": vague_of(form),
            }
        event = details.event
        if event.recurrence_id is None:
            rule = "" if span is None else self.repeat.rule(span.start)
            if rule != event.rrule:
                fields["rrule"] = rule
        if not fields:
            return None
        return EventEdit(fields, self.tr("Change the dates of “{title}”").format(title=event.summary))

    def _likely_zone(self, details: EventDetails) -> str:
        home = zone_name(self.context.workspace.home_zone)
        found = zone_of_city(details.event.city, details.event.country)
        zone = found or home
        return zone if find_zone(zone) is not None else "UTC"
