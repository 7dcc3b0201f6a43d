"""The rail: views, calendars and topics. It asks for what is clicked and shows what it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QMenu, QScrollArea, QVBoxLayout, QWidget

from scplanner.domain.events import Calendar
from scplanner.domain.query import EventFilter
from scplanner.ui.commands import CommandId
from scplanner.ui.context import Context
from scplanner.ui.event_view import ViewEntry
from scplanner.ui.theme import scaled_font
from scplanner.ui.widgets.rail_item import RailItem

WIDE, NARROW = 196, 56
_Key = TypeVar("_Key", int, str)
MAX_TOPICS = 12


class Rail(QFrame):
    """Where one chooses what is shown.

    `view_requested(str)` the key of a view; `visibility_requested(int, bool)` a calendar's id; `calendar_requested(str, int)`: what to do
    ("rename", "recolor", "remove") with which calendar.
    """

    view_requested = Signal(str)
    visibility_requested = Signal(int, bool)
    calendar_requested = Signal(str, int)

    def __init__(self, context: Context, views: Mapping[str, ViewEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Views, calendars and topics"))
        self._context = context
        self._is_narrow = False
        self._calendars: dict[int, RailItem] = {}
        self._topics: dict[str, RailItem] = {}
        self._labels: list[QLabel] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(scroll)
        inner = QWidget()
        inner.setObjectName("railInner")
        scroll.setWidget(inner)
        scroll.setObjectName("railScroll")
        scroll.viewport().setObjectName("railView")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(8, 12, 8, 12)
        self._column.setSpacing(2)
        self._views: dict[str, RailItem] = {}
        group = QButtonGroup(self)
        for key, entry in views.items():
            action = context.commands.action(entry.command)
            item = RailItem(context, context.commands.words(entry.command), icon=entry.icon)
            item.setProperty("keepsTip", True)
            item.setToolTip(action.toolTip())
            item.clicked.connect(lambda _checked=False, key=key: self.view_requested.emit(key))
            group.addButton(item)
            self._column.addWidget(item)
            self._views[key] = item
        self._calendar_box = self._section(self.tr("Calendars"))
        self._topic_box = self._section(self.tr("Topics"))
        self._column.addStretch(1)
        self.setFixedWidth(WIDE)
        context.bus.filter_changed.connect(self.show_filter)

    @property
    def is_narrow(self) -> bool:
        """Whether only signs are shown."""
        return self._is_narrow

    def set_narrow(self, is_narrow: bool) -> None:
        """Show signs alone, or names and counts too."""
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        self.setFixedWidth(NARROW if is_narrow else WIDE)
        for item in self._items():
            item.set_narrow(is_narrow)
        for label in self._labels:
            label.setVisible(not is_narrow)
        for box in (self._calendar_box, self._topic_box):
            box.setContentsMargins(0, 14 if is_narrow else 0, 0, 0)

    def show_view(self, key: str) -> None:
        """Mark the view that is shown."""
        for name, item in self._views.items():
            item.setChecked(name == key)

    def set_view_count(self, key: str, count: int | None) -> None:
        """Show how many things a view holds."""
        self._views[key].set_count(count)

    def show_calendars(self, calendars: Sequence[Calendar], counts: Mapping[int, int]) -> None:
        """Show the calendars with how many events each holds."""
        if list(self._calendars) != [calendar.id for calendar in calendars]:
            old, self._calendars = self._calendars, {each.id: self._calendar_item(each) for each in calendars}
            _replace(self._calendar_box, old, self._calendars)
        for calendar in calendars:
            item = self._calendars[calendar.id]
            item.setText(calendar.name)
            item.set_dot(self._context.theme.color_for_calendar(calendar.id))
            item.setChecked(calendar.is_visible)
            item.set_hollow(not calendar.is_visible)
            item.set_count(counts.get(calendar.id, 0))

    def show_topics(self, counts: Mapping[str, int]) -> None:
        """Show the topics most events have, the chosen ones always."""
        chosen = self._context.event_filter.topics
        ranked = sorted(counts, key=lambda name: (name not in chosen, -counts[name], name))[:MAX_TOPICS]
        names = sorted(ranked, key=str.casefold)
        if list(self._topics) != names:
            old, self._topics = self._topics, {name: self._topic_item(name) for name in names}
            _replace(self._topic_box, old, self._topics)
        for name, item in self._topics.items():
            item.set_count(counts[name])
        self.show_filter(self._context.event_filter)

    def show_filter(self, event_filter: EventFilter) -> None:
        """Mark the topics that are filtered by."""
        for name, item in self._topics.items():
            item.setChecked(name in event_filter.topics)

    def _items(self) -> list[RailItem]:
        return [*self._views.values(), *self._calendars.values(), *self._topics.values()]

    def _section(self, title: str) -> QVBoxLayout:
        label = QLabel(title)
        label.setProperty("tone", "muted")
        label.setFont(scaled_font(label.font(), 0.88, bold=True))
        label.setContentsMargins(8, 14, 8, 2)
        self._labels.append(label)
        self._column.addWidget(label)
        box = QVBoxLayout()
        box.setSpacing(2)
        self._column.addLayout(box)
        return box

    def _calendar_item(self, calendar: Calendar) -> RailItem:
        item = RailItem(self._context, calendar.name, dot=self._context.theme.color_for_calendar(calendar.id))
        item.set_narrow(self._is_narrow)
        item.clicked.connect(lambda checked, number=calendar.id: self.visibility_requested.emit(number, checked))
        item.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        item.customContextMenuRequested.connect(
            lambda at, number=calendar.id, source=item: self._show_menu(number, source, at)
        )
        return item

    def _topic_item(self, name: str) -> RailItem:
        item = RailItem(self._context, name, dot=self._context.theme.color_for_topic(name))
        item.setProperty("marksChoice", True)
        item.set_narrow(self._is_narrow)
        item.clicked.connect(lambda checked, name=name: self._choose_topic(name, checked))
        return item

    def _choose_topic(self, name: str, is_chosen: bool) -> None:
        before = self._context.event_filter
        topics = before.topics | {name} if is_chosen else before.topics - {name}
        self._context.set_filter(replace(before, topics=topics))

    def _show_menu(self, calendar_id: int, source: RailItem, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._context.commands.action(CommandId.NEW_CALENDAR))
        menu.addSeparator()
        words = {
            "rename": self.tr("Rename…"),
            "recolor": self.tr("Colour…"),
            "only": self.tr("Show only this one"),
            "remove": self.tr("Move to the trash"),
        }
        for name, text in words.items():
            menu.addAction(text).triggered.connect(
                lambda _checked=False, name=name: self.calendar_requested.emit(name, calendar_id)
            )
        menu.popup(source.mapToGlobal(at))


def _replace(layout: QVBoxLayout, old: Mapping[_Key, RailItem], new: Mapping[_Key, RailItem]) -> None:
    """Put other items into a list. The focus stays in it: Qt would hand it to the search field, which then opens."""
    focused = next((key for key, item in old.items() if item.hasFocus()), None)
    for item in new.values():
        layout.addWidget(item)
    if focused is not None and new:
        heir = new.get(focused, next(iter(new.values())))
        heir.show()  # what is not seen yet cannot have it
        heir.setFocus()
    for item in old.values():
        layout.removeWidget(item)
        item.hide()
        item.deleteLater()
