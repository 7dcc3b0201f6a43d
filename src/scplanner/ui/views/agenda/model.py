"""The table model of the agenda: rows read off the GUI thread, one record each, with a heading for every month."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer, Signal

from scplanner.domain.events import Decision, Occurrence, OccurrenceKey
from scplanner.domain.query import EventFilter
from scplanner.domain.temporal import DayRange
from scplanner.ui.event_words import place_of, spoken_occurrence, title_of
from scplanner.ui.formatting import format_days_in_month, format_due, format_month, start_time
from scplanner.ui.models.occurrences import AnyIndex, Role
from scplanner.ui.views.agenda.layout import Column, Row, Section
from scplanner.ui.views.agenda.listing import Listing, make_listing, read_listing, read_marks
from scplanner.ui.words import deadline_words, decision_words, registration_words

if TYPE_CHECKING:
    from scplanner.domain.changes import AppliedChanges
    from scplanner.services.queries import DueRow
    from scplanner.services.workspace import Workspace
    from scplanner.ui.context import Context

_PREVIEW_DAYS = 45
_PATCHED_AT_ONCE = 20


Reader: TypeAlias = "Callable[[Workspace, EventFilter], Listing]"


class AgendaModel(QAbstractTableModel):
    """Rows by month. A first look around a day is read at once, everything off the GUI thread a moment later.

    `about_to_renew()` comes before other rows are held and `renewed()` after.
    """

    about_to_renew = Signal()
    renewed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None, *, reader: Reader | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._read = reader or read_listing
        self._has_preview = reader is None
        self._listing = Listing()
        self._is_active = False
        self._is_stale = True
        self._is_reading = False
        self._is_marking = False
        self._wants_marks = False
        self._has_read = False
        self._previewed: date | None = None
        self._home: tzinfo | None = None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self.refresh)
        bus = context.bus
        bus.applied.connect(self._note_applied)
        bus.filter_changed.connect(self._note_stale)
        bus.workspace_opened.connect(self._note_stale)
        bus.settings_changed.connect(self._note_stale)

    # Reading

    @property
    def is_settled(self) -> bool:
        """Everything is read and nothing is under way."""
        return self._has_read and not self._is_stale and not self._is_reading

    @property
    def listing(self) -> Listing:
        """What it holds."""
        return self._listing

    def set_active(self, is_active: bool) -> None:
        """A view that is not seen reads nothing; what it missed it reads when it is seen again."""
        self._is_active = is_active
        if is_active and self._is_stale:
            self.refresh()

    def preview(self, day: date) -> None:
        """Read what stands around a day, so that there is something to see before everything is read."""
        if self._has_read or not self._has_preview or not self._context.is_open or day == self._previewed:
            return
        self._previewed = day
        from scplanner.services import queries

        try:
            around = DayRange(day - timedelta(days=_PREVIEW_DAYS), day + timedelta(days=_PREVIEW_DAYS))
        except OverflowError:
            return
        found = queries.occurrences(self._context.workspace, around, self._context.event_filter)
        self._take(make_listing([each for each in found if not each.is_recurring]))

    def refresh(self) -> None:
        """Read everything again, in the io lane."""
        self._timer.stop()
        if not self._is_active or not self._context.is_open or self._is_reading:
            self._is_stale = True
            return
        self._is_stale = False
        self._is_reading = True
        workspace, event_filter, before = self._context.workspace, self._context.event_filter, self._listing

        def read() -> Listing | None:
            # Compared here, where it holds nobody up.
            found = self._read(workspace, event_filter)
            return None if found.rows == before.rows else found

        self._context.tasks.io(read, self._finish, self._fail)

    def _finish(self, listing: Listing | None) -> None:
        self._is_reading = False
        self._has_read = True
        if self._is_stale:
            self.refresh()
            return
        if listing is not None:
            old = self._listing
            self._take(listing if listing.due else replace(listing, clashing=old.clashing, due=old.due))
        else:
            self.renewed.emit()
        if self._has_preview:
            self._read_marks()

    def _read_marks(self) -> None:
        """Clashes and deadlines come after the rows: with many events they take longer than those."""
        if self._is_marking:
            self._wants_marks = True
            return
        self._is_marking, self._wants_marks = True, False
        workspace = self._context.workspace
        self._context.tasks.io(lambda: read_marks(workspace), self._take_marks, self._fail_marks)

    def _take_marks(self, marks: tuple[frozenset[OccurrenceKey], dict[int, DueRow]]) -> None:
        self._is_marking = False
        clashing, due = marks
        if (clashing, due) != (self._listing.clashing, self._listing.due):
            self._listing = replace(self._listing, clashing=clashing, due=due)
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(Column) - 1))
        if self._wants_marks:
            self._read_marks()

    def _fail_marks(self, error: BaseException) -> None:
        self._is_marking = False
        self._context.tasks.on_unhandled(error)

    def _fail(self, error: BaseException) -> None:
        self._is_reading = False
        self._context.tasks.on_unhandled(error)

    def _take(self, listing: Listing) -> None:
        self.about_to_renew.emit()
        self._home = self._context.workspace.home_zone
        self.beginResetModel()
        self._listing = listing
        self.endResetModel()
        self.renewed.emit()

    def _note_stale(self, _payload: object = None) -> None:
        self._is_stale = True
        if self._is_active and not self._timer.isActive():
            self._timer.start()

    def _note_applied(self, applied: AppliedChanges) -> None:
        if self._is_active and self._has_preview and 0 < len(applied.events) <= _PATCHED_AT_ONCE:
            self._patch(applied.events)
        self._note_stale()

    def _patch(self, events: frozenset[int]) -> None:
        """Show what a few changed events look like now, without waiting for the list to be read again."""
        from scplanner.services import queries

        if not self._context.is_open:
            return
        for event_id in events:
            row = self._listing.places.get(OccurrenceKey(event_id))
            old = self._listing.rows[row] if row is not None else None
            if row is None or not isinstance(old, Occurrence) or old.is_vague or old.is_recurring:
                continue
            days = DayRange(old.first_day, old.last_day)
            found = queries.occurrences(self._context.workspace, days, self._context.event_filter)
            new = next((each for each in found if each.key == old.key), None)
            if new is not None and (new.first_day, new.last_day) == (old.first_day, old.last_day) and new != old:
                rows = self._listing.rows
                assert isinstance(rows, list)
                rows[row] = new
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    # Where things are

    def row(self, place: int) -> Row | None:
        """The heading or event of a row."""
        return self._listing.rows[place] if 0 <= place < len(self._listing.rows) else None

    def occurrence(self, index: AnyIndex) -> Occurrence | None:
        """The event of an index; None for headings."""
        row = self.row(index.row()) if index.isValid() else None
        return row if isinstance(row, Occurrence) else None

    def find_row(self, key: OccurrenceKey) -> int | None:
        """The row of an event; of a series, the series' own."""
        places = self._listing.places
        found = places.get(key)
        return places.get(OccurrenceKey(key.event_id)) if found is None else found

    def section_rows(self) -> Sequence[int]:
        """The rows that are headings."""
        return self._listing.headings

    def row_from(self, day: date) -> int | None:
        """The first event that is still on or after that day; the last one if all are over. None in an empty list."""
        rows = self._listing.rows
        if not self._listing.places:
            return None
        months = [month for month, _ in self._listing.sections]
        # An event of an earlier month may last until that day.
        start = max(bisect_left(months, day.replace(day=1)) - 1, 0)
        first = self._listing.sections[start][1] if self._listing.sections else 0
        last = first
        for place in range(first, len(rows)):
            row = rows[place]
            if isinstance(row, Occurrence):
                last = place
                if row.last_day >= day:
                    return place
        return last

    def section_from(self, month: date, direction: int) -> int | None:
        """The row of the next heading after a month, or the one before it."""
        months = [each for each, _ in self._listing.sections]
        place = bisect_left(months, month)
        if direction < 0:
            return self._listing.sections[place - 1][1] if place > 0 else None
        if place < len(months) and months[place] == month:
            place += 1
        return self._listing.sections[place][1] if place < len(months) else None

    # The item model

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Events and headings."""
        return 0 if parent.isValid() else len(self._listing.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Always all columns; the view hides some."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Headings can be neither selected nor moved to."""
        if self.occurrence(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)
        return self.column_name(Column(section)) if role == Qt.ItemDataRole.DisplayRole else None

    def column_name(self, column: Column) -> str:
        """The name of a column."""
        return {
            Column.DATES: self.tr("Dates"),
            Column.EVENT: self.tr("Event"),
            Column.PLACE: self.tr("Place"),
            Column.DECISION: self.tr("Decision"),
            Column.REGISTRATION: self.tr("Registration"),
            Column.DEADLINE: self.tr("Next deadline"),
        }[column]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell, the record, and what is spoken."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if isinstance(row, Section):
            return (
                self._heading(row)
                if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
                else None
            )
        if role == Role.RECORD:
            return row
        if role == Role.SORT:
            return (row.first_day, row.last_day, row.summary)
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if column is Column.EVENT:
                return spoken_occurrence(row, has_clash=row.key in self._listing.clashing)
            return f"{self.column_name(column)}: {self.text(row, column)}"
        return None

    def _heading(self, section: Section) -> str:
        if section.month is None:
            return self.tr("To be announced")
        if section.is_open:
            return self.tr("By {month}, month not known yet").format(month=format_month(section.month))
        return format_month(section.month)

    def text(self, row: Occurrence, column: Column) -> str:
        """What a cell says."""
        if column is Column.DATES:
            return self._dates(row)
        if column is Column.EVENT:
            return title_of(row)
        if column is Column.PLACE:
            return place_of(row)
        if column is Column.DECISION:
            return decision_words(row.decision) if row.decision is not None else "–"
        if column is Column.REGISTRATION:
            return self._registration(row)
        return self._deadline(row)

    def _dates(self, row: Occurrence) -> str:
        if row.is_vague:
            return row.date_text or self.tr("To be announced")
        days = format_days_in_month(row.first_day, row.last_day)
        time = start_time(row, self._home) if row.first_day == row.last_day else ""
        return f"{days}, {time}" if time else days

    def is_to_do(self, row: Occurrence) -> bool:
        """The user means to go and has not registered yet, and it is not over."""
        is_over = not row.is_vague and row.last_day < self._context.today()
        return row.decision is Decision.GOING and row.registration is None and not is_over

    def _registration(self, row: Occurrence) -> str:
        if row.registration is not None:
            return registration_words(row.registration)
        return self.tr("To do") if self.is_to_do(row) else ""

    def next_due(self, row: Occurrence) -> DueRow | None:
        """What is due next for it."""
        return self._listing.due.get(row.key.event_id)

    def _deadline(self, row: Occurrence) -> str:
        due = self.next_due(row)
        if due is None:
            return ""
        words = f"{due.deadline.label or deadline_words(due.deadline.kind)}, {format_due(due.deadline, self._context.today())}"
        return self.tr("{deadline} · done").format(deadline=words) if due.is_done else words
