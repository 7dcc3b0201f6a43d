"""What an import left out, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from scplanner.domain.review import ReviewKind
from scplanner.ui.dialogs.base import PlannerDialog
from scplanner.ui.widgets.row_table import Column, RowTable

if TYPE_CHECKING:
    from scplanner.domain.review import ReviewItem


class LeftOutDialog(PlannerDialog):
    """Conflicts that need the user's word, and what could not be read."""

    def __init__(self, items: Sequence[ReviewItem], parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("LeftOutDialog", "Left out of the import")
        super().__init__(title, parent)
        self.say(self.tr("These were not written. Your own version of each event is as it was."))
        table: RowTable[ReviewItem] = RowTable(
            (
                Column(self.tr("Event"), _name, stretches=True),
                Column(self.tr("File"), lambda item: f"{item.source}:{item.line}" if item.line else item.source),
                Column(self.tr("Why"), self._reason),
            ),
            title,
        )
        table.show_rows(items)
        self.body.addWidget(table)
        self.add_close_button()
        self.resize(820, 380)
        table.setFocus()

    def _reason(self, item: ReviewItem) -> str:
        if item.kind is ReviewKind.CONFLICT:
            fields = ", ".join(conflict.field for conflict in item.conflicts)
            return self.tr("you and the file both changed: {fields}").replace("{fields}", fields or "…")
        if item.problems:
            return "; ".join(problem.reason for problem in item.problems)
        return "; ".join(doubt.reason for doubt in item.doubts)


def _name(item: ReviewItem) -> str:
    event = item.incoming or item.current
    return event.summary if event is not None else ""
