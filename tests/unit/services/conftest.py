"""A workspace with a catalogue and a plan, and nothing in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scplanner.domain.changes import ChangeSet, Origin, created
from scplanner.domain.events import Calendar, CalendarKind
from scplanner.paths import UserPaths
from scplanner.services import changes
from scplanner.services.workspace import PLAN_NAME, Workspace
from scplanner.settings import Settings
from scplanner.store.store import Store

CATALOGUE, PLAN = 1, 2


def open_bare(folder: Path) -> Workspace:
    """Open a folder as the program does, but for its first content: two empty calendars."""
    paths = UserPaths.at(folder)
    paths.root.mkdir(parents=True, exist_ok=True)
    ws = Workspace(paths, Store(paths.database), Settings(time_zone="Europe/Madrid"), date(2027, 4, 1))
    if not ws.store.calendars.all():
        made = (Calendar(-1, "Catalogue", CalendarKind.CATALOGUE), Calendar(-2, PLAN_NAME, position=1))
        changes.apply(ws, ChangeSet("First start", created(made), Origin.CATALOGUE))
    return ws


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    workspace = open_bare(tmp_path / "data")
    yield workspace
    workspace.close()
