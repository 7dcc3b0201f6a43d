"""What is done to events: making, moving, deciding, deleting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from scplanner.domain.changes import AppliedChanges
from scplanner.domain.events import Decision, Event, OccurrenceKey
from scplanner.domain.temporal import TimeSpan
from scplanner.errors import NothingToDo
from scplanner.ui.commands import CommandId
from scplanner.ui.context import Context
from scplanner.ui.formatting import format_days
from scplanner.ui.messages import Action

if TYPE_CHECKING:
    from scplanner.services.events import Scope
    from scplanner.ui.window import MainWindow

_DECISIONS = {
    CommandId.GOING: Decision.GOING,
    CommandId.CONSIDERING: Decision.CONSIDERING,
    CommandId.WATCHING: Decision.WATCHING,
    CommandId.DECLINED: Decision.DECLINED,
    CommandId.UNDECIDED: None,
}
_ON_EVENTS = (*_DECISIONS, CommandId.DELETE_EVENT, CommandId.OPEN_EVENT, CommandId.EXPORT_EVENT)


class EventActions(QObject):
    """Listens to the views and to the commands on events."""

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        commands = context.commands
        commands.on(CommandId.NEW_EVENT, self._new_event)
        commands.on(CommandId.OPEN_EVENT, lambda: window.inspector.open_panel(take_focus=True))
        commands.on(CommandId.DELETE_EVENT, lambda: self.delete(window.views.selected_keys()))
        for command, decision in _DECISIONS.items():
            commands.on(command, lambda decision=decision: self._decide_selected(decision))  # type: ignore[misc]
        views = window.views
        views.create_requested.connect(self.create)
        views.move_requested.connect(self.move)
        views.decision_requested.connect(self.decide)
        views.delete_requested.connect(self.delete)
        window.inspector.delete_requested.connect(self.delete)
        context.bus.selection_changed.connect(lambda _key: self._enable())
        self._enable()

    def create(self, span: TimeSpan) -> None:
        """Make an own event at these times and open it with the cursor in its title."""
        from scplanner.services import events

        workspace = self._context.workspace
        draft = Event(0, 0, "", summary=self.tr("New event"), start=span.start, end=span.end)
        self._context.tasks.write(lambda: events.create_event(workspace, draft), self._created)

    def move(self, key: OccurrenceKey, span: TimeSpan) -> None:
        """Move an event; of a series, what the user says."""
        from scplanner.services import events

        workspace = self._context.workspace
        days = span.days_in(workspace.home_zone)
        tell = self.tr("Now {days}: {title}").replace("{days}", format_days(*days))

        def go(scope: Scope) -> None:
            self._write(lambda: events.move(workspace, key, span, scope), tell=tell)

        self._with_scope((key,), self.tr("Move"), go)

    def decide(self, keys: Sequence[OccurrenceKey], decision: Decision | None) -> None:
        """Set the decision; of a series, on this occurrence or on all of it, as the user says."""
        from scplanner.services import events

        if not keys:
            return
        workspace = self._context.workspace
        is_whole = True
        if any(key.recurrence_id for key in keys):
            from scplanner.ui.dialogs.scope import ask_whole_series

            answer = ask_whole_series(self._window)
            if answer is None:
                return
            is_whole = answer
        self._write(lambda: events.decide(workspace, keys, decision, whole_series=is_whole))

    def delete(self, keys: Sequence[OccurrenceKey]) -> None:
        """Move events to the trash, with the way back in the message bar."""
        from scplanner.services import events
        from scplanner.services.events import Scope

        if not keys:
            return
        workspace = self._context.workspace

        def go(scope: Scope) -> None:
            if any(key.recurrence_id for key in keys) and scope is not Scope.ALL:
                tell = self.tr("Taken out of the series: {title}")  # a date of a series leaves nothing in the trash
            elif len(keys) == 1:
                tell = self.tr("Moved to the trash: {title}")
            else:
                tell = self.tr("%Ln events moved to the trash", "", len(keys))
            self._write(lambda: events.delete(workspace, keys, scope), tell=tell, keys=keys)

        self._with_scope(keys, self.tr("Delete"), go)

    def _new_event(self) -> None:
        day = self._window.views.anchor()
        today = self._context.today()
        if (day.year, day.month) == (today.year, today.month):
            day = today
        self.create(TimeSpan(day, day + timedelta(days=1)))

    def _decide_selected(self, decision: Decision | None) -> None:
        self.decide(self._window.views.selected_keys(), decision)

    def _with_scope(self, keys: Sequence[OccurrenceKey], verb: str, go: Callable[[Scope], None]) -> None:
        from scplanner.services.events import Scope

        if not any(key.recurrence_id for key in keys):
            go(Scope.ALL)
            return
        from scplanner.ui.dialogs.scope import ask_scope

        scope = ask_scope(self._window, verb)
        if scope is not None:
            go(scope)

    def _write(self, run: Callable[[], AppliedChanges], tell: str = "", keys: Sequence[OccurrenceKey] = ()) -> None:
        def done(applied: AppliedChanges) -> None:
            if any(key == self._context.selection for key in keys):
                self._context.select(None)
            if tell:
                undo = Action(self.tr("Undo"), lambda: self._context.commands.trigger(CommandId.UNDO))
                self._context.messages.tell(tell.replace("{title}", _subject(applied.title)), undo, topic="undo")

        self._context.tasks.write(run, done, self._failed)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, NothingToDo):
            self._context.messages.show_error(error)

    def _created(self, applied: AppliedChanges) -> None:
        numbers = list(applied.created.values()) or list(applied.events)
        if numbers:
            self._context.select(OccurrenceKey(numbers[0]))
            self._window.inspector.open_panel(edit_title=True)

    def _enable(self) -> None:
        has_selection = self._context.selection is not None
        for command in _ON_EVENTS:
            self._context.commands.set_enabled(command, has_selection)


def _subject(title: str) -> str:
    """What a step's title is about: what stands after its verb."""
    _, _, rest = title.partition(" ")
    return rest or title
