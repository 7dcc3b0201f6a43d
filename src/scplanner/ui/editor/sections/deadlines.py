"""What is due: the event's own deadlines and those the user has added."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from scplanner.domain.events import Deadline, DeadlineKind, EventStatus
from scplanner.domain.temporal import day_of, find_zone, sort_key, tzid_of, zone_name
from scplanner.ui.editor.controls.buttons import Chip, set_tone
from scplanner.ui.editor.controls.due_row import DueRow
from scplanner.ui.editor.controls.fields import ChoiceField, ClockField, DayField, ZoneField, form_label
from scplanner.ui.editor.dates import due_words, my_when_text, when_text
from scplanner.ui.editor.due import DueState, stand_of
from scplanner.ui.editor.edits import LayerEdit
from scplanner.ui.editor.sections.base import Section, press_or
from scplanner.ui.editor.sections.decision import TAKING_PART
from scplanner.ui.theme import Token
from scplanner.ui.words import deadline_words

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from scplanner.domain.events import EventDetails
    from scplanner.ui.context import Context

_TONES = {
    DueState.DONE: ("muted", Token.MUTED),
    DueState.PASSED: ("muted", Token.MUTED),
    DueState.OVERDUE: ("bad", Token.BAD),
    DueState.SOON: ("warning", Token.TEXT),
    DueState.LATER: ("muted", Token.TEXT),
}


class DeadlinesSection(Section):
    """The list, soonest first, and a form to add one's own or to change it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, self.tr("Deadlines"), parent)
        self.rows: list[DueRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(1)
        self.add_inset(self._list)
        self.add_button = Chip(self)
        self.add_button.show_value(self.tr("+ Deadline of my own"), "ghost", "")
        self.add_button.clicked.connect(lambda: self.unfold(None))
        self.add_inset(self.add_button, is_left=True)
        self._edited: Deadline | None = None
        self.form: DeadlineForm | None = None

    @property
    def is_open(self) -> bool:
        """Whether the form is unfolded."""
        return self.form is not None and not self.form.isHidden()

    def show_details(self, details: EventDetails) -> None:
        """Show all that is due."""
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        event, layer = details.event, details.layer
        known = [(deadline, False) for deadline in event.deadlines] + [(own, True) for own in layer.deadlines]
        known.sort(key=lambda one: (sort_key(one[0].due), one[0].kind))
        self.rows = [self._row(details, deadline, is_own=is_own) for deadline, is_own in known]
        for row in self.rows:
            self._list.addWidget(row)

    def unfold(self, deadline: Deadline | None) -> None:
        """Open the form for an own deadline, or for a new one."""
        if self.details is None:
            return
        self.flush()
        if self.form is None:
            self.form = DeadlineForm(self)
            self.form.done.clicked.connect(self.commit)
            self.form.forget.clicked.connect(self.cancel)
            self.form.delete.clicked.connect(self._delete)
            self.column.addWidget(self.form)
        self._edited = deadline
        span = self.details.span
        ahead = span.first_day if span is not None and span.first_day > self.context.today() else self.context.today()
        fresh = Deadline(DeadlineKind.OTHER, ahead)
        self.form.fill(deadline or fresh, zone_name(self.context.workspace.home_zone), is_new=deadline is None)
        self.add_button.setVisible(False)
        self.form.setVisible(True)
        self.form.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Keep what the form says."""
        if not self.is_open or self.form is None or self.details is None:
            return
        said, before, is_touched = self.form.deadline(), self._edited, self.form.is_touched
        self._fold()
        if said == before or (before is None and not is_touched):
            return
        layer = self.details.layer
        others = tuple(own for own in layer.deadlines if own != before and own.key != said.key)
        done = layer.done
        if before is not None and before.key in done:
            done = (*(key for key in done if key != before.key), said.key)
        self.publish(LayerEdit({"deadlines": (*others, said), "done": done}))

    def cancel(self) -> None:
        """Forget what the form says."""
        if self.is_open:
            self._fold()

    def flush(self) -> None:
        """Keep what the form says; an untouched new one is nothing."""
        self.commit()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc forgets, Enter keeps."""
        if self.is_open and event.key() == Qt.Key.Key_Escape:
            self.cancel()
            return
        if self.is_open and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            press_or(self, self._keep)
            return
        super().keyPressEvent(event)

    def _keep(self) -> None:
        """Enter means the form as it is, touched or not."""
        if self.form is not None:
            self.form.is_touched = True
        self.commit()

    def _row(self, details: EventDetails, deadline: Deadline, *, is_own: bool) -> DueRow:
        context, today = self.context, self.context.today()
        home = context.workspace.home_zone
        is_done = deadline.key in details.layer.done
        is_over = details.span is not None and details.span.last_day < today
        is_off = details.event.status in (EventStatus.CANCELLED, EventStatus.WITHDRAWN)
        matters = is_own or (details.layer.decision in TAKING_PART)
        due = stand_of(
            deadline.due,
            is_done=is_done,
            # What had to be done before an event that is over, or will not be, is late for nobody; a report still is.
            matters=matters and not is_off and (not is_over or deadline.kind is DeadlineKind.REPORT),
            now=context.workspace.now(),
            today=today,
            home=home,
        )
        words = deadline.label or deadline_words(deadline.kind)
        when = " · ".join(part for part in (when_text(deadline.due, today), due_words(due)) if part)
        row = DueRow(context.theme, words, when, f"{words}, {when}", self, is_own=is_own)
        tone, token = _TONES[due.state]
        row.tick.setChecked(is_done)
        row.tick.tone = token
        set_tone(row.when, tone)
        mine = my_when_text(deadline.due, home, today)
        row.when.setToolTip(mine)
        row.ticked.connect(lambda on: self._tick(deadline, is_done=on))
        row.edit_requested.connect(lambda: self.unfold(deadline))
        return row

    def _tick(self, deadline: Deadline, *, is_done: bool) -> None:
        if self.details is None:
            return
        others = tuple(key for key in self.details.layer.done if key != deadline.key)
        name = deadline.label or deadline_words(deadline.kind)
        title = self.tr("{deadline} done") if is_done else self.tr("{deadline} not done")
        self.publish(LayerEdit({"done": (*others, deadline.key) if is_done else others}, title.format(deadline=name)))

    def _delete(self) -> None:
        if self.details is None or self._edited is None:
            return
        gone, layer = self._edited, self.details.layer
        self._fold()
        fields = {
            "deadlines": tuple(own for own in layer.deadlines if own != gone),
            "done": tuple(key for key in layer.done if key != gone.key),
        }
        self.publish(LayerEdit(fields, self.tr("Delete deadline")))

    def _fold(self) -> None:
        assert self.form is not None
        focus: QWidget | None = self.window().focusWidget()
        had_focus = focus is not None and self.form.isAncestorOf(focus)
        self.form.setVisible(False)
        self.add_button.setVisible(True)
        self._edited = None
        if had_focus:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)


class DeadlineForm(QFrame):
    """What is due and when: a day, or a time in some zone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "form")
        self.is_touched = False
        self._before = Deadline(DeadlineKind.OTHER, date.min)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(6)
        kinds: list[tuple[object, str]] = [(kind, deadline_words(kind)) for kind in DeadlineKind]
        self.kind = ChoiceField(self.tr("What is due"), kinds, self)
        self.label = QLineEdit(self)
        self.label.setAccessibleName(self.tr("In your words"))
        self.label.setPlaceholderText(self.tr("In your words (optional)"))
        self.day = DayField(self.tr("Due on"), self)
        self.timed = QCheckBox(self.tr("At a time"), self)
        self.clock = ClockField(self.tr("Due at"), self)
        self.zone = ZoneField(self.tr("Time zone of the deadline"), self, with_anywhere=True)
        grid = QGridLayout()
        grid.setSpacing(6)
        grid.addWidget(self.kind, 0, 0, 1, 2)
        grid.addWidget(self.label, 1, 0, 1, 2)
        grid.addWidget(form_label(self.tr("Due on"), self), 2, 0)
        grid.addWidget(self.day, 2, 1)
        grid.addWidget(self.timed, 3, 0)
        grid.addWidget(self.clock, 3, 1)
        grid.addWidget(self.zone, 4, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        buttons = QHBoxLayout()
        self.delete = QPushButton(self.tr("Delete"), self)
        self.forget = QPushButton(self.tr("Cancel"), self)
        self.done = QPushButton(self.tr("Done"), self)
        self.done.setProperty("primary", "true")
        self.done.pressed.connect(self._touch)
        buttons.addWidget(self.delete)
        buttons.addStretch(1)
        buttons.addWidget(self.forget)
        buttons.addWidget(self.done)
        for button in (self.delete, self.forget, self.done):
            button.setProperty("role", "small")
            button.setAutoDefault(False)
        column.addLayout(buttons)
        self.timed.toggled.connect(self._show_fitting)
        for signal in (self.label.textEdited, self.kind.activated, self.day.userDateChanged, self.timed.clicked):
            signal.connect(self._touch)

    def fill(self, deadline: Deadline, home_zone: str, *, is_new: bool) -> None:
        """Show a deadline."""
        self._before = deadline
        due = deadline.due
        self.kind.set_value(deadline.kind)
        self.label.setText(deadline.label)
        self.day.set_day(day_of(due))
        self.timed.setChecked(isinstance(due, datetime))
        self.clock.set_clock(due.time() if isinstance(due, datetime) else time(23, 59))
        self.zone.set_zone(tzid_of(due) or home_zone)
        self.delete.setVisible(not is_new)
        self._show_fitting()
        self.is_touched = False

    def deadline(self) -> Deadline:
        """The deadline the fields say."""
        day = self.day.day()
        due: date = day
        if self.timed.isChecked():
            name, before = self.zone.zone(), self._before.due
            # A zone only the event's file knows stays the zone it is.
            known = before.tzinfo if isinstance(before, datetime) and tzid_of(before) == name else find_zone(name)
            due = datetime.combine(day, self.clock.clock(), tzinfo=known)
        kind = self.kind.value()
        assert isinstance(kind, DeadlineKind)
        return replace(self._before, kind=kind, due=due, label=" ".join(self.label.text().split()))

    def _touch(self, *_what: object) -> None:
        self.is_touched = True

    def _show_fitting(self, *_what: object) -> None:
        self.clock.setVisible(self.timed.isChecked())
        self.zone.setVisible(self.timed.isChecked())
