"""What the user should know before anything else: clashes, and contradictions in what the source says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from scplanner.ui.editor.controls.buttons import WrapButton
from scplanner.ui.editor.edits import Select
from scplanner.ui.editor.sections.base import Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scplanner.domain.events import EventDetails, OccurrenceKey
    from scplanner.ui.context import Context


@dataclass(frozen=True, slots=True)
class ClashLine:
    """A clash with another event, as it is shown."""

    key: OccurrenceKey
    words: str


class WarningsSection(Section):
    """A box of clashes, each leading to the other event, and a box with the remark on the source."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.column.setSpacing(8)
        self._lines: list[WrapButton] = []
        self.clash_box = QFrame(self)
        self.clash_box.setProperty("role", "warning-box")
        self._clashes = QVBoxLayout(self.clash_box)
        self._clashes.setContentsMargins(8, 6, 8, 6)
        self._clashes.setSpacing(0)
        self.remark_box = QFrame(self)
        self.remark_box.setProperty("role", "note-box")
        remark = QVBoxLayout(self.remark_box)
        remark.setContentsMargins(12, 8, 12, 8)
        self.remark = QLabel(self.remark_box)
        self.remark.setTextFormat(Qt.TextFormat.PlainText)
        self.remark.setWordWrap(True)
        self.remark.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        remark.addWidget(self.remark)
        self.add_inset(self.clash_box)
        self.add_inset(self.remark_box)
        self.clash_box.setVisible(False)

    def show_details(self, details: EventDetails) -> None:
        """Show the remark; clashes come later, by `set_clashes`."""
        remark = details.event.remark
        self.remark.setText(remark)
        self.remark.setAccessibleName(self.tr("Remark: {text}").format(text=remark))
        self.remark_box.setVisible(bool(remark))
        self._show_if_needed()

    def set_clashes(self, clashes: Sequence[ClashLine]) -> None:
        """Show the clashes with other events."""
        for line in self._lines:
            self._clashes.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for clash in clashes:
            line = WrapButton("line", self.clash_box)
            line.set_lines((f"⚠ {clash.words}", "warning"), name=self.tr("Clash, press to show"))
            line.clicked.connect(lambda _checked=False, key=clash.key: self.publish(Select(key)))
            self._clashes.addWidget(line)
            self._lines.append(line)
        self.clash_box.setVisible(bool(clashes))
        self._show_if_needed()

    def clash_lines(self) -> tuple[WrapButton, ...]:
        """The lines of the box."""
        return tuple(self._lines)

    def _show_if_needed(self) -> None:
        self.setVisible(bool(self._lines) or not self.remark_box.isHidden())
