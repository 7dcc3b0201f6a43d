"""The views the window has: one line each. Their modules are imported when they are first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scplanner.ui.commands import CommandId
from scplanner.ui.event_view import ViewEntry

if TYPE_CHECKING:
    from scplanner.ui.context import Context
    from scplanner.ui.event_view import EventView


def _month(context: Context) -> EventView:
    from scplanner.ui.views.month.view import MonthView

    return MonthView(context)


def _agenda(context: Context) -> EventView:
    from scplanner.ui.views.agenda.view import AgendaView

    return AgendaView(context)


VIEWS: dict[str, ViewEntry] = {
    "month": ViewEntry(_month, "calendar-month", CommandId.VIEW_MONTH),
    "agenda": ViewEntry(_agenda, "list-details", CommandId.VIEW_AGENDA),
}
