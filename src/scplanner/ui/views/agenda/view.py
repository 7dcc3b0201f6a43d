"""The agenda view: every event of the filter in one list by month, however many there are."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QStackedLayout, QToolButton, QWidget

from scplanner.domain.query import EventFilter
from scplanner.ui.commands import CommandId
from scplanner.ui.event_menu import copy_events, event_menu
from scplanner.ui.event_view import EventView
from scplanner.ui.event_words import event_count, hover_card
from scplanner.ui.formatting import format_months
from scplanner.ui.views.agenda.layout import Column, Section, month_of
from scplanner.ui.views.agenda.model import AgendaModel
from scplanner.ui.views.agenda.table import AgendaTable
from scplanner.ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent, QShowEvent

    from scplanner.domain.events import Occurrence, OccurrenceKey
    from scplanner.ui.context import Context

_CHOICES = (Column.PLACE, Column.DECISION, Column.REGISTRATION, Column.DEADLINE)


class AgendaView(EventView):
    """A table by month, or a word on why it is empty."""

    def __init__(self, context: Context, parent: QWidget | None = None, *, model: AgendaModel | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._model = model or AgendaModel(context, self)
        self._wanted_day: date | None = context.today()
        self._is_renewing = False
        self.table = AgendaTable(context, self._model, self)
        hidden = context.settings.agenda_hidden
        self.table.choose_columns(frozenset(each for each in Column if each.name.lower() not in hidden))
        self.empty = EmptyState(context, "list-details", self)
        self._columns = self._make_column_button()
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.setFocusProxy(self.table)
        self._connect()

    def _connect(self) -> None:
        table = self.table
        table.card = self._card
        table.current_event_changed.connect(self.publish_selection)
        table.event_opened.connect(self.request_activation)
        table.decision_requested.connect(self.request_decision)
        table.deletion_requested.connect(self.request_deletion)
        table.copy_requested.connect(self._copy)
        table.menu_requested.connect(self._open_menu)
        table.month_stepped.connect(self.step)
        table.verticalScrollBar().valueChanged.connect(self._forget_wanted_day)
        self.empty.step_requested.connect(self._take_next_step)
        self._model.about_to_renew.connect(self._before_renewal)
        self._model.renewed.connect(self._after_renewal)
        self._context.theme.changed.connect(self.table.viewport().update)
        self._context.bus.selection_changed.connect(self.table.select_event)

    # What the window asks

    @property
    def model(self) -> AgendaModel:
        """What it shows."""
        return self._model

    def show_range_containing(self, day: date) -> None:
        """Scroll to what stands on that day, or next after it."""
        self._wanted_day = day
        self._model.preview(day)
        self._scroll_to_wanted()

    def anchor(self) -> date:
        """The day of the first event that is seen; of the current one while it is seen."""
        current = self.table.current_event()
        rect = self.table.visualRect(self.table.currentIndex())
        top = (
            current if current is not None and self.table.viewport().rect().intersects(rect) else self.table.top_event()
        )
        if top is None or month_of(top) is None:
            return self._wanted_day or self._context.today()
        return top.last_day if top.is_vague else top.first_day

    def title(self) -> str:
        """The name of the view."""
        return self.tr("Agenda")

    def subtitle(self) -> str:
        """From when to when it goes, and how many events it has."""
        listing = self._model.listing
        count = event_count(listing.count) if listing.count else ""
        headings = [listing.rows[place] for place in listing.headings]
        months = [row.month for row in headings if isinstance(row, Section) and row.month is not None]
        if not months:
            return count
        span = format_months(months[0], months[-1], locale=self._context.locale())
        return f"{span} · {count}"

    def step(self, direction: int) -> None:
        """To the first event of the next month, or of the one before."""
        top = self.table.top_event()
        month = month_of(top) if top is not None else None
        row = self._model.section_from(month or date.max, direction)
        if row is not None:
            self.table.show_at_top(row)
            self.table.go_to(row + 1)

    def go_today(self) -> None:
        """To what is on today, or next."""
        self.show_range_containing(self._context.today())
        row = self._model.row_from(self._context.today())
        if row is not None:
            self.table.go_to(row)

    def selected_keys(self) -> tuple[OccurrenceKey, ...]:
        """All selected events."""
        return tuple(each.key for each in self.table.selected_events())

    def header_widgets(self) -> Sequence[QWidget]:
        """The choice of columns."""
        return (self._columns,)

    # Inside

    def _make_column_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText(self.tr("Columns"))
        button.setToolTip(self.tr("Choose the columns of the list"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for column in _CHOICES:
            action = menu.addAction(self._model.column_name(column))
            action.setCheckable(True)
            action.setChecked(column in self.table.chosen_columns)
            action.toggled.connect(lambda is_on, column=column: self._choose(column, is_on))
        button.setMenu(menu)
        button.hide()
        return button

    def _choose(self, column: Column, is_on: bool) -> None:
        chosen = self.table.chosen_columns
        self.table.choose_columns(chosen | {column} if is_on else chosen - {column})
        hidden = (each.name.lower() for each in _CHOICES if each not in self.table.chosen_columns)
        self._context.change_settings(agenda_hidden=tuple(hidden))

    def _forget_wanted_day(self) -> None:
        # Once somebody scrolls, a later reading has to leave the list where it is. New rows that move it are nobody.
        if self._model.is_settled and not self._is_renewing:
            self._wanted_day = None

    def _scroll_to_wanted(self) -> None:
        if self._wanted_day is None:
            return
        row = self._model.row_from(self._wanted_day)
        if row is not None:
            above = self._model.row(row - 1) if row > 0 else None
            at_heading = above is not None and self._model.occurrence(self._model.index(row - 1, 0)) is None
            self.table.show_at_top(row - 1 if at_heading else row)

    def _before_renewal(self) -> None:
        self._is_renewing = True

    def _after_renewal(self) -> None:
        is_empty = not self._model.listing.count and self._model.is_settled
        if is_empty:
            self._explain_emptiness()
        self._stack.setCurrentWidget(self.empty if is_empty else self.table)
        self.setFocusProxy(self.empty.button if is_empty else self.table)
        self.table.fit_columns()
        if self._wanted_day is not None:
            self._scroll_to_wanted()
        self.table.select_event(self._context.selection)
        self._is_renewing = False
        self.title_changed.emit()

    def _explain_emptiness(self) -> None:
        if self._context.event_filter != EventFilter():
            self.empty.say(
                self.tr("No event passes the filter"),
                self.tr(
                    "The agenda lists every event of the calendars that are switched on, as far as the filter lets it."
                ),
                self.tr("Clear the filters"),
            )
        else:
            self.empty.say(
                self.tr("Nothing in the agenda yet"),
                self.tr(
                    "The agenda lists every event by month, with your decision and what is due next. Import an .ics file to fill it."
                ),
                self.tr("Import a file"),
            )

    def _take_next_step(self) -> None:
        has_filter = self._context.event_filter != EventFilter()
        self._context.commands.action(CommandId.CLEAR_FILTERS if has_filter else CommandId.IMPORT).trigger()

    def _card(self, occurrence: Occurrence) -> str:
        context = self._context
        if not context.is_open:
            return hover_card(occurrence, None)
        from scplanner.services import queries

        has_clash = occurrence.key in self._model.listing.clashing
        details = queries.details(context.workspace, occurrence.key)
        return hover_card(occurrence, details, home=context.workspace.home_zone, has_clash=has_clash)

    def _copy(self, chosen: list[Occurrence]) -> None:
        copy_events(self._context, chosen)

    def _open_menu(self, chosen: list[Occurrence], where: QPoint) -> None:
        event_menu(self._context, self, chosen).popup(where)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was missed meanwhile."""
        super().showEvent(event)
        if self._wanted_day is not None:
            self._model.preview(self._wanted_day)
        self._model.set_active(True)
        self.table.fit_columns()

    def hideEvent(self, event: QHideEvent) -> None:
        """Read nothing while nobody looks."""
        super().hideEvent(event)
        self._model.set_active(False)
