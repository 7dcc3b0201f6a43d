"""The list of one day, opened from "+n more": everything that stands on it, with keyboard and mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from scplanner.ui.event_words import decision_of, event_count, short_place, title_of
from scplanner.ui.formatting import format_day, start_time
from scplanner.ui.models.occurrences import OccurrenceList, Role
from scplanner.ui.painting import bar_style, paint_bar
from scplanner.ui.theme import Token, scaled_font
from scplanner.ui.views.month.painting import paint_selection

if TYPE_CHECKING:
    from datetime import date, tzinfo

    from PySide6.QtGui import QKeyEvent, QPainter

    from scplanner.domain.events import Occurrence, OccurrenceKey
    from scplanner.ui.theme import Theme

WIDTH = 340
_MOST_ROWS = 12


class _RowPainter(QStyledItemDelegate):
    """A row is the event's bar; a timed event says its hour first."""

    def __init__(self, theme: Theme, clashing: frozenset[OccurrenceKey], home: tzinfo | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._clashing, self._home = theme, clashing, home

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as a lane and a little."""
        return QSize(80, QFontMetrics(option.font).height() + 10)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the bar, ringed if it is the current one."""
        record: Occurrence = index.data(Role.RECORD)
        style = bar_style(record, self._theme, has_clash=record.key in self._clashing)
        rect: QRect = option.rect.adjusted(4, 2, -4, -2)
        time = start_time(record, self._home)
        title = f"{time} {title_of(record)}" if time and record.first_day == record.last_day else title_of(record)
        painter.fillRect(option.rect, self._theme.color(Token.PANEL))
        paint_bar(painter, rect, style, self._theme, title, short_place(record), option.font)
        if option.state & QStyle.StateFlag.State_Selected:
            paint_selection(painter, rect, self._theme)


class DayPopover(QFrame):
    """Opens beside its day and closes by Escape or a click elsewhere.

    `event_selected`, `event_opened` and `deletion_requested` carry an OccurrenceKey, `decision_requested` a key and a
    Decision or None.
    """

    event_selected = Signal(object)
    event_opened = Signal(object)
    decision_requested = Signal(object, object)
    deletion_requested = Signal(object)

    def __init__(
        self,
        theme: Theme,
        day: date,
        records: list[Occurrence],
        clashing: frozenset[OccurrenceKey],
        home: tzinfo | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popup")
        self._model = OccurrenceList(self)
        self._model.set_records(records)
        heading = QLabel(format_day(day), self)
        heading.setFont(scaled_font(self.font(), 1.08, bold=True))
        count = QLabel(event_count(len(records)), self)
        count.setProperty("tone", "muted")
        self.list = QListView(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_RowPainter(theme, clashing, home, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Events of {day}").format(day=format_day(day)))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(2)
        column.addWidget(heading)
        column.addWidget(count)
        column.addSpacing(4)
        column.addWidget(self.list)
        line = QFontMetrics(self.list.font()).height() + 10
        self.list.setFixedHeight(line * min(max(len(records), 1), _MOST_ROWS) + 4)
        self.setFixedWidth(WIDTH)
        self.list.setCurrentIndex(self._model.index(0))
        self.list.selectionModel().currentChanged.connect(self._tell_selected)
        self.list.clicked.connect(self._tell_selected)
        self.list.doubleClicked.connect(self._open)

    def open_at(self, anchor: QRect) -> None:
        """Show it over a rectangle of the screen, inside that screen."""
        self.adjustSize()
        screen = QApplication.screenAt(anchor.center()) or QApplication.primaryScreen()
        bounds = screen.availableGeometry()
        left = min(max(anchor.left(), bounds.left()), bounds.right() - self.width())
        top = anchor.top() if anchor.top() + self.height() <= bounds.bottom() else anchor.bottom() - self.height()
        self.move(QPoint(left, max(top, bounds.top())))
        self.show()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete deletes, G, C, W and N decide, Escape closes; the rest is the list's."""
        index = self.list.currentIndex()
        record: Occurrence | None = index.data(Role.RECORD) if index.isValid() else None
        decision = decision_of(event.text())
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif record is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(index)
        elif event.key() == Qt.Key.Key_Delete:
            self.close()
            self.deletion_requested.emit(record.key)
        elif decision is not None and not event.modifiers():
            self.close()
            self.decision_requested.emit(record.key, None if record.decision is decision else decision)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: object) -> bool:
        """Take the keys above before the list would search by them."""
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QKeyEvent

        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            mine = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Delete)
            if event.key() in mine or (decision_of(event.text()) is not None and not event.modifiers()):
                self.keyPressEvent(event)
                return True
        return False

    def _tell_selected(self, index: QModelIndex, _previous: QModelIndex | None = None) -> None:
        if index.isValid():
            self.event_selected.emit(index.data(Role.RECORD).key)

    def _open(self, index: QModelIndex) -> None:
        key = index.data(Role.RECORD).key
        self.close()
        self.event_opened.emit(key)
