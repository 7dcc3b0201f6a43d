"""A context for widgets: on an empty data folder, closed again after the test."""

from __future__ import annotations

import gc
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLocale

from scplanner.settings import Settings, ThemeChoice
from scplanner.ui.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from scplanner.paths import UserPaths

TODAY = date(2023, 10, 10)


@pytest.fixture(autouse=True)
def _collect_on_the_gui_thread() -> Iterator[None]:
    """As in the program: cycles that hold widgets are never collected by a worker's thread."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Dates and numbers as in Britain, wherever the tests run."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def context(qtbot: QtBot, user_paths: UserPaths) -> Iterator[Context]:
    """A context without data: `context.is_open` is False."""
    made = Context(user_paths, Settings(theme=ThemeChoice.LIGHT), today=TODAY)
    yield made
    made.tasks.close()
    made.save_settings_now()


@pytest.fixture
def open_context(context: Context, user_paths: UserPaths) -> Iterator[Context]:
    """A context on a fresh data folder with the bundled catalogue."""
    from scplanner.services.opening import open_workspace

    workspace = open_workspace(user_paths, today=TODAY)
    context.set_workspace(workspace)
    yield context
    context.tasks.close()
    context.set_workspace(None)
    workspace.close()
