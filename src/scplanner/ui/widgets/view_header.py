"""The header of a view: what range is shown, the way to another one, and the filters all views share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from scplanner.domain.events import Decision
from scplanner.domain.query import EventFilter
from scplanner.ui.commands import CommandId
from scplanner.ui.context import Context
from scplanner.ui.event_view import EventView
from scplanner.ui.theme import Token, scaled_font
from scplanner.ui.widgets.buttons import CommandButton
from scplanner.ui.widgets.elided_label import ElidedLabel
from scplanner.ui.widgets.menus import TickMenu
from scplanner.ui.words import country_name, decision_words

MAX_LISTED = 40
_SHORT_BELOW = 780


class Chip(QToolButton):
    """A filter: its words say what is let through, its menu is where to choose."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("chip", True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name = name
        self._words = ""
        self._is_short = False
        self._is_active = False

    def set_short(self, is_short: bool) -> None:
        """Where room is short: only the name of the filter, as long as it lets everything through."""
        self._is_short = is_short
        self._show_words()

    def sizeHint(self) -> QSize:
        """As wide as the words and the arrow."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 48, metrics.height() + 10)

    def minimumSizeHint(self) -> QSize:
        """Words are not cut."""
        return self.sizeHint()

    def _show_words(self) -> None:
        text = self._name if self._is_short and not self._is_active else self._words
        room = 90 if self._is_short else 160
        self.setText(QFontMetrics(self.font()).elidedText(text, Qt.TextElideMode.ElideRight, room).replace("&", "&&"))
        self.updateGeometry()

    def say(self, text: str, *, is_active: bool) -> None:
        """Show what is let through."""
        self._words, self._is_active = text, is_active
        self._show_words()
        self.setAccessibleName(f"{self._name}: {text}")
        self.setToolTip(f"{self._name}: {text}")
        if self.property("active") != is_active:
            self.setProperty("active", is_active)
            self.style().unpolish(self)
            self.style().polish(self)


class ViewHeader(QWidget):
    """Title, arrows, the view's own choices, chips. The counts tell what can be chosen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._topics: dict[str, int] = {}
        self._countries: dict[str, int] = {}
        self._own: list[QWidget] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 6)
        row.setSpacing(8)
        self._row = row
        self._title = QLabel()
        self._title.setFont(scaled_font(self._title.font(), 1.4, bold=True))
        self._subtitle = ElidedLabel()
        self._subtitle.setProperty("tone", "muted")
        row.addWidget(self._title)
        row.addSpacing(8)
        self._arrows = [CommandButton(context, c) for c in (CommandId.BACK, CommandId.TODAY, CommandId.FORWARD)]
        for index, button in enumerate(self._arrows):
            if index == 1:
                context.icons.release(button)
            else:
                button.setText("")
                button.setFixedWidth(32)
            row.addWidget(button)
        row.addWidget(self._subtitle, 1)
        self._topic_chip = self._chip(self.tr("Topics"), self._fill_topics)
        self._country_chip = self._chip(self.tr("Countries"), self._fill_countries)
        self._decision_chip = self._chip(self.tr("Decision"), self._fill_decisions)
        self._text_chip = QToolButton()
        self._text_chip.setProperty("chip", True)
        self._text_chip.setProperty("active", True)
        self._text_chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        context.icons.bind(self._text_chip, "x", Token.ACCENT_TEXT)
        self._text_chip.clicked.connect(lambda _checked=False: self._change(text=""))
        self._text_chip.hide()
        for chip in (self._text_chip, self._topic_chip, self._country_chip, self._decision_chip):
            row.addWidget(chip)
        context.bus.filter_changed.connect(self._show_filter)
        self._show_filter(context.event_filter)

    def show_view(self, view: EventView | None) -> None:
        """Show the title and the choices of a view."""
        if view is None:
            return
        self._title.setText(view.title())
        self._subtitle.setText(view.subtitle())
        own = list(view.header_widgets())
        if own != self._own:
            for widget in self._own:
                self._row.removeWidget(widget)
                widget.hide()
            for widget in own:
                self._row.addWidget(widget)
                widget.show()
            self._own = own

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the words of the chips where they would crowd out the rest."""
        super().resizeEvent(event)
        for chip in (self._topic_chip, self._country_chip, self._decision_chip):
            chip.set_short(self.width() < _SHORT_BELOW)

    def set_choices(self, topics: Mapping[str, int], countries: Mapping[str, int]) -> None:
        """Tell what topics and countries there are, with how many events each has."""
        self._topics, self._countries = dict(topics), dict(countries)

    def _chip(self, name: str, fill: object) -> Chip:
        chip = Chip(name)
        menu = TickMenu(chip)
        menu.setLayoutDirection(self.layoutDirection())  # the chip itself is turned round, to have its arrow at the end
        menu.aboutToShow.connect(lambda: fill(menu))  # type: ignore[operator]
        chip.setMenu(menu)
        self._context.icons.bind(chip, "chevron-down", Token.MUTED)
        return chip

    def _change(self, **changes: object) -> None:
        self._context.set_filter(replace(self._context.event_filter, **changes))  # type: ignore[arg-type]

    def _show_filter(self, event_filter: EventFilter) -> None:
        topics = sorted(event_filter.topics)
        self._topic_chip.say(_listed(topics) or self.tr("All topics"), is_active=bool(topics))
        countries = sorted(country_name(code) for code in event_filter.countries)
        self._country_chip.say(_listed(countries) or self.tr("All countries"), is_active=bool(countries))
        order = [*Decision, None]
        decisions = [decision_words(d) for d in order if d in event_filter.decisions]
        self._decision_chip.say(_listed(decisions) or self.tr("Any decision"), is_active=bool(decisions))
        self._text_chip.setVisible(bool(event_filter.text))
        self._text_chip.setText(f"“{event_filter.text}”".replace("&", "&&"))
        self._text_chip.setAccessibleName(self.tr("Stop filtering by “{text}”").replace("{text}", event_filter.text))
        self._text_chip.setToolTip(self._text_chip.accessibleName())

    def _fill_topics(self, menu: QMenu) -> None:
        chosen = self._context.event_filter.topics
        rows = [(name, name, count) for name, count in self._topics.items()]
        self._fill(menu, rows, set(chosen), "topics")

    def _fill_countries(self, menu: QMenu) -> None:
        rows = [(code, country_name(code), count) for code, count in self._countries.items() if code]
        self._fill(menu, rows, set(self._context.event_filter.countries), "countries")

    def _fill_decisions(self, menu: QMenu) -> None:
        rows = [(decision, decision_words(decision), 0) for decision in (*Decision, None)]
        self._fill(menu, rows, set(self._context.event_filter.decisions), "decisions", keep_order=True)

    def _fill(
        self,
        menu: QMenu,
        rows: Iterable[tuple[object, str, int]],
        chosen: set[object],
        field: str,
        *,
        keep_order: bool = False,
    ) -> None:
        menu.clear()
        everything = menu.addAction(self.tr("All"))
        everything.triggered.connect(lambda _checked=False: self._change(**{field: frozenset()}))
        everything.setEnabled(bool(chosen))
        menu.addSeparator()
        listed = list(rows)
        if not keep_order:
            listed.sort(key=lambda row: (row[0] not in chosen, -row[2]))
            listed = sorted(listed[:MAX_LISTED], key=lambda row: row[1].casefold())
        for value, name, count in listed:
            words = name.replace("&", "&&")
            action = menu.addAction(f"{words}\t{QLocale().toString(count)}" if count else words)
            action.setCheckable(True)
            action.setChecked(value in chosen)
            action.toggled.connect(lambda is_on, value=value: self._toggle(field, value, is_on))

    def _toggle(self, field: str, value: object, is_on: bool) -> None:
        before = getattr(self._context.event_filter, field)
        self._change(**{field: before | {value} if is_on else before - {value}})


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}" if names else ""
