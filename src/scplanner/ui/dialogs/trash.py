"""Deleted events, with the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from scplanner.errors import PlannerError
from scplanner.ui.context import Context
from scplanner.ui.dialogs.base import PlannerDialog
from scplanner.ui.formatting import format_moment, format_plain_days
from scplanner.ui.widgets.row_table import Column, RowTable

if TYPE_CHECKING:
    from scplanner.domain.events import Event
    from scplanner.services.queries import TrashRow


class TrashDialog(PlannerDialog):
    """What was deleted; several can be brought back at once, in one step."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("TrashDialog", "Trash")
        super().__init__(title, parent)
        self._context = context
        self.table: RowTable[TrashRow] = RowTable(
            (
                Column(self.tr("Event"), lambda row: row.event.summary, stretches=True),
                Column(self.tr("Dates"), lambda row: _dates(row.event)),
                Column(self.tr("Calendar"), lambda row: row.calendar_name),
                Column(self.tr("Deleted"), lambda row: format_moment(row.deleted_at)),
            ),
            title,
            several=True,
        )
        self.body.addWidget(self.table)
        self._restore = self.add_button(self.tr("Restore"), self._bring_back, is_primary=True)
        self.add_close_button()
        self.table.row_changed.connect(lambda: self._restore.setEnabled(bool(self.table.chosen())))
        self.table.row_activated.connect(lambda _row: self._bring_back())
        context.bus.applied.connect(self._reload)
        self.resize(760, 460)
        self._reload()
        self.table.setFocus()

    def _reload(self, _applied: object = None) -> None:
        from scplanner.services import queries

        # After the undoing of a large import thousands of events are here.
        workspace = self._context.workspace
        self._context.tasks.io(lambda: queries.trash(workspace), self._show, self._failed)

    def _show(self, rows: list[TrashRow]) -> None:
        self.table.show_rows(rows)
        self.say(
            self.tr("What you delete comes here, with your notes and decisions.")
            if rows
            else self.tr("The trash is empty. What you delete comes here and can be brought back.")
        )

    def _bring_back(self) -> None:
        from scplanner.services import events

        ids = [row.event.id for row in self.table.chosen()]
        if ids:
            workspace = self._context.workspace
            self._context.tasks.write(lambda: events.restore(workspace, ids), None, self._failed)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, PlannerError):
            self.say(str(error))
        else:
            self._context.messages.show_error(error)


def _dates(event: Event) -> str:
    if event.span is not None:
        return format_plain_days(event.span.first_day, event.span.last_day, short=True)
    return event.vague.text if event.vague is not None else ""
