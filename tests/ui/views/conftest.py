"""Views over records that lie in memory: a workspace that only tells the day and the zone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from scplanner.domain.events import Decision, Occurrence, OccurrenceKey
from scplanner.domain.temporal import ONE_DAY, DayRange, find_zone
from scplanner.settings import Settings
from scplanner.ui.models.occurrences import OccurrenceModel
from scplanner.ui.views.agenda.listing import make_listing
from scplanner.ui.views.agenda.model import AgendaModel
from scplanner.ui.views.agenda.view import AgendaView
from scplanner.ui.views.month.view import MonthView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from scplanner.ui.context import Context

TODAY = date(2023, 10, 10)
LISBON = ZoneInfo("Europe/Lisbon")


@dataclass
class FakeWorkspace:
    """What views ask a workspace for, beside what the readers answer."""

    settings: Settings = field(default_factory=Settings)
    home_zone: ZoneInfo = field(default_factory=lambda: find_zone("Europe/Lisbon") or ZoneInfo("UTC"))

    def today(self) -> date:
        return TODAY


def bar(
    number: int, first: date, days: int = 1, title: str = "", decision: Decision | None = None, city: str = ""
) -> Occurrence:
    last = first + timedelta(days=days - 1)
    return Occurrence(
        OccurrenceKey(number), 1, f"u{number}", title or f"Event {number}", first, last + ONE_DAY, first, last,
        city=city, decision=decision, topics=("Digital",),
    )  # fmt: skip


def timed(number: int, day: date, hour: int, title: str = "") -> Occurrence:
    start = datetime(day.year, day.month, day.day, hour, tzinfo=LISBON)
    return Occurrence(
        OccurrenceKey(number), 1, f"u{number}", title or f"Talk {number}", start, start + timedelta(hours=1), day, day
    )


def vague(number: int, first: date, last: date, text: str) -> Occurrence:
    return Occurrence(OccurrenceKey(number), 1, f"u{number}", f"Vague {number}", None, None, first, last, text)


OCTOBER = [
    bar(1, date(2023, 10, 9), 4, "European Week of Regions", Decision.GOING, "Brussels"),
    bar(2, date(2023, 10, 10), 3, "Portugal Smart Cities Summit", Decision.CONSIDERING, "Lisbon"),
    timed(3, date(2023, 10, 10), 14, "Call with Trondheim"),
    bar(4, date(2023, 10, 12), 3, "Smart City Expo Shanghai", None, "Shanghai"),
    bar(5, date(2023, 10, 18), 3, "EURESFO", Decision.GOING, "Cascais"),
    bar(6, date(2023, 10, 20), 14, "Long tour", None, "Graz"),
]


@pytest.fixture
def records() -> list[Occurrence]:
    """What the fake store holds; tests may change it."""
    return list(OCTOBER)


@pytest.fixture
def fake_context(context: Context) -> Iterator[Context]:
    """A context whose workspace holds nothing itself."""
    context.set_workspace(FakeWorkspace())  # type: ignore[arg-type]
    context.theme.apply()
    yield context
    context.set_workspace(None)


@pytest.fixture
def make_month(qtbot: QtBot, fake_context: Context, records: list[Occurrence]) -> Callable[..., MonthView]:
    """Makes a month view over the records, shown at 1000 × 800 unless told."""

    def make(width: int = 1000, height: int = 800, day: date = TODAY) -> MonthView:
        def read(_workspace: object, days: DayRange, _filter: object) -> list[Occurrence]:
            return [each for each in records if days.overlaps(each.first_day, each.last_day)]

        model = OccurrenceModel(fake_context, reader=read, clash_reader=lambda *_: frozenset(), reads_ahead=False)
        view = MonthView(fake_context, model=model)
        model.setParent(view)
        qtbot.addWidget(view)
        view.resize(width, height)
        view.show_range_containing(day)
        with qtbot.waitExposed(view):
            view.show()
        view.grid.setFocus()
        return view

    return make


@pytest.fixture
def make_agenda(qtbot: QtBot, fake_context: Context, records: list[Occurrence]) -> Callable[..., AgendaView]:
    """Makes an agenda over the records and waits until it has read them."""

    def make(width: int = 1200, height: int = 700) -> AgendaView:
        model = AgendaModel(fake_context, reader=lambda *_: make_listing(records))
        view = AgendaView(fake_context, model=model)
        model.setParent(view)
        qtbot.addWidget(view)
        view.resize(width, height)
        with qtbot.waitExposed(view):
            view.show()
        qtbot.waitUntil(lambda: model.is_settled)
        view.table.setFocus()
        return view

    return make
