"""What drops down under the search field: events that match while one types, and commands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from scplanner.domain.events import OccurrenceKey
from scplanner.domain.folding import fold
from scplanner.ui.context import Context
from scplanner.ui.formatting import format_plain_days
from scplanner.ui.theme import Token, scaled_font
from scplanner.ui.widgets.top_bar import SearchField

MAX_HITS = 12
MAX_COMMANDS = 8
_WAIT_MS = 40
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Entry:
    """A line of the popup: an event, a command, or the offer to filter by what was typed."""

    title: str
    detail: str = ""
    side: str = ""
    icon: str = "calendar-event"
    key: OccurrenceKey | None = None
    action: QAction | None = None
    filter_text: str = ""


class EntryModel(QAbstractListModel):
    """The lines of the popup."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []

    def show(self, entries: list[Entry]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """One row a line."""
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is painted, and what is read aloud."""
        if not 0 <= index.row() < len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.title, entry.detail, entry.side) if part)
        return None


class EntryDelegate(QStyledItemDelegate):
    """Icon, title with what matched under it, and at the right the day or the keys."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Two lines where there is something under the title."""
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        height = QFontMetrics(option.font).height()
        return QSize(200, height * 2 + 12 if entry.detail else height + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one line."""
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        theme = self._context.theme
        box: QRect = option.rect
        font = option.font
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            is_current = option.state & QStyle.StateFlag.State_Selected
            painter.setBrush(theme.color(Token.ACCENT_SOFT if is_current else Token.HOVER))
            painter.drawRoundedRect(box.adjusted(4, 0, -4, 0), 6, 6)
        scale = painter.device().devicePixelRatioF()
        icon = self._context.icons.pixmap(entry.icon, Token.MUTED_STRONG, 16, scale)
        metrics = QFontMetrics(font)
        top = box.top() + (6 if entry.detail else (box.height() - metrics.height()) // 2)
        painter.drawPixmap(QRect(box.left() + 14, top + (metrics.height() - 16) // 2, 16, 16), icon)
        left, right = box.left() + 40, box.right() - 14
        small = scaled_font(font, 0.9)
        if entry.side:
            width = QFontMetrics(small).horizontalAdvance(entry.side)
            painter.setFont(small)
            painter.setPen(theme.color(Token.MUTED_STRONG))
            painter.drawText(right - width, top + metrics.ascent(), entry.side)
            right -= width + 12
        painter.setFont(font)
        painter.setPen(theme.color(Token.TEXT))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(left, top + metrics.ascent(), metrics.elidedText(entry.title, elide, right - left))
        if entry.detail:
            lower = QFontMetrics(small)
            painter.setFont(small)
            painter.setPen(theme.color(Token.MUTED_STRONG))
            text = lower.elidedText(entry.detail, elide, right - left)
            painter.drawText(left, top + metrics.height() + lower.ascent() + 1, text)
        painter.restore()


class SearchPopup(QFrame):
    """Follows the search field. `event_chosen(OccurrenceKey)`, `filter_chosen(str)`, `closed()`; commands are triggered here."""

    event_chosen = Signal(object)
    filter_chosen = Signal(str)
    closed = Signal()

    def __init__(self, context: Context, field: SearchField, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("popup")
        self._context = context
        self._field = field
        self._host = parent
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 6, 1, 6)
        self._model = EntryModel()
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(EntryDelegate(context, self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(self.tr("Search results"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(lambda index: self._choose(index.row()))
        box.addWidget(self._list)
        self._timer = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._timer.timeout.connect(self.refresh)
        field.textEdited.connect(lambda _text: self._timer.start())
        field.key_pressed.connect(self._key)
        field.focused.connect(self.refresh)
        field.left.connect(self.hide)
        self.hide()

    @property
    def entries(self) -> list[Entry]:
        """The lines that are shown."""
        return self._model.entries

    def refresh(self) -> None:
        """Look again for what is typed."""
        self._timer.stop()
        entries = self._find(self._field.text().strip())
        self._model.show(entries)
        if not self._field.hasFocus():
            return
        if entries:
            self._list.setCurrentIndex(self._model.index(0))
        self._place()

    def _find(self, text: str) -> list[Entry]:
        commands = self._commands(text)
        if len(text) < 2 or not self._context.is_open:
            return commands
        hits = self._hits(text)
        if hits:
            words = self.tr("Filter the views by “{text}”").replace("{text}", text)
            hits.append(Entry(words, icon="filter", filter_text=text))
        elif not commands:
            words = self.tr("Nothing found for “{text}”").replace("{text}", text)
            return [Entry(words, self.tr("Try fewer or other words."), icon="search")]
        return commands + hits if text.startswith(">") else hits + commands

    def _hits(self, text: str) -> list[Entry]:
        from scplanner.services import queries

        found = []
        for hit in queries.search(self._context.workspace, text, MAX_HITS):
            day = format_plain_days(hit.day, hit.day, short=True) if hit.day is not None else ""
            side = " · ".join(part for part in (day, hit.place) if part)
            detail = hit.snippet if fold(hit.snippet) not in (fold(hit.title), fold(hit.place)) else ""
            found.append(Entry(hit.title, " ".join(detail.split()), side, key=hit.key))
        return found

    def _commands(self, text: str) -> list[Entry]:
        words = fold(text.removeprefix(">")).split()
        found = []
        for command, action in self._context.commands.for_palette():
            name = self._context.commands.words(command.id)
            if all(word in fold(name) for word in words):
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                found.append(Entry(name, side=keys, icon=command.icon or "chevron-right", action=action))
        return found if not words else found[:MAX_COMMANDS]

    def _place(self) -> None:
        parent = self._host
        at = self._field.mapTo(parent, QPoint(0, self._field.height() + 4))
        rows = range(self._model.rowCount())
        height = sum(self._list.sizeHintForRow(row) for row in rows) + 16
        width = min(max(self._field.width(), 560), parent.width() - at.x() - 12)
        self.setGeometry(at.x(), at.y(), width, min(height, parent.height() - at.y() - 60))
        self.show()
        self.raise_()

    def _key(self, key: int) -> None:
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._timer.isActive():
                self.refresh()
            if self._list.currentIndex().isValid():
                self._choose(self._list.currentIndex().row())
        elif self.isVisible() and self._model.entries:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}[Qt.Key(key)]
            row = max(0, min(len(self._model.entries) - 1, self._list.currentIndex().row() + step))
            self._list.selectionModel().setCurrentIndex(
                self._model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self._list.scrollTo(self._model.index(row))
        elif key == Qt.Key.Key_Down:
            self.refresh()

    def _choose(self, row: int) -> None:
        if not 0 <= row < len(self._model.entries):
            return
        entry = self._model.entries[row]
        self._leave()
        if entry.key is not None:
            self.event_chosen.emit(entry.key)
        elif entry.action is not None:
            entry.action.trigger()
        elif entry.filter_text:
            self.filter_chosen.emit(entry.filter_text)
            self._context.set_filter(replace(self._context.event_filter, text=entry.filter_text))

    def _leave(self) -> None:
        self._field.clear()
        self.hide()
        # Without a focus of its own the window would give it back to the field, and so open this again.
        self._field.clearFocus()
        self.closed.emit()
