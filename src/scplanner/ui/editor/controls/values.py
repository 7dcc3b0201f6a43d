"""A row of words that can be taken away one by one, and a field to add another: topics, tags."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QMenu, QWidget

from scplanner.ui.editor.controls.buttons import Chip
from scplanner.ui.editor.controls.flow import FlowLayout


class ValueRow(QWidget):
    """Chips for a tuple of words. `changed` bears the new tuple."""

    changed = Signal(tuple)
    ended = Signal()

    def __init__(
        self, name: str, add_words: str, suggest: Callable[[], Sequence[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._suggest = suggest
        self._values: tuple[str, ...] = ()
        self._chips: list[Chip] = []
        self._flow = FlowLayout(self)
        self.setLayout(self._flow)
        self.add_button = Chip(self)
        self.add_button.show_value(add_words, "ghost", "")
        self.add_button.clicked.connect(self.begin)
        self.field = QLineEdit(self)
        self.field.setAccessibleName(add_words)
        self.field.setPlaceholderText(add_words)
        self.field.setVisible(False)
        self.field.setMinimumWidth(140)
        self.field.returnPressed.connect(self._add)
        self.field.installEventFilter(self)
        self._flow.addWidget(self.add_button)
        self._flow.addWidget(self.field)

    @property
    def is_editing(self) -> bool:
        """Whether the field is open."""
        return not self.field.isHidden()

    def values(self) -> tuple[str, ...]:
        """The words."""
        return self._values

    def set_values(self, values: Sequence[str]) -> None:
        """Show these words; what is being typed stays."""
        if tuple(values) == self._values:
            return
        self._values = tuple(values)
        self._show()

    def begin(self) -> None:
        """Open the field."""
        completer = QCompleter([word for word in self._suggest() if word not in self._values], self.field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        self.add_button.setVisible(False)
        self.field.setVisible(True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Keep what was typed and close the field."""
        if self.is_editing:
            self._add()
            self._close()

    def eventFilter(self, watched: object, event: QEvent, /) -> bool:
        """Esc closes the field without adding; leaving it adds. Delete on a chip takes its word away."""
        if watched is self.field:
            if (
                event.type() == QEvent.Type.KeyPress
                and isinstance(event, QKeyEvent)
                and event.key() == Qt.Key.Key_Escape
            ):
                self.field.clear()
                self._close()
                self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            if event.type() == QEvent.Type.FocusOut and not self._is_completing():
                self.finish()
        elif isinstance(watched, Chip) and watched in self._chips and isinstance(event, QKeyEvent):
            is_removal = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
            if is_removal and event.type() == QEvent.Type.KeyPress:
                self._remove(self._values[self._chips.index(watched)])
                return True
        return False

    def _is_completing(self) -> bool:
        completer: QCompleter | None = self.field.completer()
        popup = completer.popup() if completer is not None else None
        return popup is not None and popup.isVisible()

    def _show(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        self._flow.removeWidget(self.add_button)
        self._flow.removeWidget(self.field)
        for value in self._values:
            chip = Chip(self)
            chip.show_value(value, "plain", self._name)
            chip.setToolTip(self.tr("Press for choices, Delete to remove"))
            chip.clicked.connect(lambda _checked=False, value=value, chip=chip: self._ask(value, chip))
            chip.installEventFilter(self)
            chip.setVisible(True)
            self._flow.addWidget(chip)
            self._chips.append(chip)
        self._flow.addWidget(self.add_button)
        self._flow.addWidget(self.field)
        self.updateGeometry()

    def _ask(self, value: str, chip: Chip) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Remove “{value}”").format(value=value), lambda: self._remove(value))
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height())))

    def _remove(self, value: str) -> None:
        self._change(tuple(other for other in self._values if other != value))

    def _add(self) -> None:
        value = " ".join(self.field.text().split())
        self.field.clear()
        known = {other.casefold() for other in self._values}
        if value and value.casefold() not in known:
            self._change((*self._values, value))

    def _change(self, values: tuple[str, ...]) -> None:
        self._values = values
        self._show()
        self.changed.emit(values)

    def _close(self) -> None:
        self.field.setVisible(False)
        self.add_button.setVisible(True)
        self.ended.emit()
