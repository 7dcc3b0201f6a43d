"""What the window asks of a view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scplanner.domain.events import Decision, OccurrenceKey
    from scplanner.domain.temporal import TimeSpan
    from scplanner.ui.commands import CommandId
    from scplanner.ui.context import Context


@dataclass(frozen=True, slots=True)
class ViewEntry:
    """A view in the table of views (ui/view_registry.py): its icon, the command that shows it, and its class.

    `load` imports what the view needs, and gives the class; done early, the view is made the quicker.
    """

    load: Callable[[], Callable[[Context], EventView]]
    icon: str
    command: CommandId


class EventView(QWidget):
    """A view of events. Made with `(context: Context, parent: QWidget | None = None)`; subclass and override.

    It reads `context.event_filter`, listens to `context.bus` (applied, filter_changed, selection_changed, settings_changed) and
    to `context.theme.changed`, and asks for what the user wants by these signals (emit through the typed methods):

    * `occurrence_activated(OccurrenceKey)`: Enter or double click; the inspector opens and takes the focus
    * `selection_changed(OccurrenceKey | None)`: one is selected, or nothing is; the inspector shows it
    * `create_requested(TimeSpan)`, `move_requested(OccurrenceKey, TimeSpan)`,
      `decision_requested(tuple[OccurrenceKey, ...], Decision | None)`, `delete_requested(tuple[OccurrenceKey, ...])`
    * `title_changed()`: `title()` or `subtitle()` are to be asked again
    """

    occurrence_activated = Signal(object)
    selection_changed = Signal(object)
    create_requested = Signal(object)
    move_requested = Signal(object, object)
    decision_requested = Signal(object, object)
    delete_requested = Signal(object)
    title_changed = Signal()

    def show_range_containing(self, day: date) -> None:
        """Show the range (month, season …) that holds that day."""
        raise NotImplementedError

    def anchor(self) -> date:
        """A day of the range shown, to come back to and to show other views at."""
        raise NotImplementedError

    def title(self) -> str:
        """What the header says: "October 2023"."""
        raise NotImplementedError

    def subtitle(self) -> str:
        """What stands beside the title, muted: "17 events"."""
        return ""

    def step(self, direction: int) -> None:
        """One range forward (+1) or back (-1)."""
        raise NotImplementedError

    def go_today(self) -> None:
        """Show the range with today in it and move the cursor there."""
        raise NotImplementedError

    def selected_keys(self) -> tuple[OccurrenceKey, ...]:
        """What is selected, for commands and exports."""
        return ()

    def header_widgets(self) -> Sequence[QWidget]:
        """The view's own choices, shown in the header right of the arrows."""
        return ()

    def request_activation(self, key: OccurrenceKey) -> None:
        """Ask for the inspector to open on it."""
        self.occurrence_activated.emit(key)

    def publish_selection(self, key: OccurrenceKey | None) -> None:
        """Tell what is selected."""
        self.selection_changed.emit(key)

    def request_creation(self, span: TimeSpan) -> None:
        """Ask for a new event there."""
        self.create_requested.emit(span)

    def request_move(self, key: OccurrenceKey, span: TimeSpan) -> None:
        """Ask for an event to be moved there."""
        self.move_requested.emit(key, span)

    def request_decision(self, keys: Sequence[OccurrenceKey], decision: Decision | None) -> None:
        """Ask for a decision (None: take it back), on all of them in one step."""
        self.decision_requested.emit(tuple(keys), decision)

    def request_deletion(self, keys: Sequence[OccurrenceKey]) -> None:
        """Ask for events to go to the trash."""
        self.delete_requested.emit(tuple(keys))
