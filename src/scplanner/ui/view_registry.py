"""The views the window has: one line each. Their modules are imported when they are first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scplanner.ui.commands import CommandId
from scplanner.ui.event_view import ViewEntry

if TYPE_CHECKING:
    from scplanner.ui.views.agenda.view import AgendaView
    from scplanner.ui.views.month.view import MonthView


def _month() -> type[MonthView]:
    from scplanner.ui.views.month.view import MonthView

    return MonthView


def _agenda() -> type[AgendaView]:
    from scplanner.ui.views.agenda.view import AgendaView

    return AgendaView


VIEWS: dict[str, ViewEntry] = {
    "month": ViewEntry(_month, "calendar-month", CommandId.VIEW_MONTH),
    "agenda": ViewEntry(_agenda, "list-details", CommandId.VIEW_AGENDA),
}
