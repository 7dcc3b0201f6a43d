"""Fields for days, times, zones and numbers. Turning the wheel over a field that has no focus scrolls the panel instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from functools import lru_cache
from zoneinfo import available_timezones

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from scplanner.domain.temporal import find_zone
from scplanner.ui.editor.spans import ANYWHERE_ON_EARTH
from scplanner.ui.formatting import day_pattern, format_days

_DAY_ROOM = 36
_USUAL_DAY = date(2028, 10, 25)
_CLOCK_ROOM = 42
_TEXT_ROOM = 6


class _WheelGuard(QObject):
    """Lets the wheel through to the panel unless the field has the focus."""

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def guard_wheel(field: QWidget) -> None:
    """Keep a turn of the wheel meant for the panel from changing the field under the pointer."""
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_WheelGuard(field))


def to_qdate(day: date) -> QDate:
    """A day as Qt has it."""
    return QDate(day.year, day.month, day.day)


def from_qdate(day: QDate) -> date:
    """A day as Python has it."""
    return date(day.year(), day.month(), day.day())


class DayField(QDateEdit):
    """A day, with its weekday, and a calendar to choose from."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setCalendarPopup(True)
        self.setDisplayFormat(day_pattern())
        self.setLocale(QLocale())
        # Its own hint leaves room for the widest month and weekday together, which a narrow panel has not.
        self.setMinimumWidth(
            self.fontMetrics().horizontalAdvance(format_days(_USUAL_DAY, _USUAL_DAY, short=True)) + _DAY_ROOM
        )
        self.setDateRange(QDate(1, 1, 1), QDate(9999, 12, 31))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        guard_wheel(self)

    def day(self) -> date:
        """The day in it."""
        return from_qdate(self.date())

    def set_day(self, day: date) -> None:
        """Put a day in."""
        self.setDate(to_qdate(day))


class ClockField(QTimeEdit):
    """A time of day, in hours and minutes."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDisplayFormat("HH:mm")
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("00:00") + _CLOCK_ROOM)
        self.lineEdit().setTextMargins(_TEXT_ROOM, 0, 0, 0)
        guard_wheel(self)

    def clock(self) -> time:
        """The time in it."""
        return time(self.time().hour(), self.time().minute(), self.time().second())

    def set_clock(self, clock: time) -> None:
        """Put a time in."""
        self.setTime(QTime(clock.hour, clock.minute, clock.second))


class OptionalDay(QWidget):
    """A tick, and a day that counts only when ticked."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.tick = QCheckBox(words, self)
        self.field = DayField(words, self)
        self.tick.toggled.connect(self.field.setEnabled)
        self.field.setEnabled(False)
        row.addWidget(self.tick)
        row.addWidget(self.field, 1)

    def day(self) -> date | None:
        """The day, or None."""
        return self.field.day() if self.tick.isChecked() else None

    def set_day(self, day: date | None, otherwise: date) -> None:
        """Put a day in; without one, `otherwise` stands ready."""
        self.field.set_day(day or otherwise)
        self.tick.setChecked(day is not None)


class NumberField(QSpinBox):
    """A small whole number."""

    def __init__(self, name: str, lowest: int, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setRange(lowest, highest)
        self.lineEdit().setTextMargins(_TEXT_ROOM, 0, 0, 0)
        guard_wheel(self)


class ChoiceField(QComboBox):
    """One of a few values."""

    def __init__(self, name: str, options: Sequence[tuple[object, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        # Kept here: Qt turns a StrEnum it is given as data into a bare string.
        self._values = [value for value, _ in options]
        self.addItems([words for _, words in options])
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        guard_wheel(self)

    def value(self) -> object:
        """The chosen value."""
        return self._values[self.currentIndex()]

    def set_value(self, value: object) -> None:
        """Choose a value; one that is not offered changes nothing."""
        if value in self._values:
            self.setCurrentIndex(self._values.index(value))

    def offer(self, value: object, words: str, *, offered: bool) -> None:
        """Offer one more value, or no longer."""
        if offered and value not in self._values:
            self._values.append(value)
            self.addItem(words)
        elif not offered and value in self._values:
            row = self._values.index(value)
            self._values.pop(row)
            self.removeItem(row)


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """The zones one chooses from."""
    # Names with a place in them; the rest are links kept for old files, and still accepted when typed.
    return (
        "UTC",
        *sorted(
            name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix", "right"))
        ),
    )


class ZoneField(QComboBox):
    """A time zone, found by typing any part of its name. What is no zone falls back to what stood there."""

    zone_changed = Signal(str)

    def __init__(
        self, name: str, parent: QWidget | None = None, *, with_floating: bool = False, with_anywhere: bool = False
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._special: dict[str, str] = {}
        if with_anywhere:
            self._special[ANYWHERE_ON_EARTH] = self.tr("Anywhere on earth (AoE)")
        if with_floating:
            self._special[""] = self.tr("Same hour everywhere")
        self._zone = ""
        self._extra = ""
        self.addItems(list(self._special.values()) + list(zone_names()))
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        line = self.lineEdit()
        assert line is not None
        line.setAccessibleName(name)
        line.editingFinished.connect(self._settle)
        self.activated.connect(lambda _row: self._settle())
        guard_wheel(self)

    def zone(self) -> str:
        """The zone's name; empty for none."""
        self._settle()
        return self._zone

    def set_zone(self, zone: str) -> None:
        """Show a zone; one only its file knows is kept as it is."""
        self._zone = zone
        self._extra = zone
        self.setEditText(self._special.get(zone, zone.replace("_", " ") if zone else ""))

    def _settle(self) -> None:
        typed = self.currentText().strip()
        zone = self._find(typed)
        if zone is not None and zone != self._zone:
            self._zone = zone
            self.zone_changed.emit(zone)
        shown = self._special.get(self._zone, self._zone.replace("_", " "))
        if self.currentText() != shown:
            self.setEditText(shown)

    def _find(self, typed: str) -> str | None:
        for zone, words in self._special.items():
            if typed.casefold() == words.casefold() or (zone and typed == zone):
                return zone
        if typed == self._extra.replace("_", " ") and self._extra:
            return self._extra
        name = typed.replace(" ", "_")
        if name and find_zone(name) is not None:
            return name
        folded = name.casefold()
        return (
            next(
                (zone for zone in zone_names() if zone.casefold() == folded or zone.casefold().endswith(f"/{folded}")),
                None,
            )
            if folded
            else None
        )


def form_label(text: str, parent: QWidget | None = None) -> QLabel:
    """The small word beside a field."""
    label = QLabel(text, parent)
    label.setProperty("tone", "muted")
    return label
