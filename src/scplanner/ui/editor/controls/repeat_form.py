"""The fields of a repetition: how often, on which weekdays, until when. Rules too rich for them are shown, not touched."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from scplanner.domain.temporal import When, day_of
from scplanner.ui.editor.controls.fields import ChoiceField, DayField, NumberField, form_label
from scplanner.ui.editor.controls.flow import FlowLayout
from scplanner.ui.editor.rule_words import rhythm_words, rule_words, weekday_words
from scplanner.ui.editor.rules import WEEKDAYS, Frequency, SimpleRule, parse_rule, rule_text, weekday_of
from scplanner.ui.theme import scaled_font

_ENDS_NEVER, _ENDS_ON, _ENDS_AFTER = "never", "on", "after"
_NONE, _OWN = "none", "own"


class RepeatFields(QWidget):
    """Shows and reads an RRULE."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rrule = ""
        self._shown: SimpleRule | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        options: list[tuple[object, str]] = [(_NONE, self.tr("Does not repeat"))]
        options += [(frequency, rhythm_words(frequency)) for frequency in Frequency]
        self.frequency = ChoiceField(self.tr("Repeats"), options, self)
        self._details = QWidget(self)
        details = QVBoxLayout(self._details)
        details.setContentsMargins(0, 0, 0, 0)
        details.setSpacing(6)

        every = QHBoxLayout()
        self.interval = NumberField(self.tr("Every so many"), 1, 99, self)
        self._unit = form_label("", self)
        every.addWidget(form_label(self.tr("Every"), self))
        every.addWidget(self.interval)
        every.addWidget(self._unit, 1)
        details.addLayout(every)
        self._days = QWidget(self)
        days = FlowLayout(self._days, 2)
        self._days.setLayout(days)
        self.weekdays: dict[str, QToolButton] = {}
        for name in WEEKDAYS:
            button = QToolButton(self._days)
            button.setText(weekday_words(name, short=True))
            button.setAccessibleName(weekday_words(name))
            button.setCheckable(True)
            button.setProperty("role", "weekday")
            button.setFont(scaled_font(self.font(), 0.92))
            days.addWidget(button)
            self.weekdays[name] = button
        details.addWidget(self._days)
        ends = QHBoxLayout()
        self.ends = ChoiceField(
            self.tr("Ends"),
            (
                (_ENDS_NEVER, self.tr("For ever")),
                (_ENDS_ON, self.tr("Until")),
                (_ENDS_AFTER, self.tr("Number of times")),
            ),
            self,
        )
        self.until = DayField(self.tr("Last day of the repetition"), self)
        self.count = NumberField(self.tr("How many times"), 1, 999, self)
        ends.addWidget(self.ends, 1)
        ends.addWidget(self.until, 2)
        ends.addWidget(self.count, 1)
        details.addLayout(ends)
        self._own = QLabel(self)
        self._own.setProperty("tone", "muted")
        self._own.setWordWrap(True)

        grid.addWidget(form_label(self.tr("Repeats"), self), 0, 0)
        grid.addWidget(self.frequency, 0, 1)
        grid.addWidget(self._details, 1, 0, 1, 2)
        grid.addWidget(self._own, 2, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.frequency.currentIndexChanged.connect(lambda _row: self._show_fitting())
        self.ends.currentIndexChanged.connect(lambda _row: self._show_fitting())

    def set_rule(self, rrule: str, start: When) -> None:
        """Show a rule."""
        self._rrule = rrule
        rule = parse_rule(rrule, start) if rrule else None
        self._shown = rule
        self.frequency.offer(_OWN, self.tr("By a rule of its own"), offered=bool(rrule) and rule is None)
        self._own.setText(rule_words(rrule, start) if rrule and rule is None else "")
        self.frequency.set_value(rule.frequency if rule else _OWN if rrule else _NONE)
        self.interval.setValue(rule.interval if rule else 1)
        chosen = rule.weekdays if rule and rule.weekdays else (weekday_of(start),)
        for name, button in self.weekdays.items():
            button.setChecked(name in chosen)
        self.until.set_day(rule.until if rule and rule.until else _a_year_later(day_of(start)))
        self.count.setValue(rule.count if rule and rule.count else 10)
        self.ends.set_value(_ENDS_AFTER if rule and rule.count else _ENDS_ON if rule and rule.until else _ENDS_NEVER)
        self._show_fitting()

    def set_start(self, day: date) -> None:
        """The event begins on another day: a rule on one weekday only goes along."""
        chosen = [name for name, button in self.weekdays.items() if button.isChecked()]
        if len(chosen) == 1:
            for name, button in self.weekdays.items():
                button.setChecked(name == weekday_of(day))

    def rule(self, start: When) -> str:
        """The rule the fields say, for an event with that start. An untouched rule comes back as it was written."""
        value = self.frequency.value()
        if value == _NONE:
            return ""
        if not isinstance(value, Frequency):
            return self._rrule
        weekdays: tuple[str, ...] = ()
        if value is Frequency.WEEKLY:
            weekdays = tuple(name for name, button in self.weekdays.items() if button.isChecked())
            if weekdays == (weekday_of(start),) and not (self._shown and self._shown.weekdays):
                weekdays = ()
        rule = SimpleRule(
            value,
            self.interval.value(),
            weekdays,
            self.until.day() if self.ends.value() == _ENDS_ON else None,
            self.count.value() if self.ends.value() == _ENDS_AFTER else None,
        )
        return self._rrule if rule == self._shown else rule_text(rule, start)

    def _show_fitting(self) -> None:
        value = self.frequency.value()
        is_simple = isinstance(value, Frequency)
        self._details.setVisible(is_simple)
        self._own.setVisible(value == _OWN)
        self._days.setVisible(value == Frequency.WEEKLY)
        units = {
            Frequency.DAILY: self.tr("days"),
            Frequency.WEEKLY: self.tr("weeks"),
            Frequency.MONTHLY: self.tr("months"),
            Frequency.YEARLY: self.tr("years"),
        }
        self._unit.setText(units.get(value, "") if isinstance(value, Frequency) else "")
        self.until.setVisible(self.ends.value() == _ENDS_ON)
        self.count.setVisible(self.ends.value() == _ENDS_AFTER)


def _a_year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February, or the last year there is
        return day
