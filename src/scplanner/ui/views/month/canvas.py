"""The canvas of a month: a QListView over pieces, so that Qt's selection, focus and assistive tools work on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView

from scplanner.domain.events import OccurrenceKey
from scplanner.ui.formatting import format_days
from scplanner.ui.theme import Theme, Token
from scplanner.ui.views.month import painting
from scplanner.ui.views.month.cursor import Step, moved
from scplanner.ui.views.month.geometry import Geometry
from scplanner.ui.views.month.layout import Piece, PieceKind
from scplanner.ui.views.month.pieces import PiecesModel

if TYPE_CHECKING:
    from PySide6.QtCore import QItemSelection, QItemSelectionModel
    from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from scplanner.ui.views.month.dragging import Drag

_ACTIONS = QAbstractItemView.CursorAction
_STEPS = {
    _ACTIONS.MoveLeft: Step.LEFT,
    _ACTIONS.MoveRight: Step.RIGHT,
    _ACTIONS.MoveUp: Step.UP,
    _ACTIONS.MoveDown: Step.DOWN,
    _ACTIONS.MovePageUp: Step.MONTH_BACK,
    _ACTIONS.MovePageDown: Step.MONTH_ON,
    _ACTIONS.MoveHome: Step.MONTH_BEGIN,
    _ACTIONS.MoveEnd: Step.MONTH_END,
    _ACTIONS.MoveNext: Step.EVENT_ON,
    _ACTIONS.MovePrevious: Step.EVENT_BACK,
}
_MIRROR = {Step.LEFT: Step.RIGHT, Step.RIGHT: Step.LEFT}


class MonthCanvas(QListView):
    """Shows pieces where the layout says, with a cursor and one selected event. `MonthGrid` adds what keys and mouse do."""

    event_selected = Signal(object)
    day_requested = Signal(object)
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pieces = PiecesModel(self)
        self._by_week: list[list[Piece]] = []
        self._geometry = Geometry.of(7, 7, 6, self.fontMetrics())
        self._look: painting.Look | None = None
        self._pictures: dict[date, tuple[object, QPixmap]] = {}
        self._hovered: QRect | None = None
        self._drag: Drag | None = None
        self._drag_lane = 0
        self._drag_point = QPointF()
        self._day = date(2000, 1, 1)
        self._selected: OccurrenceKey | None = None
        self._is_restoring = False
        self.setModel(self._pieces)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setObjectName("monthGrid")
        self.setStyleSheet("QListView#monthGrid { border: none; border-radius: 0; background: transparent; }")
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Month"))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def pieces(self) -> PiecesModel:
        """Its model."""
        return self._pieces

    @property
    def geometry_of_month(self) -> Geometry:
        """The pixels it is painted by."""
        return self._geometry

    @property
    def theme(self) -> Theme:
        """The colours it is painted in."""
        return self._theme

    @property
    def cursor_day(self) -> date:
        """The day the keyboard is on."""
        return self._day

    @property
    def selected_key(self) -> OccurrenceKey | None:
        """The event that is selected."""
        return self._selected

    # What the view tells it

    def set_geometry_of_month(self, geometry: Geometry) -> None:
        """Use other pixels."""
        if geometry != self._geometry:
            if (geometry.width, geometry.lane_height) != (self._geometry.width, self._geometry.lane_height):
                self._pictures.clear()
            self._geometry = geometry
            self.viewport().update()

    def set_look(self, look: painting.Look) -> None:
        """Use other colours, another today: all pictures are painted anew."""
        self._look = look
        self._pieces.set_clashing(look.clashing)
        self._pictures.clear()
        self.viewport().update()

    def set_clashing(self, clashing: frozenset[OccurrenceKey]) -> None:
        """Tell which events clash: only weeks in which another one does now are painted anew."""
        if self._look is not None:
            self._look = replace(self._look, clashing=clashing)
        self._pieces.set_clashing(clashing)
        self.viewport().update()

    def set_month(self, month: date) -> None:
        """Tell which month's days are the main ones."""
        if self._look is not None and month != self._look.month:
            self._look = replace(self._look, month=month)

    def set_pieces(self, pieces: list[Piece]) -> None:
        """Show these pieces; cursor and selection stay on their day and event."""
        self._is_restoring = True
        self._by_week = [[] for _ in range((pieces[-1].week if pieces else -1) + 1)]
        for piece in pieces:
            self._by_week[piece.week].append(piece)
        self._pieces.set_pieces(pieces, self._look.home if self._look else None)
        self._restore()
        self._is_restoring = False
        self._hovered = None
        self.viewport().update()

    def select_event(self, key: OccurrenceKey | None) -> None:
        """Select an event because something else says so; nothing is told back."""
        if key == self._selected:
            return
        self._selected = key
        self._is_restoring = True
        self._restore()
        self._is_restoring = False
        self.viewport().update()

    def set_cursor_day(self, day: date, *, keep_event: bool = False) -> None:
        """Put the cursor on a day."""
        self._day = day
        if not keep_event:
            row = self._pieces.day_row(day)
            if row is not None:
                self.setCurrentIndex(self._pieces.index(row))

    def _restore(self) -> None:
        row: int | None = None
        if self._selected is not None:
            rows = self._pieces.event_rows(self._selected)
            covering = [r for r in rows if self._pieces.pieces[r].day <= self._day <= self._pieces.pieces[r].last_day]
            row = covering[0] if covering else rows[0] if rows else None
        if row is None:
            row = self._pieces.day_row(self._day)
        self.setCurrentIndex(self._pieces.index(row) if row is not None else QModelIndex())

    # Item views: each index has its one rectangle

    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """The rectangle of a piece."""
        piece = self._pieces.piece(index)
        return self._geometry.rect(piece) if piece is not None else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The piece under a point: what stands on a day before the day itself."""
        if not self.viewport().rect().contains(point):
            return QModelIndex()
        week, column = self._geometry.day_at(point)
        day_row = -1
        if week < len(self._by_week) and self._by_week[week]:
            row = self._pieces.day_row(self._by_week[week][0].day)
            assert row is not None
            for offset, piece in enumerate(self._by_week[week]):
                if piece.kind is PieceKind.DAY:
                    if piece.first == column:
                        day_row = row + offset
                elif self._geometry.rect(piece).contains(point):
                    return self._pieces.index(row + offset)
        return self._pieces.index(day_row) if day_row >= 0 else QModelIndex()

    def day_at(self, point: QPoint) -> date:
        """The day under a point, or the nearest."""
        week, column = self._geometry.day_at(point)
        week = min(week, len(self._by_week) - 1)
        return next(p.day for p in self._by_week[week] if p.kind is PieceKind.DAY and p.first == column)

    def moveCursor(self, cursorAction: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key moves to; what is not shown yet is asked for first."""
        step = _STEPS.get(cursorAction)
        if step is None:
            return self.currentIndex()
        return self.step_to(step)

    def step_to(self, step: Step) -> QModelIndex:
        """Where a step leads; a day that is not shown is asked for first."""
        if self._geometry.is_mirrored:
            step = _MIRROR.get(step, step)
        current = self.currentIndex()
        target = moved(self._pieces, current.row() if current.isValid() else None, self._day, step)
        if isinstance(target, date):
            # The selection is given up first, so that the restored cursor is the day and not the event.
            self._selected = None
            self._day = target
            self.day_requested.emit(target)
            row = self._pieces.day_row(target)
            return self._pieces.index(row) if row is not None else QModelIndex()
        piece = self._pieces.pieces[target]
        if step in (Step.UP, Step.DOWN):
            column = self._pieces.pieces_of_day(self._day)
            if target not in column:
                self._day = piece.day if piece.first == piece.last else self._same_weekday(piece)
        elif step is Step.LEFT:
            self._day = piece.last_day
        else:
            self._day = piece.day
        return self._pieces.index(target)

    def _same_weekday(self, piece: Piece) -> date:
        offset = (self._day - piece.day).days % 7
        return date.fromordinal(piece.day.toordinal() + offset)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select what is under the rectangle: without this a click selects nothing."""
        index = self.indexAt(rect.normalized().center())
        if index.isValid():
            self.selectionModel().select(index, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What has to be painted when the selection changes: all segments of its events."""
        region = QRegion()
        for index in selection.indexes():
            piece = self._pieces.piece(index)
            if piece is None:
                continue
            rows = self._pieces.event_rows(piece.occurrence.key) if piece.occurrence else (index.row(),)
            for row in rows:
                region += self._geometry.rect(self._pieces.pieces[row]).adjusted(-3, -3, 3, 3)
        return region

    def doItemsLayout(self) -> None:
        """Nothing of QListView's own layout: one with 10 000 rows would ask for each of them."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """There is nothing to scroll."""
        QAbstractItemView.updateGeometries(self)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Everything there is, is visible."""

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """There is nothing to scroll."""

    def horizontalOffset(self) -> int:
        """There is nothing to scroll."""
        return 0

    def verticalOffset(self) -> int:
        """There is nothing to scroll."""
        return 0

    def isIndexHidden(self, _index: QModelIndex | QPersistentModelIndex) -> bool:
        """Nothing is hidden."""
        return False

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Follow the cursor, and tell which event is selected."""
        QAbstractItemView.currentChanged(self, current, previous)
        self.viewport().update()
        piece = self._pieces.piece(current)
        if self._is_restoring or piece is None:
            return
        if not piece.day <= self._day <= piece.last_day:
            self._day = piece.day
        key = piece.occurrence.key if piece.occurrence is not None else None
        if key != self._selected:
            self._selected = key
            self.event_selected.emit(key)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Pictures of the weeks, and over them what changes with every move."""
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        if self._look is None or not self._by_week:
            painter.fillRect(self.viewport().rect(), self._theme.color(Token.PANEL))
            return
        for week in range(len(self._by_week)):
            painter.drawPixmap(0, self._geometry.row_top(week), self._picture(week))
        if self._hovered is not None and self._drag is None:
            painting.paint_hover(painter, self._hovered, self._theme)
        if self._selected is not None:
            for row in self._pieces.event_rows(self._selected):
                painting.paint_selection(painter, self._geometry.rect(self._pieces.pieces[row]), self._theme)
        current = self._pieces.piece(self.currentIndex())
        if current is not None and current.occurrence is None and self.hasFocus():
            self._paint_cursor(painter, current)
        if self._drag is not None:
            self._paint_drag(painter, self._drag)

    def _paint_cursor(self, painter: QPainter, piece: Piece) -> None:
        rect = self._geometry.rect(piece)
        # The frame runs behind the bars: through their titles it would be a line to read across.
        around = QRegion(rect)
        for other in self._by_week[piece.week]:
            if other.kind is PieceKind.BAR:
                around -= QRegion(self._geometry.rect(other))
        painter.save()
        painter.setClipRegion(around)
        painting.paint_cursor(painter, rect, self._theme)
        painter.restore()

    def _picture(self, week: int) -> QPixmap:
        assert self._look is not None
        pieces = self._by_week[week]
        clashing = self._look.clashing
        height = self._geometry.row_height(week)
        months = {(piece.day.year, piece.day.month) for piece in pieces if piece.kind is PieceKind.DAY}
        main = (self._look.month.year, self._look.month.month)
        signature = (height, main if main in months or len(months) > 1 else None, [
            (p.kind, p.lane, p.first, p.last, p.occurrence, p.hidden, p.part, p.parts) for p in pieces
        ], [p.occurrence.key for p in pieces if p.occurrence is not None and p.occurrence.key in clashing])  # fmt: skip
        kept = self._pictures.get(pieces[0].day)
        if kept is not None and kept[0] == signature:
            return kept[1]
        picture = painting.paint_week(week, pieces, self._geometry, self._look)
        if len(self._pictures) > 40:
            self._pictures.clear()
        self._pictures[pieces[0].day] = (signature, picture)
        return picture

    def _paint_drag(self, painter: QPainter, drag: Drag) -> None:
        first, last = drag.days
        rects = []
        for pieces in self._by_week:
            days = [p for p in pieces if p.kind is PieceKind.DAY and first <= p.day <= last]
            if days:
                box = self._geometry.lane(days[0].week, self._drag_lane, days[0].first, days[-1].last)
                rects.append(box.adjusted(3, 0, -4, 0))
        color = self._theme.color(Token.ACCENT) if drag.occurrence is None else self._theme.color_for(drag.occurrence)
        painting.paint_ghost(painter, rects, self._theme, color)
        text = format_days(first, last)
        painting.paint_label(painter, self._drag_point, self.viewport().rect(), text, self._theme)

    def show_hover(self, rect: QRect | None) -> None:
        """Shade what the mouse is on."""
        if rect != self._hovered:
            self._hovered = rect
            self.viewport().update()

    def show_drag(self, drag: Drag | None, lane: int = 0, point: QPointF | None = None) -> None:
        """Show where a dragged event would stand, and its dates beside the pointer."""
        self._drag, self._drag_lane, self._drag_point = drag, lane, point or QPointF()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lanes may fit now."""
        QAbstractItemView.resizeEvent(self, event)
        self.resized.emit()
