"""What to write, and where to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from scplanner.domain.events import Decision, OccurrenceKey
from scplanner.domain.query import EventFilter
from scplanner.ui.context import Context
from scplanner.ui.dialogs.base import PlannerDialog
from scplanner.ui.event_words import event_count
from scplanner.ui.words import decision_words

if TYPE_CHECKING:
    from scplanner.services.exporting import ExportReport

_ENDINGS = {"going": "going", "plan": "plan", "shown": "events", "chosen": "event"}


class ExportDialog(PlannerDialog):
    """Chooses events and a file. After `exec`: `target` is the file, `writer()` what writes it."""

    def __init__(
        self,
        context: Context,
        keys: tuple[OccurrenceKey, ...],
        parent: QWidget | None = None,
        *,
        only_these: bool = False,
    ) -> None:
        title = QCoreApplication.translate("ExportDialog", "Export")
        super().__init__(title, parent)
        self._context = context
        self._keys = keys
        self._is_named_by_hand = False
        self.target: Path | None = None
        self.say(self.tr("An iCalendar file that any calendar can read. Your notes and decisions stay here."))
        self._group = QButtonGroup(self)
        column = QVBoxLayout()
        words = {
            "shown": self.tr("All events the filters let through"),
            "going": decision_words(Decision.GOING),
            "plan": f"{decision_words(Decision.GOING)} + {decision_words(Decision.CONSIDERING)}",
            "chosen": self.tr("The selected event") if len(keys) == 1 else self.tr("The selected events"),
        }
        self._choices: dict[str, QRadioButton] = {}
        for name, text in words.items():
            button = QRadioButton(text)
            button.setAccessibleName(text)
            self._group.addButton(button)
            self._choices[name] = button
            column.addWidget(button)
        self._choices["chosen"].setEnabled(bool(keys))
        first = self._choices["chosen" if only_these and keys else "going"]
        first.setChecked(True)
        self.body.addLayout(column)
        first.setFocus()  # only now is it one of the dialog's
        row = QHBoxLayout()
        label = QLabel(self.tr("File"))
        self.file = QLineEdit()
        self.file.setAccessibleName(self.tr("File"))
        self.file.setMinimumWidth(380)
        self.file.textEdited.connect(self._named)
        browse = QPushButton(self.tr("Browse…"))
        browse.setAccessibleName(self.tr("Choose the file"))
        browse.setAutoDefault(False)
        browse.clicked.connect(lambda _checked=False: self._browse())
        for widget in (label, self.file, browse):
            row.addWidget(widget)
        self.body.addLayout(row)
        self.count = QLabel()
        self.count.setProperty("tone", "muted")
        self.body.addWidget(self.count)
        self.add_button(self.tr("Cancel"), self.reject)
        self._go = self.add_button(title, self._accept, is_primary=True)
        self._group.buttonClicked.connect(lambda _button: self._chosen_changed())
        self._may_replace: Path | None = None
        self._counted = QTimer(self, singleShot=True, interval=0)
        self._counted.timeout.connect(self._count)
        self._chosen_changed()

    @property
    def choice(self) -> str:
        """Which events: "shown", "going", "plan" or "chosen"."""
        return next(name for name, button in self._choices.items() if button.isChecked())

    def event_filter(self) -> EventFilter | None:
        """The filter of the choice; None where it is of chosen events."""
        plan = {
            "going": frozenset({Decision.GOING}),
            "plan": frozenset({Decision.GOING, Decision.CONSIDERING}),
        }
        if self.choice == "chosen":
            return None
        if self.choice == "shown":
            return replace(self._context.event_filter, range=None)
        return EventFilter(decisions=plan[self.choice])

    def writer(self) -> Callable[[], ExportReport]:
        """What writes the file, away from the GUI thread."""
        from scplanner.services import exporting

        workspace, target = self._context.workspace, self.target
        event_filter = self.event_filter()
        keys = self._keys if event_filter is None else ()
        assert target is not None, "only after the dialog was accepted"
        return lambda: exporting.export_events(workspace, target, event_filter, keys=keys, overwrite=True)

    def _chosen_changed(self) -> None:
        if not self._is_named_by_hand:
            folder = Path(self._context.settings.export_dir or Path.home())
            self.file.setText(str(folder / f"smart-city-{_ENDINGS[self.choice]}.ics"))
        self._counted.start()

    def _named(self, _text: str) -> None:
        self._is_named_by_hand = True
        self._may_replace = None

    def _count(self) -> None:
        if not self._context.is_open:
            return
        event_filter = self.event_filter()
        if event_filter is None:
            self._show_count(len(self._keys))
            return
        from scplanner.services import queries

        workspace, choice = self._context.workspace, self.choice

        def done(count: int) -> None:
            if choice == self.choice:
                self._show_count(count)

        self._context.tasks.io(lambda: len(queries.agenda(workspace, event_filter)), done, owner=self)

    def _show_count(self, count: int) -> None:
        self.count.setText(event_count(count))
        self._go.setEnabled(count > 0)

    def _browse(self) -> None:
        pattern = self.tr("Calendars") + " (*.ics)"
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export"), self.file.text(), pattern)
        if name:
            self.file.setText(name)
            self._is_named_by_hand = True
            self._may_replace = Path(name)  # the file dialog has asked

    def _accept(self) -> None:
        text = self.file.text().strip()
        if not text:
            self.say(self.tr("Give the file a name."))
            return
        path = Path(text).expanduser()
        path = path if path.suffix else path.with_suffix(".ics")
        if path.is_dir() or not path.parent.is_dir():
            self.say(self.tr("There is no such folder: {folder}").replace("{folder}", str(path.parent)))
            return
        if path.exists() and path != self._may_replace:
            self._may_replace = path
            self.say(self.tr("{name} exists already. Export once more to replace it.").replace("{name}", path.name))
            self._go.setText(self.tr("Replace"))
            return
        self.target = path
        self.accept()
