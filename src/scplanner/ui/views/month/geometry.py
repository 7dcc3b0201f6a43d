"""From weeks, lanes and columns to pixels, and back: the only place that knows how high a lane is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics

from scplanner.ui.views.month.layout import BESIDE_NUMBER, DAYS, Piece, PieceKind

INSET = 3  # what a bar keeps free of the line of its day, where it begins or ends
GRIP = 6  # how near to its end a bar is taken by that end
SPACE = 2  # between lanes
BESIDE = 40  # what a day's number has for itself
FEW_LANES = 4  # below this many, lines move closer together so that one more fits


@dataclass(frozen=True, slots=True)
class Geometry:
    """The pixels of a month of `rows` weeks on `width` × `height`, scrolled down by `shift`."""

    width: int
    height: int
    rows: int
    number_height: int
    lane_height: int
    shift: int = 0
    is_mirrored: bool = False

    @classmethod
    def of(cls, width: int, height: int, rows: int, metrics: QFontMetrics, *, is_mirrored: bool = False) -> Geometry:
        """The geometry for a font: a lane is as high as a line of text and a little, in a low window less."""
        line = metrics.height()
        roomy = cls(max(width, DAYS), max(height, rows), rows, line + 10, line + 5, is_mirrored=is_mirrored)
        if roomy.lanes >= FEW_LANES:
            return roomy
        dense = cls(roomy.width, roomy.height, rows, line + 6, line + 3, is_mirrored=is_mirrored)
        return dense if dense.lanes > roomy.lanes else roomy

    def shifted(self, shift: int) -> Geometry:
        """The same, scrolled by that many pixels of a week."""
        return Geometry(
            self.width, self.height, self.rows, self.number_height, self.lane_height, shift, self.is_mirrored
        )

    @property
    def pitch(self) -> int:
        """From lane to lane."""
        return self.lane_height + SPACE

    @property
    def lanes(self) -> int:
        """How many lanes fit below the day number."""
        return max(0, (self.height // self.rows - self.number_height - SPACE) // self.pitch)

    def row_top(self, week: int) -> int:
        """The upper edge of a week's row, scrolled."""
        return week * self.height // self.rows - self.shift

    def row_height(self, week: int) -> int:
        """How high that row is: rows differ by a pixel so that they fill the height."""
        return (week + 1) * self.height // self.rows - week * self.height // self.rows

    def left(self, column: int) -> int:
        """The left edge of the column at that place, counted from the left."""
        return column * self.width // DAYS

    def cell(self, week: int, column: int) -> QRect:
        """The box of a day."""
        return self._columns(column, column, self.row_top(week), self.row_height(week))

    def number(self, week: int, column: int) -> QRect:
        """Where the number of a day stands."""
        cell = self.cell(week, column)
        return QRect(cell.left(), cell.top(), cell.width(), self.number_height)

    def lane(self, week: int, lane: int, first: int, last: int) -> QRect:
        """The box of a lane over some columns."""
        top = self.row_top(week) + self.number_height + lane * self.pitch
        return self._columns(first, last, top, self.lane_height)

    def rect(self, piece: Piece) -> QRect:
        """The one rectangle of a piece."""
        if piece.kind is PieceKind.DAY:
            return self.cell(piece.week, piece.first)
        if piece.lane == BESIDE_NUMBER:
            number = self.number(piece.week, piece.first)
            taken = min(BESIDE, number.width() // 2)  # by the number
            return number.adjusted(4, 2, -taken, -2) if self.is_mirrored else number.adjusted(taken, 2, -4, -2)
        box = self.lane(piece.week, piece.lane, piece.first, piece.last)
        if piece.kind is PieceKind.BAR:
            before, after = INSET if piece.starts_here else 0, INSET if piece.ends_here else 0
        else:
            before = after = INSET
        left, right = (after, before) if self.is_mirrored else (before, after)
        return box.adjusted(left, 0, -right - 1, 0)

    def day_at(self, point: QPoint) -> tuple[int, int]:
        """Row and column under a point; outside, the nearest."""
        column = min(max(point.x(), 0) * DAYS // self.width, DAYS - 1)
        # Integer division may put a boundary pixel one column off.
        while column < DAYS - 1 and self.left(column + 1) <= point.x():
            column += 1
        week = 0
        while week < self.rows and self.row_top(week + 1) <= point.y():
            week += 1
        return week, DAYS - 1 - column if self.is_mirrored else column

    def _columns(self, first: int, last: int, top: int, height: int) -> QRect:
        if self.is_mirrored:
            first, last = DAYS - 1 - last, DAYS - 1 - first
        left = self.left(first)
        return QRect(left, top, self.left(last + 1) - left, height)
