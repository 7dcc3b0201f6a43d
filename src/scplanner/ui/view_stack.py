"""The middle of the window: the header, the view that is shown, and what to say where there is nothing to show."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from scplanner.ui.context import Context
from scplanner.ui.view_registry import VIEWS
from scplanner.ui.widgets.view_header import ViewHeader

if TYPE_CHECKING:
    from scplanner.domain.events import OccurrenceKey
    from scplanner.ui.event_view import EventView

FIRST_VIEW = "month"


class ViewStack(QWidget):
    """Makes each view when it is first shown, and passes on what the views ask for, whichever it is.

    The signals are those of `EventView`; `view_changed(str)` tells which view is shown.
    """

    occurrence_activated = Signal(object)
    create_requested = Signal(object)
    move_requested = Signal(object, object)
    decision_requested = Signal(object, object)
    delete_requested = Signal(object)
    view_changed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._made: dict[str, EventView] = {}
        self._key = ""
        self._anchor: date | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = ViewHeader(context)
        column.addWidget(self.header)
        self._stack = QStackedWidget()
        self._stack.setContentsMargins(16, 0, 16, 8)
        self._stack.addWidget(QWidget())
        column.addWidget(self._stack, 1)
        self.setMinimumWidth(420)

    @property
    def key(self) -> str:
        """The key of the view that is shown; empty before the data are open."""
        return self._key

    @property
    def current(self) -> EventView | None:
        """The view that is shown."""
        return self._made.get(self._key)

    def prepare(self) -> None:
        """Have ready what the first view needs, while the data are still being opened."""
        VIEWS.get(self._context.settings.view, VIEWS[FIRST_VIEW]).load()

    def show_view(self, key: str) -> None:
        """Show a view, at the days the last one was at."""
        if key not in VIEWS or not self._context.is_open:
            return
        anchor = self.anchor()
        view = self._made.get(key) or self._make(key)
        if key != self._key:
            self._key = key
            view.show_range_containing(anchor)
            self._stack.setCurrentWidget(view)
            self._show_title()
            self.view_changed.emit(key)
        view.setFocus()

    def show_day(self, day: date) -> None:
        """Show the range that holds a day."""
        self._anchor = day
        if self.current is not None:
            self.current.show_range_containing(day)
            self._show_title()

    def show_event(self, key: OccurrenceKey, day: date | None = None) -> None:
        """Show the range an event is in, and select it."""
        where = day or self._day_of(key)
        if where is not None:
            self.show_day(where)
        self._context.select(key)
        self.occurrence_activated.emit(key)

    def anchor(self) -> date:
        """A day of the range that is shown."""
        if self.current is not None:
            return self.current.anchor()
        return self._anchor or self._context.today()

    def step(self, direction: int) -> None:
        """One range forward or back."""
        if self.current is not None:
            self.current.step(direction)

    def go_today(self) -> None:
        """To the present day."""
        if self.current is not None:
            self.current.go_today()

    def focus_view(self) -> None:
        """Give the keyboard to the view."""
        if self.current is not None:
            self.current.setFocus()

    def selected_keys(self) -> tuple[OccurrenceKey, ...]:
        """What is selected in the view, else what the inspector shows."""
        keys = self.current.selected_keys() if self.current is not None else ()
        if keys:
            return keys
        return (self._context.selection,) if self._context.selection is not None else ()

    def _make(self, key: str) -> EventView:
        view = VIEWS[key].load()(self._context)
        view.occurrence_activated.connect(self._activated)
        view.selection_changed.connect(self._context.select)
        view.create_requested.connect(self.create_requested)
        view.move_requested.connect(self.move_requested)
        view.decision_requested.connect(self.decision_requested)
        view.delete_requested.connect(self.delete_requested)
        view.title_changed.connect(self._show_title)
        self._made[key] = view
        self._stack.addWidget(view)
        return view

    def _activated(self, key: OccurrenceKey) -> None:
        self._context.select(key)
        self.occurrence_activated.emit(key)

    def _show_title(self) -> None:
        self.header.show_view(self.current)

    def _day_of(self, key: OccurrenceKey) -> date | None:
        from scplanner.services import queries

        found = queries.details(self._context.workspace, key)
        return found.span.first_day if found is not None and found.span is not None else None
