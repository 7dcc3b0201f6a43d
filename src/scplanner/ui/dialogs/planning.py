"""Clashes and deadlines as short lists that lead to their events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from scplanner.domain.events import OccurrenceKey
from scplanner.domain.temporal import day_of
from scplanner.ui.dialogs.base import PlannerDialog
from scplanner.ui.event_words import clash_words
from scplanner.ui.formatting import format_days, format_plain_days
from scplanner.ui.widgets.row_table import Column, RowTable
from scplanner.ui.words import deadline_words

if TYPE_CHECKING:
    from datetime import date

    from scplanner.domain.planning import Clash
    from scplanner.services.queries import DueRow


class ClashesDialog(PlannerDialog):
    """Pairs of events that cannot both be attended. `event_chosen(OccurrenceKey, date)`."""

    event_chosen = Signal(object, object)

    def __init__(self, clashes: Sequence[Clash], parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("ClashesDialog", "Clashes")
        super().__init__(title, parent)
        self.say(
            self.tr("These events of your plan fall together. Open one to decide.")
            if clashes
            else self.tr("Nothing in your plan falls together. Events you go to or consider are compared.")
        )
        self.table: RowTable[Clash] = RowTable(
            (
                Column(self.tr("Days"), lambda clash: format_plain_days(clash.first, clash.last, short=True)),
                Column(self.tr("What falls together"), clash_words, stretches=True),
            ),
            title,
        )
        self.body.addWidget(self.table)
        self._first = self.add_button(self.tr("Open the first"), lambda: self._open(0), is_left=True)
        self._second = self.add_button(self.tr("Open the second"), lambda: self._open(1), is_left=True)
        self.add_close_button()
        self.table.row_activated.connect(lambda _row: self._open(0))
        self.table.show_rows(clashes)
        for button in (self._first, self._second):
            button.setEnabled(bool(clashes))
        self.resize(760, 400)
        self.table.setFocus()

    def _open(self, which: int) -> None:
        for clash in self.table.chosen()[:1]:
            self.accept()
            self.event_chosen.emit(clash.keys[which], clash.first)


class DeadlinesDialog(PlannerDialog):
    """What is due, the soonest first. `event_chosen(OccurrenceKey, date | None)`."""

    event_chosen = Signal(object, object)

    def __init__(self, rows: Sequence[DueRow], today: date, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("DeadlinesDialog", "Deadlines")
        super().__init__(title, parent)
        self.say(
            self.tr("What is due for the events you have decided on, and what you have noted yourself.")
            if rows
            else self.tr("Nothing is due. Deadlines of events you decide on, and your own, are listed here.")
        )
        self.table: RowTable[DueRow] = RowTable(
            (
                Column(self.tr("Due"), _due_day),
                Column(self.tr("What"), lambda row: row.deadline.label or deadline_words(row.deadline.kind)),
                Column(self.tr("Event"), lambda row: row.summary, stretches=True),
                Column(self.tr("State"), lambda row: self._state(row, today)),
            ),
            title,
            is_muted=lambda row: row.is_done,
        )
        self.body.addWidget(self.table)
        self._go = self.add_button(self.tr("Open the event"), self._open, is_primary=True)
        self._go.setEnabled(bool(rows))
        self.add_close_button()
        self.table.row_activated.connect(lambda _row: self._open())
        self.table.show_rows(rows)
        self.resize(760, 420)
        self.table.setFocus()

    def _state(self, row: DueRow, today: date) -> str:
        if row.is_done:
            return self.tr("done")
        return self.tr("past") if day_of(row.deadline.due) < today else ""

    def _open(self) -> None:
        for row in self.table.chosen()[:1]:
            self.accept()
            key: OccurrenceKey = row.key
            self.event_chosen.emit(key, None)


def _due_day(row: DueRow) -> str:
    day = day_of(row.deadline.due)
    return format_days(day, day, short=True)
