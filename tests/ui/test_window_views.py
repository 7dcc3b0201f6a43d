"""The window's views together: what one shows is where the next one opens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.test_window import started, wait_open

from scplanner.paths import UserPaths
from scplanner.services import calendars
from scplanner.ui.application import Planner
from scplanner.ui.commands import CommandId
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


def test_the_focus_stays_in_the_rail_when_its_calendar_goes(planner: Planner, qtbot: QtBot) -> None:
    context, window = planner.context, planner.window
    window.activateWindow()
    made = calendars.add(context.workspace, "Team", "#123456")
    context.bus.publish_applied(made)
    qtbot.waitUntil(lambda: len(window.rail._calendars) == 3)
    item = list(window.rail._calendars.values())[-1]
    item.setFocus()
    context.commands.trigger(CommandId.UNDO)
    qtbot.waitUntil(lambda: len(window.rail._calendars) == 2)
    assert not window.search_popup.isVisible()
    assert window.focusWidget() in window.rail._calendars.values()


def test_undo_in_an_empty_search_field_is_the_windows(planner: Planner, qtbot: QtBot) -> None:
    window, field = planner.window, planner.window.top_bar.search
    made = calendars.add(planner.context.workspace, "Team", "#123456")
    planner.context.bus.publish_applied(made)
    qtbot.waitUntil(lambda: len(window.rail._calendars) == 3)
    window.activateWindow()
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(window.rail._calendars) == 2)
