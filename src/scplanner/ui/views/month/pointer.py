"""The mouse over a month: hovering, and drags that move an event, change its length or mark days for a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication

from scplanner.ui.views.month.dragging import Drag, DragKind
from scplanner.ui.views.month.geometry import GRIP
from scplanner.ui.views.month.layout import BESIDE_NUMBER, Piece, PieceKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from scplanner.ui.views.month.canvas import MonthCanvas

EDGE = 6  # pixels from top or bottom within which a drag scrolls


class Pointer:
    """What the mouse is about to do on a month. `open_piece` is called for a click on a "+n more", `finish` for a drag."""

    def __init__(
        self, canvas: MonthCanvas, open_piece: Callable[[Piece], None], finish: Callable[[Drag], None]
    ) -> None:
        self._canvas = canvas
        self._open_piece, self._finish = open_piece, finish
        self._pressed: Piece | None = None
        self._pressed_at = QPoint()
        self._pressed_day: date | None = None
        self._point = QPoint()
        self._drag: Drag | None = None
        self._lane = 0

    def press(self, point: QPoint) -> None:
        """The left button went down."""
        self._pressed = self._canvas.pieces.piece(self._canvas.indexAt(point))
        self._pressed_at = point
        self._pressed_day = self._canvas.day_at(point) if self._pressed is not None else None
        self._drag = None

    @property
    def edge(self) -> int:
        """Where a drag has run into the end of what is shown: -1 at the top, 1 at the bottom, else 0."""
        if self._drag is None:
            return 0
        y, height = self._point.y(), self._canvas.viewport().height()
        return -1 if y < EDGE else 1 if y >= height - EDGE else 0

    def follow(self) -> None:
        """Other days are under the mouse now: a drag goes on with them."""
        if self._drag is not None:
            self._drag_to(self._point)

    def move(self, point: QPoint, buttons: Qt.MouseButton) -> None:
        """The mouse moved: hover, or drag on."""
        if not buttons & Qt.MouseButton.LeftButton or self._pressed is None:
            self._hover(point)
            return
        if self._drag is None:
            if (point - self._pressed_at).manhattanLength() < QApplication.startDragDistance():
                return
            self._drag = self._begin(self._pressed)
            if self._drag is None:
                self._pressed = None
                return
            self._canvas.show_hover(None)
        self._point = point
        self._drag_to(point)

    def release(self, point: QPoint) -> bool:
        """The left button went up. True if it ended a drag or opened something."""
        pressed, drag = self._pressed, self._drag
        self._pressed = self._drag = None
        if drag is None:
            if pressed is not None and pressed.kind is PieceKind.MORE:
                if pressed == self._canvas.pieces.piece(self._canvas.indexAt(point)):
                    self._open_piece(pressed)
                return True
            return False
        # Where the button went up counts: the last move before it may not have been told.
        drag = Drag(drag.kind, drag.origin, self._canvas.day_at(point), drag.occurrence)
        self._canvas.show_drag(None)
        self._hover(point)
        if drag.is_change:
            self._finish(drag)
        return True

    def _drag_to(self, point: QPoint) -> None:
        assert self._drag is not None
        day = self._canvas.day_at(point)
        self._drag = Drag(self._drag.kind, self._drag.origin, day, self._drag.occurrence)
        self._canvas.show_drag(self._drag, self._lane, QPointF(point))

    def cancel(self) -> bool:
        """Give up a drag. True if there was one."""
        was_dragging = self._drag is not None
        self._pressed = self._drag = None
        if was_dragging:
            self._canvas.show_drag(None)
        return was_dragging

    def forget(self) -> None:
        """The mouse is elsewhere."""
        self._canvas.show_hover(None)

    def _begin(self, piece: Piece) -> Drag | None:
        assert self._pressed_day is not None
        self._lane = max(piece.lane, 0)
        if piece.kind is PieceKind.MORE:
            return None
        if piece.occurrence is None:
            return Drag(DragKind.CREATE, self._pressed_day, self._pressed_day)
        kind = self._grip(piece, self._pressed_at) or DragKind.MOVE
        return Drag(kind, self._pressed_day, self._pressed_day, piece.occurrence)

    def _grip(self, piece: Piece, point: QPoint) -> DragKind | None:
        """Which end of a bar is under the mouse; a bar too narrow for two grips and a middle has only its end."""
        if piece.kind is not PieceKind.BAR or piece.lane == BESIDE_NUMBER:
            return None
        geometry = self._canvas.geometry_of_month
        rect = geometry.rect(piece)
        to_begin, to_end = point.x() - rect.left(), rect.right() - point.x()
        if geometry.is_mirrored:
            to_begin, to_end = to_end, to_begin
        if piece.ends_here and to_end <= GRIP:
            return DragKind.END
        if piece.starts_here and to_begin <= GRIP and rect.width() > 4 * GRIP:
            return DragKind.BEGIN
        return None

    def _hover(self, point: QPoint) -> None:
        piece = self._canvas.pieces.piece(self._canvas.indexAt(point))
        if piece is not None and piece.kind is PieceKind.DAY:
            piece = None
        shape = Qt.CursorShape.ArrowCursor
        if piece is not None and piece.occurrence is not None and self._grip(piece, point) is not None:
            shape = Qt.CursorShape.SizeHorCursor
        elif piece is not None and piece.kind is PieceKind.MORE:
            shape = Qt.CursorShape.PointingHandCursor
        viewport = self._canvas.viewport()
        if viewport.cursor().shape() != shape:
            viewport.setCursor(shape)
        self._canvas.show_hover(None if piece is None else self._canvas.geometry_of_month.rect(piece))
