"""The window's views together: what one shows is where the next one opens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.test_window import started, wait_open

from scplanner.paths import UserPaths
from scplanner.ui.application import Planner
from scplanner.ui.views.agenda.view import AgendaView


@pytest.fixture
def planner(user_paths: UserPaths, qtbot: QtBot) -> Iterator[Planner]:
    planner = started(user_paths, qtbot)
    wait_open(planner, qtbot)
    yield planner
    planner.window.close()
    planner.close()


def test_the_agenda_opens_at_the_month_that_was_shown(planner: Planner, qtbot: QtBot) -> None:
    views = planner.window.views
    views.show_view("month")
    views.show_day(date(2025, 11, 5))
    views.show_view("agenda")
    agenda = views.current
    assert isinstance(agenda, AgendaView)
    qtbot.waitUntil(lambda: agenda.model.is_settled and agenda.model.listing.count > 200)
    assert (agenda.anchor().year, agenda.anchor().month) == (2025, 11)
