"""A table over records, one a row: for lists in dialogs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

T = TypeVar("T")
_MEASURED_ROWS = 100  # of a long list, as many tell how wide a column has to be
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column(Generic[T]):
    """A column: its heading, what it says of a record, and whether it takes the room that is left."""

    title: str
    text: Callable[[T], str]
    stretches: bool = False


class RowModel(QAbstractTableModel, Generic[T]):
    """Records as rows. `is_muted` tells which are painted in the muted colour."""

    def __init__(self, columns: Sequence[Column[T]], is_muted: Callable[[T], bool] | None = None) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._is_muted = is_muted
        self.rows: tuple[T, ...] = ()

    def show(self, rows: Sequence[T]) -> None:
        """Show other records."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """One a record."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        """As many as were given."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, tooltip for what is cut, and the record itself."""
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._columns[index.column()].text(row)
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.FontRole and self._is_muted is not None and self._is_muted(row):
            from PySide6.QtGui import QFont

            font = QFont()
            font.setItalic(True)
            return font
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class RowTable(QTableView, Generic[T]):
    """The table. `row_activated(object)`: Enter or double click on a record; `row_changed()`: another one is chosen."""

    row_activated = Signal(object)
    row_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column[T]],
        name: str,
        parent: QWidget | None = None,
        is_muted: Callable[[T], bool] | None = None,
        *,
        several: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._model: RowModel[T] = RowModel(columns, is_muted)
        self.setModel(self._model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 14)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(_MEASURED_ROWS)
        for number, column in enumerate(columns):
            kind = QHeaderView.ResizeMode.Stretch if column.stretches else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(number, kind)
        self.doubleClicked.connect(lambda index: self.row_activated.emit(self._model.rows[index.row()]))
        self.selectionModel().selectionChanged.connect(lambda *_: self.row_changed.emit())

    def show_rows(self, rows: Sequence[T]) -> None:
        """Show other records, the same row chosen as before as far as there is one."""
        row = max(0, self.currentIndex().row())
        self._model.show(rows)
        if rows:
            self.selectRow(min(row, len(rows) - 1))
        self.row_changed.emit()

    def chosen(self) -> list[T]:
        """The chosen records."""
        return [self._model.rows[index.row()] for index in self.selectionModel().selectedRows()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter activates."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.row_activated.emit(self._model.rows[self.currentIndex().row()])
            return
        super().keyPressEvent(event)
