"""Where a key moves to in a month: among days and what stands on them. No painting, no events of the mouse."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from scplanner.ui.views.month.layout import DAYS, PieceKind

if TYPE_CHECKING:
    from scplanner.ui.views.month.pieces import PiecesModel


class Step(Enum):
    """What a key asks for."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    MONTH_BACK = "month-back"
    MONTH_ON = "month-on"
    MONTH_BEGIN = "month-begin"
    MONTH_END = "month-end"
    EVENT_ON = "event-on"
    EVENT_BACK = "event-back"


def month_later(day: date, months: int) -> date:
    """The same day of another month; the last one where that month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    year = min(max(year, 1), 9999)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def moved(model: PiecesModel, row: int | None, day: date, step: Step) -> int | date:
    """The row to move to from `row` on that day, or a day that is not shown yet.

    Up and down walk through what stands on a day and then to the week before or after; left and right go to the
    neighbouring day, in the same lane if something stands there.
    """
    if step in (Step.MONTH_BACK, Step.MONTH_ON):
        return month_later(day, 1 if step is Step.MONTH_ON else -1)
    if step in (Step.MONTH_BEGIN, Step.MONTH_END):
        last = monthrange(day.year, day.month)[1]
        return _row_of(model, day.replace(day=1 if step is Step.MONTH_BEGIN else last))
    if step in (Step.EVENT_ON, Step.EVENT_BACK):
        return _next_event(model, row, day, 1 if step is Step.EVENT_ON else -1)
    if step in (Step.UP, Step.DOWN):
        return _vertical(model, row, day, 1 if step is Step.DOWN else -1)
    return _horizontal(model, row, day, 1 if step is Step.RIGHT else -1)


def _row_of(model: PiecesModel, day: date) -> int | date:
    row = model.day_row(day)
    return day if row is None else row


def _vertical(model: PiecesModel, row: int | None, day: date, direction: int) -> int | date:
    column = model.pieces_of_day(day)
    place = column.index(row) if row in column else 0
    if 0 <= place + direction < len(column):
        return column[place + direction]
    try:
        target = day + timedelta(days=DAYS * direction)
    except OverflowError:
        return _row_of(model, day)
    other = model.pieces_of_day(target)
    if not other:
        return target
    return other[0] if direction > 0 else other[-1]


def _horizontal(model: PiecesModel, row: int | None, day: date, direction: int) -> int | date:
    piece = model.pieces[row] if row is not None else None
    edge = day
    if piece is not None and piece.kind is not PieceKind.DAY:
        edge = piece.last_day if direction > 0 else piece.day
    try:
        target = edge + timedelta(days=direction)
    except OverflowError:
        return _row_of(model, day)
    if piece is not None and piece.kind is not PieceKind.DAY:
        for other in model.pieces_of_day(target)[1:]:
            if model.pieces[other].lane == piece.lane and model.pieces[other].week == piece.week:
                return other
    return _row_of(model, target)


def _next_event(model: PiecesModel, row: int | None, day: date, direction: int) -> int | date:
    start = row if row is not None else model.day_row(day)
    if start is None:
        return day
    own = model.pieces[start].occurrence
    place = start + direction
    while 0 <= place < len(model.pieces):
        occurrence = model.pieces[place].occurrence
        if occurrence is not None and (own is None or occurrence.key != own.key):
            return place
        place += direction
    return start
