"""Settings: what was saved comes back, and nothing in the file can stop the program."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest

from scplanner.settings import ColorBy, Settings, ThemeChoice, load_settings, save_settings

FULL = Settings(
    theme=ThemeChoice.DARK,
    first_weekday=6,
    time_zone="Europe/Lisbon",
    color_by=ColorBy.CALENDAR,
    geometry="AAEC",
    splitter=(900, 340),
    view="agenda",
    anchor="2023-10-18",
    topics=("Energy",),
    countries=("PT", "ES"),
    decisions=("going", "none"),
    show_declined=True,
    rail_collapsed=False,
    agenda_hidden=("registration",),
    import_dir="/somewhere",
    export_dir="/elsewhere",
)


def test_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    save_settings(FULL, path)
    assert load_settings(path) == FULL
    assert [name.name for name in path.parent.iterdir()] == ["settings.json"]


def test_the_full_example_differs_from_the_defaults_in_every_field() -> None:
    default = Settings()
    assert [f.name for f in fields(Settings) if getattr(FULL, f.name) == getattr(default, f.name)] == []


def test_missing_file_gives_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == Settings()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe\x00", b'{"version": "x"}', b"null", b"[" * 100_000])
def test_broken_file_gives_defaults_and_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load_settings(path) == Settings()
    assert path.with_name("settings.json.broken").read_bytes() == content
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("first_weekday", 9),
        ("first_weekday", "1"),
        ("first_weekday", True),
        ("splitter", ["a"]),
        ("topics", "Energy"),
        ("topics", [1]),
        ("show_declined", 1),
        ("geometry", None),
        ("unknown", 1),
    ],
)
def test_a_value_of_the_wrong_kind_leaves_that_default(tmp_path: Path, name: str, value: object) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 1, "view": "agenda", name: value}), encoding="utf-8")
    assert load_settings(path) == replace(Settings(), view="agenda")


def test_a_failed_save_leaves_the_old_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    save_settings(FULL, path)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("scplanner.settings.os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        save_settings(Settings(), path)
    assert load_settings(path) == FULL
    assert [name.name for name in tmp_path.iterdir()] == ["settings.json"]
