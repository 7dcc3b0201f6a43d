"""What every test stands on: no screen, no settings of this machine, and no log record nobody expected."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from scplanner.paths import UserPaths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if not os.environ.get("SCPLANNER_TEST_ON_SCREEN"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("LC_ALL", "C.UTF-8")
# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture
def user_paths(tmp_path: Path) -> UserPaths:
    """An empty data folder."""
    return UserPaths.at(tmp_path / "data")


@pytest.fixture(autouse=True)
def _isolated_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever forgets to name a data folder gets one of the test's, never the user's."""
    monkeypatch.setattr(UserPaths, "default", classmethod(lambda cls: cls.at(tmp_path / "default-data")))


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on records of WARNING and above, but for tests that ask for `caplog` and so look at them themselves."""
    if "caplog" in request.fixturenames:
        yield
        return
    records: list[logging.LogRecord] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record)

    handler = Collector(level=logging.WARNING)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
    said = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in records]
    assert not said, f"unexpected log records: {said}"
