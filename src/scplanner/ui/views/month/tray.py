"""The row below the month: events that are some time in it, on no day that anybody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from scplanner.domain.temporal import ONE_DAY
from scplanner.ui.event_words import more_count, short_place, spoken_occurrence, title_of
from scplanner.ui.formatting import format_month
from scplanner.ui.views.month.cursor import month_later

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from scplanner.domain.events import Occurrence, OccurrenceKey

_WIDEST = 280


class VagueTray(QFrame):
    """One slim row: a word, then a link for each event; what has no room is in a menu. Hidden when there is none.

    `event_chosen(OccurrenceKey)` when one is clicked, `event_opened(OccurrenceKey)` when it is to be opened.
    """

    event_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records: Sequence[Occurrence] = ()
        self._wide: frozenset[OccurrenceKey] = frozenset()
        self._label = QLabel(self)
        self._label.setProperty("tone", "muted")
        self._links: list[QToolButton] = []
        self._more = QToolButton(self)
        self._more.setProperty("link", "true")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 4, 8, 4)
        self._row.setSpacing(4)
        self._row.addWidget(self._label)
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def links(self) -> Sequence[QToolButton]:
        """The links that are shown."""
        return [link for link in self._links if not link.isHidden()]

    def minimumSizeHint(self) -> QSize:
        """It gives way to the window: links that do not fit go into the menu."""
        return QSize(80, super().minimumSizeHint().height())

    def set_records(self, records: Sequence[Occurrence], month: date) -> None:
        """Show these events of that month."""
        if not records and not self._records:
            return
        self._records = records
        last = month_later(month, 1) - ONE_DAY
        # What may as well be in another month is not said to be in this one.
        self._wide = frozenset(r.key for r in records if r.first_day < month or r.last_day > last)
        words = self.tr("No day yet:") if self._wide else self.tr("Some time in {month}:")
        self._label.setText(words.replace("{month}", format_month(month)))
        for link in self._links:
            self._row.removeWidget(link)
            link.deleteLater()
        self._links = [self._make_link(record) for record in records]
        for place, link in enumerate(self._links):
            self._row.insertWidget(1 + place, link)
        self.setVisible(bool(records))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer links fit now."""
        super().resizeEvent(event)
        self._fit()

    def _make_link(self, record: Occurrence) -> QToolButton:
        link = QToolButton(self)
        link.setProperty("link", "true")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        known = f" · {record.date_text}" if record.key in self._wide and record.date_text else ""
        text = " · ".join(part for part in (title_of(record), short_place(record)) if part)
        metrics, right = QFontMetrics(link.font()), Qt.TextElideMode.ElideRight
        # The words of the date are what the row is for: the title gives way to them.
        known = metrics.elidedText(known, right, _WIDEST // 2)
        head = metrics.elidedText(text, right, _WIDEST - metrics.horizontalAdvance(known))
        link.setText((head + known).replace("&", "&&"))
        link.setToolTip(f"{text}\n{record.date_text}" if record.date_text else text)
        link.setAccessibleName(spoken_occurrence(record))
        link.clicked.connect(lambda _checked=False, key=record.key: self.event_chosen.emit(key))
        return link

    def _fit(self) -> None:
        room = self.width() - self._label.sizeHint().width() - 28
        shown = 0
        for place, link in enumerate(self._links):
            width = link.sizeHint().width() + self._row.spacing()
            reserve = 90 if place + 1 < len(self._links) else 0
            if room - width < reserve:
                break
            room -= width
            shown += 1
        for place, link in enumerate(self._links):
            link.setVisible(place < shown)
        rest = self._records[shown:]
        self._more.setVisible(bool(rest))
        if rest:
            self._more.setText(more_count(len(rest)))
            old = self._more.menu()
            menu = QMenu(self._more)
            for record in rest:
                text = f"{title_of(record)} · {record.date_text}" if record.date_text else title_of(record)
                action = menu.addAction(text.replace("&", "&&"))
                action.triggered.connect(lambda _checked=False, key=record.key: self.event_chosen.emit(key))
            self._more.setMenu(menu)
            if old is not None:
                old.deleteLater()
