"""The views the window has: one line each. Their modules are imported when they are first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scplanner.ui.commands import CommandId

if TYPE_CHECKING:
    from scplanner.ui.context import Context
    from scplanner.ui.views.protocol import EventView


@dataclass(frozen=True, slots=True)
class ViewEntry:
    """A view: what makes it, its icon, the command that shows it."""

    make: Callable[[Context], EventView]
    icon: str
    command: CommandId


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
