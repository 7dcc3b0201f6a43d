"""The status line: how much there is, what clashes, what is due next; and on the right what is being done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from scplanner.ui.commands import CommandId
from scplanner.ui.context import Context
from scplanner.ui.event_words import event_count
from scplanner.ui.formatting import format_short_day, format_time
from scplanner.ui.tasks import Task
from scplanner.ui.theme import scaled_font
from scplanner.ui.widgets.buttons import icon_button, link_button

_SHOW_AFTER_MS = 250


class StatusLine(QFrame):
    """Facts on the left, work on the right. Shows what it is told; clashes and the next deadline are links."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self._context = context
        self._task: Task | None = None
        self._backup: datetime | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 12, 3)
        row.setSpacing(4)
        font = scaled_font(self.font(), 0.92)
        self._counts = QLabel(self.tr("Opening…"))
        self._facts = ""
        self._clashes = link_button("", self._run(CommandId.CLASHES), "warning")
        self._deadline = link_button("", self._run(CommandId.DEADLINES), "muted")
        self._dot = QLabel("·")
        self._work = QLabel()
        self._bar = QProgressBar()
        self._bar.setFixedWidth(120)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cancel = icon_button(context, "player-stop", self.tr("Cancel"), self._cancel_task)
        self._saved = link_button("", self._run(CommandId.BACKUPS), "muted")
        self._counts.setProperty("tone", "muted")
        self._dot.setProperty("tone", "muted")
        self._work.setProperty("tone", "muted")
        facts: list[QWidget] = [self._counts, self._clashes, self._dot, self._deadline]
        work: list[QWidget] = [self._work, self._bar, self._cancel, self._saved]
        for widget in (*facts, *work):
            widget.setFont(font)
            if widget is self._work:
                row.addStretch(1)
            row.addWidget(widget)
        self._work.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        for widget in (self._clashes, self._dot, self._deadline, *work):
            widget.hide()
        self._delay = QTimer(self, singleShot=True, interval=_SHOW_AFTER_MS)
        self._delay.timeout.connect(self._show_work)
        context.tasks.started.connect(self._started)
        context.tasks.idle_changed.connect(self._idle_changed)

    def show_counts(self, events: int, in_plan: int) -> None:
        """Tell how many events there are, and how many of them are in the plan."""
        plan = self.tr("%Ln in my plan", "", in_plan)
        self._facts = f"{event_count(events)} · {plan}"
        self._show_facts()

    def show_clashes(self, count: int) -> None:
        """Tell how many clashes there are."""
        words = self.tr("1 clash") if count == 1 else self.tr("%Ln clashes", "", count)
        self._clashes.setVisible(count > 0)
        self._clashes.setText(words)
        self._clashes.setAccessibleName(words)
        self._show_facts()

    def show_deadline(self, text: str) -> None:
        """Tell what is due next; empty hides it."""
        words = self.tr("next deadline: {what}").replace("{what}", text)
        self._deadline.setVisible(bool(text))
        self._deadline.setText(words)
        self._deadline.setAccessibleName(words)
        self._show_facts()

    def _show_facts(self) -> None:
        """The dots between the facts are the plain words', not the links'."""
        has_clashes, has_deadline = not self._clashes.isHidden(), not self._deadline.isHidden()
        self._counts.setText(self._facts + (" ·" if has_clashes or has_deadline else ""))
        self._dot.setVisible(has_clashes and has_deadline)

    def show_backup(self, when: datetime | None) -> None:
        """Tell when the last backup was made."""
        self._backup = when
        self._show_saved()

    def _show_saved(self) -> None:
        busy = self._task is not None and not self._work.isHidden()
        self._saved.setVisible(not busy and self._context.is_open)
        text = self.tr("Saved")
        if self._backup is not None:
            local = self._backup.astimezone()
            today = datetime.now(local.tzinfo).date()
            is_today = local.date() == today
            when = format_time(local) if is_today else format_short_day(local.date(), year_of=today)
            text += " · " + self.tr("last backup {when}").replace("{when}", when)
        self._saved.setText(text)
        self._saved.setAccessibleName(text)
        self._saved.setToolTip(self.tr("Everything is saved as you go. Click for backups."))

    def _started(self, task: Task) -> None:
        self._task = task
        task.progressed.connect(self._progressed, Qt.ConnectionType.QueuedConnection)
        self._work.setText(task.title)
        self._bar.setRange(0, 0)
        self._delay.start()

    def _progressed(self, text: str, fraction: object) -> None:
        if self.sender() not in (self._task, None):
            return
        if text:
            self._work.setText(text)
        if isinstance(fraction, float):
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(fraction * 1000))
        else:
            self._bar.setRange(0, 0)

    def _show_work(self) -> None:
        if self._task is None:
            return
        self._work.show()
        self._bar.show()
        self._cancel.setVisible(self._task.can_cancel)
        self._show_saved()

    def _idle_changed(self) -> None:
        running = self._context.tasks.running
        if running:
            if self._task not in running:
                self._task = running[0]
                self._work.setText(self._task.title)
            return
        self._task = None
        self._delay.stop()
        for widget in (self._work, self._bar, self._cancel):
            widget.hide()
        self._show_saved()

    def _cancel_task(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._work.setText(self.tr("Stopping…"))

    def _run(self, command: CommandId) -> Callable[[], None]:
        return lambda: self._context.commands.trigger(command)
