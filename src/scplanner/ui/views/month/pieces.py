"""The list model of a month's pieces: one row a day, bar segment, timed item or "+n more", with its spoken name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from scplanner.domain.events import OccurrenceKey
from scplanner.ui.event_words import more_count, spoken_event_day, spoken_occurrence, title_of
from scplanner.ui.formatting import spoken_day
from scplanner.ui.models.occurrences import AnyIndex, Role
from scplanner.ui.views.month.layout import Piece, PieceKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, tzinfo


class PiecesModel(QAbstractListModel):
    """Rows are pieces in reading order: a day, then what begins on it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces: list[Piece] = []
        self._days: dict[date, int] = {}
        self._events: dict[OccurrenceKey, list[int]] = {}
        self._clashing: frozenset[OccurrenceKey] = frozenset()
        self._home: tzinfo | None = None

    @property
    def pieces(self) -> Sequence[Piece]:
        """All pieces, in order."""
        return self._pieces

    @property
    def clashing(self) -> frozenset[OccurrenceKey]:
        """Which events bear the sign of a clash."""
        return self._clashing

    @property
    def home(self) -> tzinfo | None:
        """The reader's zone."""
        return self._home

    def set_pieces(self, pieces: list[Piece], home: tzinfo | None) -> None:
        """Hold these from now on; times are spoken by the clock of `home` where the day is told by it."""
        self.beginResetModel()
        self._pieces = pieces
        self._home = home
        self._days = {piece.day: row for row, piece in enumerate(pieces) if piece.kind is PieceKind.DAY}
        self._events = {}
        for row, piece in enumerate(pieces):
            if piece.occurrence is not None:
                self._events.setdefault(piece.occurrence.key, []).append(row)
        self.endResetModel()

    def set_clashing(self, clashing: frozenset[OccurrenceKey]) -> None:
        """Mark these events as clashing."""
        self._clashing = clashing

    def piece(self, index: AnyIndex) -> Piece | None:
        """The piece of an index; None for an index of nothing."""
        row = index.row()
        return self._pieces[row] if index.isValid() and 0 <= row < len(self._pieces) else None

    def day_row(self, day: date) -> int | None:
        """The row of a day; None if it is not shown."""
        return self._days.get(day)

    def event_rows(self, key: OccurrenceKey) -> Sequence[int]:
        """The rows of all shown segments of an event."""
        return self._events.get(key, ())

    def pieces_of_day(self, day: date) -> list[int]:
        """Rows of a column from top to bottom: the day, what stands on it (begun there or earlier), its "+n more"."""
        own = self._days.get(day)
        if own is None:
            return []
        head = self._pieces[own]
        found = [
            (piece.kind is PieceKind.MORE, piece.lane, row)
            for row, piece in enumerate(self._pieces)
            if piece.week == head.week and piece.kind is not PieceKind.DAY and piece.first <= head.first <= piece.last
        ]
        return [own, *(row for _, _, row in sorted(found))]

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """How many pieces there are."""
        return 0 if parent.isValid() else len(self._pieces)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The piece, its words and its spoken name."""
        piece = self.piece(index)
        if piece is None:
            return None
        if role == Role.RECORD:
            return piece
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(piece)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(piece)
        return None

    def spoken(self, piece: Piece) -> str:
        """What a screen reader says of it."""
        if piece.occurrence is not None:
            has_clash = piece.occurrence.key in self._clashing
            return spoken_occurrence(
                piece.occurrence, part=piece.part, parts=piece.parts, has_clash=has_clash, home=self._home
            )
        if piece.kind is PieceKind.MORE:
            return f"{more_count(piece.hidden)}, {spoken_day(piece.day)}"
        return spoken_event_day(piece.day, piece.count)

    def _shown(self, piece: Piece) -> str:
        if piece.occurrence is not None:
            return title_of(piece.occurrence)
        return more_count(piece.hidden) if piece.kind is PieceKind.MORE else str(piece.day.day)
