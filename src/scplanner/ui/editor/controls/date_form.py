"""The fields of a date: days, hours and zone, or what is known of a date that is not fixed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from scplanner.ui.editor.controls.fields import ClockField, DayField, OptionalDay, ZoneField, form_label
from scplanner.ui.editor.spans import DateForm, moved_start


class DateFormFields(QWidget):
    """Shows and reads a DateForm. Moving the first day moves the last one along; no last day comes before the first."""

    vague_changed = Signal(bool)
    first_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = DateForm()
        self._is_filling = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.vague_tick = QCheckBox(self.tr("No fixed date yet"), self)
        self.all_day_tick = QCheckBox(self.tr("All day"), self)
        column.addWidget(self.vague_tick)
        column.addWidget(self.all_day_tick)

        self._exact = QWidget(self)
        grid = QGridLayout(self._exact)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        self.first = DayField(self.tr("First day"), self)
        self.start = ClockField(self.tr("Begins at"), self)
        self.last = DayField(self.tr("Last day"), self)
        self.end = ClockField(self.tr("Ends at"), self)
        self.zone = ZoneField(self.tr("Time zone"), self, with_floating=True)
        self._zone_label = form_label(self.tr("Zone"), self)
        for row, (words, day, clock) in enumerate(
            ((self.tr("From"), self.first, self.start), (self.tr("To"), self.last, self.end))
        ):
            grid.addWidget(form_label(words, self), row, 0)
            grid.addWidget(day, row, 1)
            grid.addWidget(clock, row, 2)
        grid.addWidget(self._zone_label, 2, 0)
        grid.addWidget(self.zone, 2, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        column.addWidget(self._exact)

        self._vague = QWidget(self)
        vague = QVBoxLayout(self._vague)
        vague.setContentsMargins(0, 0, 0, 0)
        vague.setSpacing(6)
        self.vague_text = QLineEdit(self)
        self.vague_text.setAccessibleName(self.tr("What is known of the date"))
        self.vague_text.setPlaceholderText(self.tr("September 2027, autumn 2027 …"))
        self.earliest = OptionalDay(self.tr("Not before"), self)
        self.latest = OptionalDay(self.tr("Not after"), self)
        for field in (self.vague_text, self.earliest, self.latest):
            vague.addWidget(field)
        column.addWidget(self._vague)

        self.vague_tick.toggled.connect(self._show_fitting)
        self.all_day_tick.toggled.connect(self._show_fitting)
        self.first.dateChanged.connect(lambda _day: self._first_moved())

    def set_form(self, form: DateForm) -> None:
        """Show a form."""
        self._is_filling = True
        self._form = form
        self.vague_tick.setChecked(form.is_vague)
        self.all_day_tick.setChecked(form.is_all_day)
        self.first.set_day(form.first)
        # The bound first: that of the event shown before would clamp the day.
        self.last.setMinimumDate(self.first.date())
        self.last.set_day(form.last)
        self.start.set_clock(form.start_time)
        self.end.set_clock(form.end_time)
        self.zone.set_zone(form.zone)
        self.vague_text.setText(form.vague_text)
        self.earliest.set_day(form.earliest, form.first)
        self.latest.set_day(form.latest, form.last)
        self._is_filling = False
        self._show_fitting()

    def form(self) -> DateForm:
        """What the fields say."""
        # Fields that show only minutes leave the seconds of an untouched time alone.
        start, end = self.start.clock(), self.end.clock()
        return replace(
            self._form,
            is_vague=self.vague_tick.isChecked(),
            is_all_day=self.all_day_tick.isChecked(),
            first=self.first.day(),
            last=max(self.last.day(), self.first.day()),
            start_time=self._form.start_time if start == self._form.start_time.replace(microsecond=0) else start,
            end_time=self._form.end_time if end == self._form.end_time.replace(microsecond=0) else end,
            zone=self.zone.zone() if not self.all_day_tick.isChecked() else self._form.zone,
            vague_text=self.vague_text.text().strip(),
            earliest=self.earliest.day(),
            latest=self.latest.day(),
        )

    def _first_moved(self) -> None:
        if self._is_filling:
            return
        self._is_filling = True
        self._form = moved_start(replace(self._form, last=self._last_before_move()), self.first.day())
        self.last.setMinimumDate(self.first.date())
        self.last.set_day(self._form.last)
        self._is_filling = False
        self.first_changed.emit(self.first.day())

    def _last_before_move(self) -> date:
        return max(self.last.day(), self._form.first)

    def _show_fitting(self) -> None:
        is_vague, is_all_day = self.vague_tick.isChecked(), self.all_day_tick.isChecked()
        self.all_day_tick.setVisible(not is_vague)
        self._exact.setVisible(not is_vague)
        self._vague.setVisible(is_vague)
        for field in (self.start, self.end, self.zone, self._zone_label):
            field.setVisible(not is_all_day)
        if not self._is_filling:
            self.vague_changed.emit(is_vague)
