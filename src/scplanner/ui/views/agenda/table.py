"""The table of the agenda: rows to walk through by keyboard, columns that give way to a narrow window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QToolTip, QWidget

from scplanner.domain.events import Occurrence, OccurrenceKey
from scplanner.ui.event_words import decision_of
from scplanner.ui.models.occurrences import AnyIndex
from scplanner.ui.typeahead import OPENING, TypeAhead
from scplanner.ui.views.agenda.delegate import PADDING, AgendaDelegate, row_height
from scplanner.ui.views.agenda.layout import Column, column_widths
from scplanner.ui.views.agenda.model import AgendaModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QResizeEvent

    from scplanner.ui.context import Context

_SAMPLES = {
    Column.DATES: "Wed 30 Sep – Wed 30 Oct",
    Column.PLACE: "Ho Chi Minh City, VN",
    Column.DECISION: "Considering xx",
    Column.REGISTRATION: "Registration xx",
    Column.DEADLINE: "◆ Call for speakers, 31 Jan",
}
_EVENT_AT_LEAST = 40  # letters of a title


class AgendaTable(QTableView):
    """Shows the rows of an agenda model. Everything the user wants is told by signals."""

    current_event_changed = Signal(object)
    event_opened = Signal(object)
    decision_requested = Signal(object, object)
    deletion_requested = Signal(object)
    copy_requested = Signal(object)
    menu_requested = Signal(object, object)
    month_stepped = Signal(int)

    def __init__(self, context: Context, model: AgendaModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._typeahead = TypeAhead()
        self._chosen = frozenset(Column)
        self._is_restoring = False
        self._kept: tuple[OccurrenceKey | None, tuple[OccurrenceKey, ...], OccurrenceKey | None, int] = (
            None,
            (),
            None,
            0,
        )
        self.card: Callable[[Occurrence], str] | None = None
        self.setItemDelegate(AgendaDelegate(context, model, self))
        self.setModel(model)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName(self.tr("Agenda"))
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(10)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(row_height(self.fontMetrics()))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        # The frame of item views is the table's, not once more its header's.
        head.setStyleSheet("QHeaderView { border: none; border-radius: 0; background: transparent; }")
        head.setSectionsClickable(False)
        model.about_to_renew.connect(self._keep)
        model.renewed.connect(self._restore)

    @property
    def chosen_columns(self) -> frozenset[Column]:
        """The columns the user wants, as far as there is room."""
        return self._chosen

    def choose_columns(self, columns: frozenset[Column]) -> None:
        """Show these, as far as there is room."""
        self._chosen = columns
        self.fit_columns()

    def current_event(self) -> Occurrence | None:
        """The event the keyboard is on."""
        return self._model.occurrence(self.currentIndex())

    def selected_events(self) -> list[Occurrence]:
        """All selected events, in the list's order."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows(Column.EVENT)})
        return [row for place in rows if isinstance(row := self._model.row(place), Occurrence)]

    def select_event(self, key: OccurrenceKey | None) -> None:
        """Select an event because something else says so; nothing is told back."""
        current = self.current_event()
        if key is not None and current is not None and current.key == key:
            return
        self._is_restoring = True
        row = self._model.find_row(key) if key is not None else None
        if row is None:
            self.clearSelection()
        else:
            self.selectRow(row)
        self._is_restoring = False

    def go_to(self, row: int, *, at_top: bool = False) -> None:
        """Put the cursor on a row."""
        index = self._model.index(row, Column.EVENT)
        if at_top and row > 0 and self._model.occurrence(self._model.index(row - 1, 0)) is None:
            # The heading of its month is worth a line.
            self.scrollTo(self._model.index(row - 1, 0), QAbstractItemView.ScrollHint.PositionAtTop)
        self.setCurrentIndex(index)

    def show_at_top(self, row: int) -> None:
        """Scroll a row to the top and leave the cursor where it is."""
        self.scrollTo(self._model.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def top_event(self) -> Occurrence | None:
        """The first event that is seen."""
        first = max(self.rowAt(1), 0)
        rows = (self._model.row(first + offset) for offset in range(3))
        return next((row for row in rows if isinstance(row, Occurrence)), None)

    def fit_columns(self) -> None:
        """Give each column its width; those without room are hidden."""
        metrics = QFontMetrics(self.font())
        natural = {column: metrics.horizontalAdvance(text) + 2 * PADDING for column, text in _SAMPLES.items()}
        event_at_least = metrics.averageCharWidth() * _EVENT_AT_LEAST
        widths = column_widths(self.viewport().width(), natural, self._chosen, event_at_least)
        for column in Column:
            self.setColumnHidden(column, column not in widths)
            if column in widths and self.columnWidth(column) != widths[column]:
                self.setColumnWidth(column, widths[column])

    # Keeping the place over a reading

    def _keep(self) -> None:
        current, top = self.current_event(), self.top_event()
        offset = 0
        if top is not None and (row := self._model.find_row(top.key)) is not None:
            offset = self.rowViewportPosition(row)
        chosen = tuple(each.key for each in self.selected_events())
        self._kept = (current.key if current else None, chosen, top.key if top else None, offset)
        self._is_restoring = True

    def _restore(self) -> None:
        self.clearSpans()
        for heading in self._model.section_rows():
            self.setSpan(heading, 0, 1, len(Column))
        # Only now is there as much to scroll as there are rows; Qt would do this later, and cut what is asked for before.
        self.executeDelayedItemsLayout()
        self.updateGeometries()
        current, chosen, top, offset = self._kept
        if self._is_restoring:
            row = self._model.find_row(current) if current is not None else None
            if row is not None:
                no_update = QItemSelectionModel.SelectionFlag.NoUpdate
                self.selectionModel().setCurrentIndex(self._model.index(row, Column.EVENT), no_update)
            select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            for place in (self._model.find_row(key) for key in chosen):
                if place is not None:
                    self.selectionModel().select(self._model.index(place, 0), select)
            seen = self._model.find_row(top) if top is not None else None
            if seen is not None:
                self.verticalScrollBar().setValue(seen * self.rowHeight(seen) - offset)
        self._is_restoring = False

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Tell which event the keyboard is on."""
        super().currentChanged(current, previous)
        if not self._is_restoring and current.row() != previous.row():
            event = self._model.occurrence(current)
            self.current_event_changed.emit(event.key if event is not None else None)

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Delete, decisions, typing, months; the moves are the table's."""
        key, row = event.key(), self.current_event()
        control = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit(self.selected_events())
        elif control and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.month_stepped.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to_end(-1 if key == Qt.Key.Key_Home else 1, event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None and not control:
            self.event_opened.emit(row.key)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not control:
            self._delete()
        elif event.text() and event.text().isprintable() and not control and self._type(event.text(), row):
            pass
        else:
            super().keyPressEvent(event)

    def _go_to_end(self, direction: int, event: QKeyEvent) -> None:
        count = self._model.rowCount()
        order = range(count) if direction < 0 else range(count - 1, -1, -1)
        row = next((place for place in order if isinstance(self._model.row(place), Occurrence)), None)
        if row is None:
            return
        index = self._model.index(row, Column.EVENT)
        self.selectionModel().setCurrentIndex(index, self.selectionCommand(index, event))
        if direction < 0:
            self.scrollToTop()

    def _delete(self) -> None:
        keys = tuple(each.key for each in self.selected_events())
        if keys:
            self.deletion_requested.emit(keys)

    def _type(self, text: str, row: Occurrence | None) -> bool:
        decision = decision_of(text)
        if not self._typeahead.is_typing:
            if text == " ":
                return False
            if decision is not None and row is not None:
                chosen: Sequence[Occurrence] = self.selected_events() or [row]
                take_back = all(each.decision is decision for each in chosen)
                self.decision_requested.emit(tuple(each.key for each in chosen), None if take_back else decision)
                return True
        current = self.currentIndex().row() if self.currentIndex().isValid() else None
        found = self._typeahead.find(text, self._model.listing.titles, current)
        if found is not None and text != OPENING:
            self.go_to(found)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Selecting ends typing."""
        self._typeahead.stop()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the event."""
        row = self._model.occurrence(self.indexAt(event.position().toPoint()))
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            self.event_opened.emit(row.key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is selected."""
        by_mouse = event.reason() == event.Reason.Mouse
        chosen = self.selected_events()
        if not chosen:
            return
        where = (
            event.globalPos()
            if by_mouse
            else self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        )
        self.menu_requested.emit(chosen, where)

    def viewportEvent(self, event: QEvent) -> bool:
        """The card of the event under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.card is not None:
            index = self.indexAt(event.pos())
            row = self._model.occurrence(index)
            if row is not None:
                QToolTip.showText(event.globalPos(), self.card(row), self.viewport(), self.visualRect(index))
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other columns have room."""
        super().resizeEvent(event)
        self.fit_columns()
