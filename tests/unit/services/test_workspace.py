from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from scplanner.services import workspace


@pytest.fixture(autouse=True)
def _ask_anew() -> Iterator[None]:
    workspace.system_zone.cache_clear()
    yield
    workspace.system_zone.cache_clear()


def test_the_zone_of_the_environment_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", ":America/New_York")
    assert workspace.system_zone() == ZoneInfo("America/New_York")


def test_where_unix_says_nothing_the_system_is_asked_for_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "no zone at all")
    monkeypatch.setattr("tzlocal.get_localzone_name", lambda: "Europe/Lisbon")
    assert workspace.system_zone() == ZoneInfo("Europe/Lisbon")


def test_a_system_without_a_name_gives_its_present_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise LookupError

    monkeypatch.setenv("TZ", "no zone at all")
    monkeypatch.setattr("tzlocal.get_localzone_name", nameless)
    assert workspace.system_zone().utcoffset(None) is not None
