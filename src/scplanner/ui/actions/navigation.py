"""Views, ranges, filters, and what rail and status line show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from scplanner.domain.events import Decision
from scplanner.domain.query import EventFilter
from scplanner.ui.actions.facts import Facts, FactsReader
from scplanner.ui.commands import CommandId
from scplanner.ui.context import Context
from scplanner.ui.formatting import format_due
from scplanner.ui.view_registry import VIEWS
from scplanner.ui.view_stack import FIRST_VIEW
from scplanner.ui.words import deadline_words

if TYPE_CHECKING:
    from scplanner.services.queries import Opening
    from scplanner.services.workspace import Workspace
    from scplanner.ui.window import MainWindow

_UNDECIDED = "none"


class NavigationActions(QObject):
    """Moves through time and views; keeps the window's frame in step with the data."""

    def __init__(self, context: Context, window: MainWindow, facts: FactsReader) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._views = window.views
        commands = context.commands
        for key, entry in VIEWS.items():
            commands.on(entry.command, lambda key=key: self._views.show_view(key))  # type: ignore[misc]
        commands.on(CommandId.BACK, lambda: self._views.step(-1))
        commands.on(CommandId.FORWARD, lambda: self._views.step(1))
        commands.on(CommandId.TODAY, self._views.go_today)
        commands.on(CommandId.GO_TO_DAY, self._go_to_day)
        commands.on(CommandId.CLEAR_FILTERS, lambda: context.set_filter(EventFilter()))
        commands.on(CommandId.SHOW_DECLINED, self._toggle_declined)
        window.rail.view_requested.connect(self._views.show_view)
        self._views.view_changed.connect(self._view_changed)
        self._views.occurrence_activated.connect(lambda _key: window.inspector.open_panel(take_focus=True))
        window.search_popup.filter_chosen.connect(lambda _text: self._views.show_view("agenda"))
        context.bus.filter_changed.connect(self._filter_changed)
        facts.changed.connect(self._show)
        window.closing.connect(self._remember)

    def restore(self) -> None:
        """Show the view, range and filter the window was left with; the first time, the season to open on."""
        settings = self._context.settings
        decisions = {None if name == _UNDECIDED else Decision(name) for name in settings.decisions if _known(name)}
        self._context.set_filter(
            EventFilter(
                topics=frozenset(settings.topics),
                countries=frozenset(settings.countries),
                decisions=frozenset(decisions),
                show_declined=settings.show_declined,
            )
        )
        anchor = _date(settings.anchor)
        if anchor is None:
            self._open_first()
        else:
            self._views.show_day(anchor)
            self._views.show_view(settings.view if settings.view in VIEWS else FIRST_VIEW)

    def _open_first(self) -> None:
        workspace = self._context.workspace

        def show(found: tuple[Opening, date]) -> None:
            opening, day = found
            self._views.show_day(day)
            self._views.show_view(FIRST_VIEW)
            self._context.messages.tell(opening.sentence, topic="opening")

        self._context.tasks.io(lambda: _find_opening(workspace), show)

    def _show(self, facts: Facts) -> None:
        self._context.theme.set_calendar_colors({calendar.id: calendar.color for calendar in facts.calendars})
        counts = facts.counts
        window = self._window
        window.rail.show_calendars(facts.calendars, counts.calendars)
        window.rail.show_topics(counts.topics)
        window.views.header.set_choices(counts.topics, counts.countries)
        window.status_line.show_counts(counts.events, counts.in_plan)
        window.status_line.show_clashes(len(facts.clashes))
        window.status_line.show_backup(facts.last_backup)
        row = facts.next_deadline
        text = ""
        if row is not None:
            what = row.deadline.label or deadline_words(row.deadline.kind)
            text = f"{row.summary}, {what}, {format_due(row.deadline, self._context.today())}"
        window.status_line.show_deadline(text)

    def _view_changed(self, key: str) -> None:
        self._window.rail.show_view(key)
        self._context.change_settings(view=key)

    def _filter_changed(self, event_filter: EventFilter) -> None:
        self._context.commands.action(CommandId.SHOW_DECLINED).setChecked(event_filter.show_declined)
        self._context.commands.set_enabled(CommandId.CLEAR_FILTERS, event_filter != EventFilter())
        self._context.change_settings(
            topics=tuple(sorted(event_filter.topics)),
            countries=tuple(sorted(event_filter.countries)),
            decisions=tuple(sorted(_UNDECIDED if d is None else d.value for d in event_filter.decisions)),
            show_declined=event_filter.show_declined,
        )

    def _toggle_declined(self) -> None:
        before = self._context.event_filter
        self._context.set_filter(replace(before, show_declined=not before.show_declined))

    def _go_to_day(self) -> None:
        from scplanner.ui.dialogs.day import ask_day

        day = ask_day(self._window, self._views.anchor())
        if day is not None:
            self._views.show_day(day)
            self._views.focus_view()

    def _remember(self) -> None:
        if self._views.key:
            self._context.change_settings(view=self._views.key, anchor=self._views.anchor().isoformat())


def _find_opening(workspace: Workspace) -> tuple[Opening, date]:
    """The season to open on, and a day of it: today, or of the month with the most events. Not for the GUI thread."""
    from scplanner.services import queries

    opening = queries.opening(workspace)
    days, today = opening.range, workspace.today()
    if today in days:
        return opening, today
    found = queries.occurrences(workspace, days)
    months = [o.first_day.replace(day=1) for o in found if not o.is_vague and o.first_day in days]
    return opening, max(sorted(set(months)), key=months.count) if months else days.first


def _known(name: str) -> bool:
    return name == _UNDECIDED or name in set(Decision)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
