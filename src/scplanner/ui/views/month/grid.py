"""What keys and mouse do in the grid of a month. Everything wanted is told by signals; it changes nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QToolTip

from scplanner.domain.temporal import ONE_DAY, TimeSpan
from scplanner.ui.event_words import decision_of, title_of
from scplanner.ui.typeahead import OPENING, TypeAhead
from scplanner.ui.views.month.canvas import MonthCanvas
from scplanner.ui.views.month.cursor import Step
from scplanner.ui.views.month.layout import Piece, PieceKind
from scplanner.ui.views.month.pointer import Pointer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from scplanner.domain.events import Occurrence, OccurrenceKey
    from scplanner.ui.theme import Theme
    from scplanner.ui.views.month.dragging import Drag

_EDGE_MS = 320


class MonthGrid(MonthCanvas):
    """The month that answers: moves, decisions, typing, drags, double clicks, the wheel and the card of an event.

    `more_requested(date, QRect)` and `menu_requested(Piece, QPoint)` ask for a list and a menu at that place,
    `wheel_turned(weeks, is_exact)` for a scroll: by weeks, or by the exact distance of a touchpad.
    """

    event_opened = Signal(object)
    creation_requested = Signal(object)
    move_requested = Signal(object, object)
    decision_requested = Signal(object, object)
    deletion_requested = Signal(object)
    more_requested = Signal(object, object)
    menu_requested = Signal(object, object)
    copy_requested = Signal(object)
    wheel_turned = Signal(float, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._typeahead = TypeAhead()
        self._pointer = Pointer(self, self.activate, self._finish_drag)
        self._edge_timer = QTimer(self, interval=_EDGE_MS)
        self._edge_timer.timeout.connect(self._scroll_at_edge)
        self.card: Callable[[Occurrence], str] | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Delete, Escape, decisions and typing; the moves are the item view's."""
        piece = self.pieces.piece(self.currentIndex())
        control = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
        key = event.key()
        if key == Qt.Key.Key_Escape and self._pointer.cancel():
            self._edge_timer.stop()
            return
        if control and key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.setCurrentIndex(self.step_to(Step.EVENT_ON if key == Qt.Key.Key_Right else Step.EVENT_BACK))
        elif event.matches(QKeySequence.StandardKey.Copy):
            if piece is not None and piece.occurrence is not None:
                self.copy_requested.emit(piece.occurrence)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and piece is not None and not control:
            self.activate(piece)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not control:
            if piece is not None and piece.occurrence is not None:
                self.deletion_requested.emit(piece.occurrence.key)
        elif event.text().isprintable() and event.text() and not control:
            self._type(event.text(), piece)
        elif key != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        else:
            event.ignore()

    def _type(self, text: str, piece: Piece | None) -> None:
        decision = decision_of(text)
        if not self._typeahead.is_typing:
            if decision is not None and piece is not None and piece.occurrence is not None:
                same = piece.occurrence.decision is decision
                self.decision_requested.emit(piece.occurrence.key, None if same else decision)
                return
            if text == " ":
                return
        firsts: dict[OccurrenceKey, tuple[int, str]] = {}
        for row, each in enumerate(self.pieces.pieces):
            if each.occurrence is not None:
                firsts.setdefault(each.occurrence.key, (row, title_of(each.occurrence)))
        events, titles = [row for row, _ in firsts.values()], [title for _, title in firsts.values()]
        row = self.currentIndex().row()
        current = events.index(row) if row in events else None
        found = self._typeahead.find(text, titles, current)
        if found is not None and text != OPENING:
            self.setCurrentIndex(self.pieces.index(events[found]))

    def activate(self, piece: Piece) -> None:
        """Open an event, a day's list, or a draft on an empty day."""
        if piece.occurrence is not None:
            self.event_opened.emit(piece.occurrence.key)
        elif piece.kind is PieceKind.MORE:
            self.more_requested.emit(piece.day, self.geometry_of_month.rect(piece))
        else:
            self.creation_requested.emit(TimeSpan(piece.day, piece.day + ONE_DAY))

    def _finish_drag(self, drag: Drag) -> None:
        if drag.occurrence is None:
            self.creation_requested.emit(drag.span())
        else:
            self.move_requested.emit(drag.occurrence.key, drag.span())

    def set_pieces(self, pieces: list[Piece]) -> None:
        """Show these pieces; a drag under way is over other days then."""
        super().set_pieces(pieces)
        self._pointer.follow()

    def _scroll_at_edge(self) -> None:
        """A drag that is held at the top or bottom goes on into the weeks beyond."""
        edge = self._pointer.edge
        if edge and self.isVisible():
            self.wheel_turned.emit(float(edge), False)
        else:
            self._edge_timer.stop()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select, and be ready for a drag."""
        self._typeahead.stop()
        if event.button() == Qt.MouseButton.LeftButton:
            point = event.position().toPoint()
            if self.indexAt(point).isValid():
                self._day = self.day_at(point)
            super().mousePressEvent(event)
            self._pointer.press(point)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag or hover; QListView's own rubber band is not wanted."""
        self._pointer.move(event.position().toPoint(), event.buttons())
        if not self._pointer.edge:
            self._edge_timer.stop()
        elif not self._edge_timer.isActive():
            self._edge_timer.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag, or open a "+n more"."""
        self._edge_timer.stop()
        if event.button() == Qt.MouseButton.LeftButton and self._pointer.release(event.position().toPoint()):
            self.setState(QAbstractItemView.State.NoState)
            return
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the event, or make one on the day."""
        piece = self.pieces.piece(self.indexAt(event.position().toPoint()))
        self._pointer.cancel()
        if piece is not None and event.button() == Qt.MouseButton.LeftButton and piece.kind is not PieceKind.MORE:
            self.activate(piece)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select what is under the pointer and ask for its menu."""
        by_mouse = event.reason() == event.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        piece = self.pieces.piece(index)
        if piece is None:
            return
        self.setCurrentIndex(index)
        where = event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.visualRect(index).center())
        self.menu_requested.emit(piece, where)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll by weeks; touchpads by pixels."""
        pixels = event.pixelDelta().y()
        if pixels:
            self.wheel_turned.emit(-pixels / (self.geometry_of_month.height / self.geometry_of_month.rows), True)
        elif event.angleDelta().y():
            self.wheel_turned.emit(-event.angleDelta().y() / 120, False)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is hovered any more."""
        self._pointer.forget()
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """The card of the event under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            piece = self.pieces.piece(self.indexAt(event.pos()))
            if piece is not None and piece.occurrence is not None and self.card is not None:
                QToolTip.showText(
                    event.globalPos(), self.card(piece.occurrence), self.viewport(), self.geometry_of_month.rect(piece)
                )
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)
