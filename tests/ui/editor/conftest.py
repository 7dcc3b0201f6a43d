"""A plan of its own for the inspector: a few events that between them have everything it shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QWidget

from scplanner.domain.changes import ChangeSet, Origin, created
from scplanner.domain.events import (
    AttendanceMode,
    Calendar,
    CalendarKind,
    Confidence,
    Deadline,
    DeadlineKind,
    Decision,
    Event,
    EventDetails,
    EventStatus,
    Layer,
    Link,
    OccurrenceKey,
    Registration,
    Role,
)
from scplanner.domain.temporal import VagueDate
from scplanner.formats import ics
from scplanner.services import changes, history, queries, recurrence
from scplanner.services.workspace import Workspace
from scplanner.settings import Settings
from scplanner.store.store import Store
from scplanner.ui.editor.inspector import Inspector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from scplanner.paths import UserPaths
    from scplanner.ui.context import Context

TODAY = date(2023, 10, 10)
LISBON = ZoneInfo("Europe/Lisbon")
OSLO = ZoneInfo("Europe/Oslo")
AOE = ZoneInfo("Etc/GMT+12")


@dataclass
class Plan:
    """The workspace, and its events by a short name."""

    workspace: Workspace
    keys: dict[str, OccurrenceKey]

    def details(self, name: str) -> EventDetails:
        found = queries.details(self.workspace, self.keys[name])
        assert found is not None
        return found

    def steps(self) -> list[str]:
        """Titles of the user's steps, newest first."""
        return [step.title for step in history.steps(self.workspace) if step.origin is Origin.USER]


def events() -> dict[str, tuple[Event, Layer | None]]:
    """The events by name, and what the user keeps about them. Catalogue is calendar -1, My plan -2."""
    euresfo = Event(
        -10, -1, "euresfo-2023@test", summary="European Urban Resilience Forum (EURESFO)",
        start=date(2023, 10, 18), end=date(2023, 10, 21), city="Cascais", country="PT", venue="Centro de Congressos",
        description="Three streams: nature, heat, and how to pay for it.\n\nProgramme at https://urbanresilienceforum.eu.",
        url="https://urbanresilienceforum.eu/", links=(Link("https://iclei-europe.org/", "ICLEI Europe"),),
        topics=("Resilience",), organizer="ICLEI Europe", series="EURESFO", edition="10", source="https://iclei.org/events",
        checked=date(2023, 10, 8), confidence=Confidence.MEDIUM, status=EventStatus.CONFIRMED,
        deadlines=(
            Deadline(DeadlineKind.REGISTRATION, date(2023, 9, 22)),
            Deadline(DeadlineKind.SLIDES, date(2023, 10, 11)),
            Deadline(DeadlineKind.CALL, datetime(2023, 10, 20, 23, 59, tzinfo=AOE), "Late papers"),
        ),
    )  # fmt: skip
    layer = Layer(
        -1, -10, decision=Decision.GOING, role=Role.SPEAKER, registration=Registration.REGISTERED, travel_before=1,
        budget="1200", budget_currency="EUR", tags=("follower cities",),
        note="Ask [ICLEI](https://iclei.org) about the follower-city call. Three streams; the **financing** stream on day 2.",
        deadlines=(Deadline(DeadlineKind.REPORT, date(2023, 11, 3)),),
        done=(euresfo.deadlines[0].key,),
    )  # fmt: skip
    earlier = [
        replace(euresfo, id=-20 - n, uid=f"euresfo-{year}@test", summary=f"EURESFO {year}", edition=str(year - 2013),
                start=date(year, 10, 20), end=date(year, 10, 22), deadlines=(), city=city)
        for n, (year, city) in enumerate(((2020, "Malmö"), (2021, "Malmö"), (2022, "Athens")))
    ]  # fmt: skip
    side = Event(
        -11, -1, "side@test", summary="Heat in the city", start=datetime(2023, 10, 19, 16, 30, tzinfo=LISBON),
        end=datetime(2023, 10, 19, 18, 0, tzinfo=LISBON), city="Cascais", country="PT", parent_uid="euresfo-2023@test",
    )  # fmt: skip
    rival = Event(
        -12, -1, "rival@test", summary="Portugal Smart Cities Summit", start=date(2023, 10, 17), end=date(2023, 10, 20),
        city="Lisbon", country="PT", topics=("Digital",),
    )  # fmt: skip
    vague = Event(
        -13, -1, "vague@test", summary="Smart City Expo World Congress 2027",
        vague=VagueDate("November 2027", date(2027, 11, 1), date(2027, 11, 30)), city="Barcelona", country="ES",
        topics=("Digital", "Governance"), confidence=Confidence.LOW, status=EventStatus.TENTATIVE,
        remark="The title says 2027, the page still shows the dates of 2026.", source="https://example.org/list",
        checked=date(2023, 9, 1),
    )  # fmt: skip
    own = Event(
        -14, -2, "own@test", summary="Call with the project office", start=datetime(2023, 10, 10, 14, 0, tzinfo=OSLO),
        end=datetime(2023, 10, 10, 15, 0, tzinfo=OSLO), attendance_mode=AttendanceMode.ONLINE,
    )  # fmt: skip
    weekly = Event(
        -15, -2, "weekly@test", summary="Steering group", start=datetime(2023, 10, 3, 9, 30, tzinfo=OSLO),
        end=datetime(2023, 10, 3, 11, 0, tzinfo=OSLO), rrule="FREQ=WEEKLY;COUNT=8", city="Trondheim", country="NO",
    )  # fmt: skip
    named: dict[str, tuple[Event, Layer | None]] = {
        "euresfo": (euresfo, layer),
        "side": (side, None),
        "rival": (rival, Layer(-2, -12, decision=Decision.CONSIDERING)),
        "vague": (vague, None),
        "own": (own, None),
        "weekly": (weekly, None),
    }
    return named | {f"earlier{number}": (event, None) for number, event in enumerate(earlier)}


@pytest.fixture
def plan(context: Context, user_paths: UserPaths, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plan]:
    """A workspace with these events, open in the context, in the zone of Warsaw."""
    monkeypatch.setenv("TZ", "Europe/Warsaw")
    user_paths.root.mkdir(parents=True)
    workspace = Workspace(user_paths, Store(user_paths.database), Settings(time_zone="Europe/Warsaw"), TODAY)
    calendars = (
        Calendar(-1, "Smart-city catalogue", CalendarKind.CATALOGUE, position=0),
        Calendar(-2, "My plan", CalendarKind.OWN, "#12805C", position=1),
    )
    changes.apply(workspace, ChangeSet("Calendars", created(calendars), Origin.CATALOGUE))
    ids = {calendar.name: calendar.id for calendar in queries.calendars(workspace)}
    real = {-1: ids["Smart-city catalogue"], -2: ids["My plan"]}
    records: list[Event | Layer] = []
    texts: dict[str, str] = {}
    for event, layer in events().values():
        placed = replace(event, calendar_id=real[event.calendar_id])
        if event.calendar_id == -1:
            # As it came from its source, which is what an edit here is compared with.
            text = ics.write_event(placed)
            texts[ics.text_hash(text)] = text
            placed = replace(placed, text_hash=ics.text_hash(text), base_hash=ics.text_hash(text))
        records += [placed, *([layer] if layer is not None else [])]
    applied = changes.apply(workspace, ChangeSet("Events", created(records), Origin.CATALOGUE, texts))
    keys = {name: OccurrenceKey(applied.created[event.id]) for name, (event, _) in events().items()}
    recurrence.cover(workspace, recurrence.default_range(workspace))
    keys["second"] = OccurrenceKey(keys["weekly"].event_id, "2023-10-10T09:30:00+02:00[Europe/Oslo]")
    context.set_workspace(workspace)
    yield Plan(workspace, keys)
    context.tasks.close()
    context.set_workspace(None)
    workspace.close()


@pytest.fixture
def inspector(qtbot: QtBot, context: Context, plan: Plan) -> Iterator[Inspector]:
    """The inspector, shown in the width of the window's right edge."""
    context.theme.apply()
    # A window without a layout: the offscreen platform warns about windows with bounds.
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(340, 850)
    widget = Inspector(context, window)
    widget.resize(340, 850)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    yield widget
    widget.flush()


@pytest.fixture
def settle(qtbot: QtBot, inspector: Inspector, context: Context) -> Callable[[], None]:
    """Wait until nothing is being written or read any more."""

    def is_quiet() -> bool:
        busy = context.tasks.is_busy or inspector._saver.is_busy or inspector._refresh_timer.isActive()
        return not busy

    def wait() -> None:
        for _ in range(3):
            qtbot.waitUntil(is_quiet)
            qtbot.wait(1)

    return wait
