"""The month view: weekday header, grid and tray, and what moves them."""

from __future__ import annotations

from datetime import date, timedelta
from math import floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QPoint, QRect, QSize, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from scplanner.domain.temporal import ONE_DAY, DayRange, TimeSpan
from scplanner.ui.event_menu import copy_events, event_menu
from scplanner.ui.event_view import EventView
from scplanner.ui.event_words import event_count, hover_card
from scplanner.ui.formatting import format_month, spoken_day
from scplanner.ui.models.occurrences import OccurrenceModel
from scplanner.ui.theme import Token, scaled_font
from scplanner.ui.views.month.cursor import month_later
from scplanner.ui.views.month.geometry import Geometry
from scplanner.ui.views.month.grid import MonthGrid
from scplanner.ui.views.month.layout import DAYS, layout, main_month, month_weeks, on_day, week_count
from scplanner.ui.views.month.painting import Look
from scplanner.ui.views.month.popover import DayPopover
from scplanner.ui.views.month.tray import VagueTray

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent

    from scplanner.domain.events import Occurrence, OccurrenceKey
    from scplanner.ui.context import Context
    from scplanner.ui.views.month.layout import Piece

_FEWEST_ROWS = 5
_GLIDE_MS = 140
_SETTLE_MS = 180
_READ_AHEAD = 21  # days read beyond what is shown once somebody scrolls


class WeekdayHeader(QWidget):
    """The names of the weekdays above their columns."""

    def __init__(self, context: Context, grid: MonthGrid, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._grid = context, grid
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A line of small text and some air."""
        return QSize(200, QFontMetrics(self.font()).height() + 9)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the names, abbreviated."""
        painter = QPainter(self)
        painter.setFont(scaled_font(self.font(), 0.9))
        painter.setPen(self._context.theme.color(Token.MUTED_STRONG))
        geometry = self._grid.geometry_of_month
        first, locale = self._context.first_weekday(), self._context.locale()
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
        for column in range(DAYS):
            cell = geometry.cell(0, column)
            name = locale.standaloneDayName((first + column) % DAYS + 1, locale.FormatType.ShortFormat)
            painter.drawText(QRect(cell.left() + 8, 0, cell.width() - 12, self.height()), flags, name)


class MonthView(EventView):
    """Five or six weeks with bars in lanes. Its place is a number of weeks, so that it can glide between them."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, model: OccurrenceModel | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._model = model or OccurrenceModel(context, self)
        self._model.set_active(False)
        self._rows = _FEWEST_ROWS
        self._place = 0.0
        self._target = 0.0
        self._month = context.today().replace(day=1)
        self._shown: tuple[object, ...] = ()
        self.grid = MonthGrid(context.theme, self)
        self.tray = VagueTray(self)
        self._header = WeekdayHeader(context, self.grid, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self.grid, 1)
        column.addWidget(self.tray)
        self.setFocusProxy(self.grid)
        self._glide = QVariantAnimation(self, duration=_GLIDE_MS, easingCurve=QEasingCurve(QEasingCurve.Type.OutCubic))
        self._glide.valueChanged.connect(self._glide_to)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(lambda: self._start_glide(round(self._place)))
        self._midnight = QTimer(self, interval=60_000)
        self._midnight.timeout.connect(self._renew_look_if_new_day)
        self._today = context.today()
        self._connect()
        self._renew_look()
        self.show_range_containing(context.today())

    def _connect(self) -> None:
        grid, bus = self.grid, self._context.bus
        grid.card = self._card
        grid.resized.connect(self._fit)
        grid.event_selected.connect(self.publish_selection)
        grid.event_opened.connect(self.request_activation)
        grid.creation_requested.connect(self.request_creation)
        grid.move_requested.connect(self.request_move)
        grid.decision_requested.connect(lambda key, decision: self.request_decision([key], decision))
        grid.deletion_requested.connect(lambda key: self.request_deletion([key]))
        grid.copy_requested.connect(lambda record: copy_events(self._context, [record]))
        grid.more_requested.connect(self.open_day)
        grid.menu_requested.connect(self._open_menu)
        grid.day_requested.connect(self.show_range_containing)
        grid.wheel_turned.connect(self._turn)
        self.tray.event_chosen.connect(self._choose_vague)
        self._model.refreshed.connect(self._take_records)
        self._model.clashes_changed.connect(lambda: self.grid.set_clashing(self._model.clashing))
        self._context.theme.changed.connect(self._renew_look)
        bus.settings_changed.connect(self._follow_settings)
        bus.selection_changed.connect(self.grid.select_event)

    # What the window asks

    def show_range_containing(self, day: date) -> None:
        """Show the month of that day."""
        weeks = month_weeks(day, self._context.first_weekday())
        self._rows = max(_FEWEST_ROWS, week_count(weeks))
        self._glide.stop()
        self._settle.stop()
        month = day.replace(day=1)
        if (self.grid.cursor_day.year, self.grid.cursor_day.month) != (month.year, month.month):
            self.grid.set_cursor_day(day, keep_event=True)
        self._set_place(self._week_index(weeks.first))
        self._target = self._place

    def anchor(self) -> date:
        """The cursor's day while it is in the month, else the month's first."""
        day = self.grid.cursor_day
        return day if (day.year, day.month) == (self._month.year, self._month.month) else self._month

    def title(self) -> str:
        """The month."""
        return format_month(self._month, locale=self._context.locale())

    def subtitle(self) -> str:
        """How many events touch it."""
        last = month_later(self._month, 1) - timedelta(days=1)
        count = sum(1 for each in self._model.records if each.first_day <= last and each.last_day >= self._month)
        return event_count(count) if count else ""

    def step(self, direction: int) -> None:
        """One month forward or back."""
        day = month_later(self.grid.cursor_day, direction)
        month = month_later(self._month, direction)
        self.grid.set_cursor_day(day if (day.year, day.month) == (month.year, month.month) else month, keep_event=True)
        self.show_range_containing(month)

    def go_today(self) -> None:
        """Show today and put the cursor there."""
        today = self._context.today()
        self.show_range_containing(today)
        self.grid.set_cursor_day(today)

    def selected_keys(self) -> tuple[OccurrenceKey, ...]:
        """The selected event, as far as it is one of the month's or the tray's."""
        key = self.grid.selected_key
        return () if key is None else (key,)

    def refresh_now(self) -> None:
        """Read and lay out at once, without waiting for the event loop (tests and measurements)."""
        self._model.refresh()
        self._relayout()

    @property
    def model(self) -> OccurrenceModel:
        """What it shows."""
        return self._model

    @property
    def weeks(self) -> DayRange:
        """The weeks that are at least partly to be seen."""
        first = self._day_of(floor(self._place))
        extra = 1 if self._place % 1 else 0
        return DayRange(first, first + timedelta(days=(self._rows + extra) * DAYS - 1))

    # Place and layout

    def _week_index(self, day: date) -> int:
        return (day.toordinal() - 1 - self._context.first_weekday()) // DAYS

    def _day_of(self, week: int) -> date:
        return date.fromordinal(max(1, week * DAYS + 1 + self._context.first_weekday()))

    def _set_place(self, place: float, *, read_ahead: int = 0) -> None:
        latest = self._week_index(date.max) - self._rows - 8
        self._place = float(min(max(place, 9.0), latest))
        weeks = self.weeks
        if self._model.range is None or not self._model.range.covers(weeks):
            self._model.set_range(weeks.widened(read_ahead))
        self._relayout()

    def _fit(self) -> None:
        self._relayout()
        self._header.update()

    def _relayout(self) -> None:
        viewport = self.grid.viewport()
        fraction = self._place % 1
        geometry = Geometry.of(
            viewport.width(),
            viewport.height(),
            self._rows,
            QFontMetrics(self.grid.font()),
            is_mirrored=self.layoutDirection() == Qt.LayoutDirection.RightToLeft,
        )
        weeks = self.weeks
        settled = DayRange(
            self._day_of(round(self._place)), self._day_of(round(self._place) + self._rows) - timedelta(1)
        )
        month = main_month(settled)
        records = self._model.records
        shown = (weeks, geometry.lanes, month, id(records), self._context.first_weekday())
        self.grid.set_month(month)
        self.grid.set_geometry_of_month(geometry.shifted(round(fraction * viewport.height() / self._rows)))
        if shown != self._shown:
            self._shown = shown
            pieces: list[Piece] = layout(records, weeks, self._context.first_weekday(), geometry.lanes)
            self.grid.set_pieces(pieces)
            self._fill_tray(month)
            self._month = month
            self._header.update()
            self.title_changed.emit()

    def _fill_tray(self, month: date) -> None:
        last = month_later(month, 1) - timedelta(days=1)
        vague = [r for r in self._model.records if r.is_vague and r.first_day <= last and r.last_day >= month]
        self.tray.set_records([r for r in vague if r.first_day != date.max], month)

    def _take_records(self) -> None:
        self._shown = ()
        self._relayout()

    def _renew_look(self) -> None:
        context = self._context
        self._today = context.today()
        self.grid.set_look(
            Look(
                context.theme,
                self.grid.font(),
                self._today,
                self._month,
                self._model.clashing,
                context.workspace.home_zone if context.is_open else context.home_zone(),
                self.devicePixelRatioF(),
            )
        )
        self._header.update()

    def _renew_look_if_new_day(self) -> None:
        if self._context.today() != self._today:
            self._renew_look()

    def _follow_settings(self) -> None:
        self._shown = ()
        self._renew_look()
        self.show_range_containing(self.anchor())

    # Wheel

    def _turn(self, weeks: float, is_exact: bool) -> None:
        if is_exact:
            self._glide.stop()
            self._set_place(self._place + weeks, read_ahead=_READ_AHEAD)
            self._target = self._place
            self._settle.start()
            return
        steps = floor(weeks) if weeks < 0 else -floor(-weeks)
        self._start_glide(round(self._target) + steps)

    def _start_glide(self, target: int) -> None:
        self._settle.stop()
        self._glide.stop()
        self._target = float(target)
        self._glide.setStartValue(self._place)
        self._glide.setEndValue(float(target))
        self._glide.start()

    def _glide_to(self, value: float) -> None:
        self._set_place(float(value), read_ahead=_READ_AHEAD)

    # Around an event

    def _card(self, occurrence: Occurrence) -> str:
        context = self._context
        if not context.is_open:
            return hover_card(occurrence, None)
        from scplanner.services import queries

        has_clash = occurrence.key in self._model.clashing
        details = queries.details(context.workspace, occurrence.key)
        return hover_card(occurrence, details, home=context.workspace.home_zone, has_clash=has_clash)

    def open_day(self, day: date, anchor: QRect) -> DayPopover:
        """Open the list of a day over a rectangle of the grid."""
        viewport = self.grid.viewport()
        home = self._context.workspace.home_zone if self._context.is_open else None
        popover = DayPopover(
            self._context.theme, day, on_day(self._model.records, day), self._model.clashing, home, self
        )
        popover.event_selected.connect(self._select)
        popover.event_opened.connect(self.request_activation)
        popover.decision_requested.connect(lambda key, decision: self.request_decision([key], decision))
        popover.deletion_requested.connect(lambda key: self.request_deletion([key]))
        popover.open_at(QRect(viewport.mapToGlobal(anchor.topLeft()), anchor.size()))
        return popover

    def _select(self, key: OccurrenceKey) -> None:
        self.grid.select_event(key)
        self.publish_selection(key)

    def _choose_vague(self, key: OccurrenceKey) -> None:
        self._select(key)
        self.request_activation(key)

    def _open_menu(self, piece: Piece, where: QPoint) -> None:
        if piece.occurrence is not None:
            event_menu(self._context, self, [piece.occurrence]).popup(where)
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        day = piece.day
        make = menu.addAction(
            self._context.icons.icon("plus"), self.tr("New event on {day}").format(day=spoken_day(day))
        )
        make.triggered.connect(lambda: self.request_creation(TimeSpan(day, day + ONE_DAY)))
        if on_day(self._model.records, day):
            anchor = self.grid.visualRect(self.grid.currentIndex())
            show = menu.addAction(self.tr("List of the day"))
            show.triggered.connect(lambda: self.open_day(day, anchor))
        menu.popup(where)

    # Shown or not

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was missed meanwhile."""
        super().showEvent(event)
        self._model.set_active(True)
        self._midnight.start()
        self._renew_look()
        self._relayout()

    def hideEvent(self, event: QHideEvent) -> None:
        """Read nothing while nobody looks."""
        super().hideEvent(event)
        self._model.set_active(False)
        self._midnight.stop()


def month_switch(view: MonthView, direction: int = 1) -> None:
    """Step a month and paint it at once: what a measurement of "key to painted" calls."""
    view.step(direction)
    view.grid.viewport().repaint()
