"""The item model of occurrences: what a view of some days shows, read again when something was changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from scplanner.domain.events import Occurrence, OccurrenceKey
from scplanner.domain.query import EventFilter
from scplanner.domain.temporal import DayRange
from scplanner.ui.event_words import spoken_occurrence
from scplanner.ui.formatting import format_occurrence

if TYPE_CHECKING:
    from scplanner.domain.changes import AppliedChanges
    from scplanner.services.workspace import Workspace
    from scplanner.ui.context import Context

_CLASHES_AFTER_MS = 40
_AHEAD_AFTER_MS = 120
_AHEAD_DAYS = 70  # two months each way; read again once less than one is left
_AHEAD_AT_LEAST = 35

AnyIndex: TypeAlias = QModelIndex | QPersistentModelIndex
Reader: TypeAlias = "Callable[[Workspace, DayRange, EventFilter], list[Occurrence]]"
ClashReader: TypeAlias = "Callable[[Workspace, DayRange], frozenset[OccurrenceKey]]"


class Role(IntEnum):
    """Roles of all item models of this program: the frozen record, and a comparable value to sort by."""

    RECORD = Qt.ItemDataRole.UserRole + 1
    SORT = Qt.ItemDataRole.UserRole + 2


class OccurrenceList(QAbstractListModel):
    """Occurrences in a row, one record each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records: list[Occurrence] = []

    @property
    def records(self) -> Sequence[Occurrence]:
        """What it holds, in order."""
        return self._records

    def set_records(self, records: list[Occurrence]) -> None:
        """Hold these from now on."""
        self.beginResetModel()
        self._records = records
        self.endResetModel()

    def find(self, key: OccurrenceKey) -> Occurrence | None:
        """The record of that key, if it is here."""
        return next((record for record in self._records if record.key == key), None)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """How many there are; a list has no children."""
        return 0 if parent.isValid() else len(self._records)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, spoken name, dates, the record itself or what it sorts by."""
        if not index.isValid() or not 0 <= index.row() < len(self._records):
            return None
        record = self._records[index.row()]
        if role == Role.RECORD:
            return record
        if role == Role.SORT:
            return (record.first_day, -(record.last_day - record.first_day).days, record.summary)
        if role == Qt.ItemDataRole.DisplayRole:
            return record.summary
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken_occurrence(record)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return format_occurrence(record).own
        return None


class OccurrenceModel(OccurrenceList):
    """The occurrences of a range of days that pass the shared filter.

    It reads on the GUI thread, which range reads are quick enough for; series that were not worked out that far are
    worked out in the writing lane and read afterwards. Changes are taken in once per turn of the event loop, however many
    come; if nothing in the range is another now, nothing is told. While it is not active it only notes that it is stale.

    Once it rests, it reads what lies around its range in the io lane, so that the next month is there before its key is
    pressed.

    `refreshed()` follows every reading that changed something; `clashes_changed()` comes a moment later.
    """

    refreshed = Signal()
    clashes_changed = Signal()

    def __init__(
        self,
        context: Context,
        parent: QObject | None = None,
        *,
        reader: Reader | None = None,
        clash_reader: ClashReader | None = None,
        reads_ahead: bool = True,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._read = reader or _read_occurrences
        self._read_clashes = clash_reader or _read_clashes
        self._reads_series = reader is None
        self._range: DayRange | None = None
        self._clashing: frozenset[OccurrenceKey] = frozenset()
        self._is_active = True
        self._is_stale = True
        self._covered: DayRange | None = None
        self._is_covering = False
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self.refresh)
        # Signs of clashes may come a moment after the first picture: they cost a second reading.
        self._clash_timer = QTimer(self, singleShot=True, interval=_CLASHES_AFTER_MS)
        self._clash_timer.timeout.connect(self._read_clashes_aside)
        self._reads_ahead = reads_ahead
        self._ahead: tuple[DayRange, list[Occurrence]] | None = None
        self._serial = 0
        self._ahead_timer = QTimer(self, singleShot=True, interval=_AHEAD_AFTER_MS)
        self._ahead_timer.timeout.connect(self._read_ahead)
        bus = context.bus
        bus.applied.connect(self._note_applied)
        bus.filter_changed.connect(self._note_stale)
        bus.workspace_opened.connect(self._note_stale)
        bus.settings_changed.connect(self._note_stale)

    @property
    def range(self) -> DayRange | None:
        """The days it holds; None before it was told."""
        return self._range

    @property
    def clashing(self) -> frozenset[OccurrenceKey]:
        """Which of them clash with something."""
        return self._clashing

    def set_range(self, days: DayRange) -> None:
        """Hold these days; read at once, so that the next picture is right."""
        if days == self._range:
            return
        self._range = days
        if self._ahead is not None and self._ahead[0].covers(days) and self._is_active and not self._is_stale:
            self._hold([each for each in self._ahead[1] if days.overlaps(each.first_day, each.last_day)])
            if self._reads_series:
                self._cover_series(self._context.workspace, days)
        else:
            self.refresh()

    def set_active(self, is_active: bool) -> None:
        """A view that is not seen reads nothing; what it missed it reads when it is seen again."""
        self._is_active = is_active
        if is_active and self._is_stale:
            self.refresh()

    def refresh(self) -> None:
        """Read now and tell if anything is different."""
        self._timer.stop()
        if not self._is_active or self._range is None or not self._context.is_open:
            self._is_stale = True
            return
        self._is_stale = False
        workspace, days = self._context.workspace, self._range
        self._hold(self._read(workspace, days, self._context.event_filter))
        if self._reads_series:
            self._cover_series(workspace, days)

    def _hold(self, found: list[Occurrence]) -> None:
        if found != self._records:
            self.set_records(found)
            self.refreshed.emit()
        self._clash_timer.start()
        if self._reads_ahead:
            self._ahead_timer.start()

    def _note_applied(self, _applied: AppliedChanges) -> None:
        self._note_stale()

    def _note_stale(self, _payload: object = None) -> None:
        self._is_stale = True
        self._serial += 1
        self._ahead = self._covered = None
        if self._is_active and not self._timer.isActive():
            self._timer.start()

    def _read_clashes_aside(self) -> None:
        days = self._range
        if days is None or not self._context.is_open or not self._is_active:
            return
        workspace = self._context.workspace

        def take(clashing: frozenset[OccurrenceKey]) -> None:
            if days == self._range and clashing != self._clashing:
                self._clashing = clashing
                self.clashes_changed.emit()

        self._context.tasks.io(lambda: self._read_clashes(workspace, days), take)

    def _read_ahead(self) -> None:
        if self._range is None or not self._context.is_open or not self._is_active:
            return
        if self._ahead is not None and self._ahead[0].covers(_widened(self._range, _AHEAD_AT_LEAST)):
            return
        wide, serial = _widened(self._range, _AHEAD_DAYS), self._serial
        workspace, event_filter = self._context.workspace, self._context.event_filter

        def take(found: list[Occurrence]) -> None:
            if serial == self._serial:
                self._ahead = (wide, found)
                if self._reads_series:
                    self._cover_series(workspace, wide)

        self._context.tasks.io(lambda: self._read(workspace, wide, event_filter), take)

    def _cover_series(self, workspace: Workspace, days: DayRange) -> None:
        """Have series worked out for these days, one request at a time, and read again if there was something to do."""
        from scplanner.services import recurrence

        if self._is_covering or (self._covered is not None and self._covered.covers(days)):
            return
        self._is_covering = True
        serial = self._serial

        def finish(count: int) -> None:
            is_current = serial == self._serial
            self._is_covering = False
            if count:
                self._note_stale()
            if is_current:
                self._covered = days
            if not count and self._range is not None:
                self._cover_series(workspace, self._range)

        def give_up(error: BaseException) -> None:
            # Taken for done, so that a series that cannot be worked out is not tried for ever.
            self._is_covering, self._covered = False, days
            self._context.tasks.on_unhandled(error)

        self._context.tasks.write(lambda: recurrence.cover(workspace, days), finish, give_up)


def _widened(days: DayRange, by: int) -> DayRange:
    first = max(days.first.toordinal() - by, date.min.toordinal())
    last = min(days.last.toordinal() + by, date.max.toordinal() - 1)
    return DayRange(date.fromordinal(first), date.fromordinal(max(first, last)))


def _read_occurrences(workspace: Workspace, days: DayRange, event_filter: EventFilter) -> list[Occurrence]:
    # Imported here because the window is painted before the store's libraries are.
    from scplanner.services import queries

    return queries.occurrences(workspace, days, event_filter)


def _read_clashes(workspace: Workspace, days: DayRange) -> frozenset[OccurrenceKey]:
    from scplanner.services import queries

    return frozenset(key for clash in queries.clashes(workspace, days) if not clash.accepted for key in clash.keys)
