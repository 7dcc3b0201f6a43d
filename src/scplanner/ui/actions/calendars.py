"""Making, showing, renaming, colouring and removing calendars."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog

from scplanner.domain.changes import AppliedChanges
from scplanner.domain.events import Calendar
from scplanner.ui.actions.facts import FactsReader
from scplanner.ui.commands import CommandId
from scplanner.ui.context import Context
from scplanner.ui.messages import Action

if TYPE_CHECKING:
    from scplanner.ui.window import MainWindow


class CalendarActions(QObject):
    """Listens to the rail."""

    def __init__(self, context: Context, window: MainWindow, facts: FactsReader) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._facts = facts
        context.commands.on(CommandId.NEW_CALENDAR, self._add)
        window.rail.visibility_requested.connect(self._set_visible)
        window.rail.calendar_requested.connect(self._do)

    def _add(self) -> None:
        from scplanner.services import calendars
        from scplanner.ui.dialogs.calendar import ask_calendar

        answer = ask_calendar(self._window, self.tr("New calendar"))
        if answer is not None:
            name, color = answer
            workspace = self._context.workspace
            self._context.tasks.write(lambda: calendars.add(workspace, name, color))

    def _set_visible(self, calendar_id: int, is_visible: bool) -> None:
        self._show_calendars({calendar_id: is_visible})

    def _show_calendars(self, wanted: dict[int, bool]) -> None:
        from scplanner.services import calendars

        workspace = self._context.workspace

        def run() -> None:
            for calendar_id, is_visible in wanted.items():
                calendars.set_visible(workspace, calendar_id, is_visible)

        changed = AppliedChanges(None, calendars=frozenset(wanted))
        self._context.tasks.write(run, lambda _: self._context.bus.publish_applied(changed))

    def _do(self, what: str, calendar_id: int) -> None:
        calendar = self._find(calendar_id)
        if calendar is not None:
            steps: dict[str, Callable[[Calendar], None]] = {
                "rename": self._rename,
                "recolor": self._recolor,
                "only": self._only,
                "remove": self._remove,
            }
            steps[what](calendar)

    def _find(self, calendar_id: int) -> Calendar | None:
        facts = self._facts.facts
        return next((c for c in facts.calendars if c.id == calendar_id), None) if facts is not None else None

    def _rename(self, calendar: Calendar) -> None:
        from scplanner.services import calendars
        from scplanner.ui.dialogs.calendar import ask_calendar

        answer = ask_calendar(self._window, self.tr("Rename the calendar"), calendar.name)
        if answer is not None and answer[0] != calendar.name:
            workspace = self._context.workspace
            self._context.tasks.write(lambda: calendars.rename(workspace, calendar.id, answer[0]))

    def _recolor(self, calendar: Calendar) -> None:
        from scplanner.services import calendars

        title = self.tr("Colour of {name}").replace("{name}", calendar.name)
        color = QColorDialog.getColor(QColor(calendar.color), self._window, title)
        if color.isValid() and color != QColor(calendar.color):
            workspace = self._context.workspace
            self._context.tasks.write(lambda: calendars.recolor(workspace, calendar.id, color.name()))

    def _only(self, calendar: Calendar) -> None:
        facts = self._facts.facts
        if facts is not None:
            self._show_calendars({c.id: c.id == calendar.id for c in facts.calendars})

    def _remove(self, calendar: Calendar) -> None:
        from scplanner.services import calendars

        workspace = self._context.workspace

        def done(_applied: AppliedChanges) -> None:
            text = self.tr("{name} and its events were moved to the trash").replace("{name}", calendar.name)
            undo = Action(self.tr("Undo"), lambda: self._context.commands.trigger(CommandId.UNDO))
            self._context.messages.tell(text, undo, topic="undo")

        self._context.tasks.write(lambda: calendars.remove(workspace, calendar.id), done)
