"""Taste and window state, in one JSON file of the data folder.

Whatever a person would miss on a new computer is in the database instead. A settings file that cannot be read is put
aside and never stops the program.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, get_type_hints

log = logging.getLogger(__name__)

VERSION = 1


class ThemeChoice(StrEnum):
    """Light, dark, or as the system has it."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class ColorBy(StrEnum):
    """What gives an event its colour."""

    TOPIC = "topic"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user likes and how the window was left.

    `first_weekday` counts from Monday 0; None follows the locale. `time_zone` is an IANA name; empty follows the system.
    `geometry` is Qt's window state in base64, `anchor` a day of the range last shown (ISO), `decisions` the filter's, with
    "none" for the undecided. `rail_collapsed` None follows the width of the window. `agenda_hidden` names the columns of the
    agenda that are not wanted.
    """

    theme: ThemeChoice = ThemeChoice.SYSTEM
    first_weekday: int | None = None
    time_zone: str = ""
    color_by: ColorBy = ColorBy.TOPIC
    geometry: str = ""
    splitter: tuple[int, ...] = ()
    view: str = ""
    anchor: str = ""
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    show_declined: bool = False
    rail_collapsed: bool | None = None
    agenda_hidden: tuple[str, ...] = ()
    import_dir: str = ""
    export_dir: str = ""


# One function for each version that was left behind: it turns a table of that version into one of the next.
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def load_settings(path: Path) -> Settings:
    """Read the settings; anything unreadable gives the defaults, and the file is kept aside."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        log.info("settings cannot be read, using the defaults: %s", error)
        _keep_aside(path)
        return Settings()
    try:
        table = json.loads(text)
        if not isinstance(table, dict):
            raise TypeError("not a table")
        version = int(table.get("version", VERSION))
        while version < VERSION:
            table = UPGRADES[version](table)
            version += 1
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        log.info("settings are broken, using the defaults: %s", error)
        _keep_aside(path)
        return Settings()
    return _from_table(table)


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings so that a crash leaves the old ones or the new ones. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    table = {"version": VERSION, **asdict(settings)}
    handle, name = tempfile.mkstemp(prefix=".settings-", suffix=".json", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(table, file, indent=1, ensure_ascii=False)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _keep_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(path.name + ".broken"))
    except OSError as error:
        log.info("the broken settings stay where they are: %s", error)


def _from_table(table: dict[str, Any]) -> Settings:
    """Take each value that is of its field's kind; leave the default for any other."""
    result = Settings()
    hints = get_type_hints(Settings)
    for field in fields(Settings):
        if field.name in table:
            value = _fitting(hints[field.name], table[field.name], getattr(result, field.name))
            result = replace(result, **{field.name: value})
    if result.first_weekday is not None and not 0 <= result.first_weekday <= 6:
        result = replace(result, first_weekday=None)
    return result


def _fitting(kind: Any, value: Any, default: Any) -> Any:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value) if value in set(kind) else default
    if kind == tuple[str, ...] or kind == tuple[int, ...]:
        item = str if kind == tuple[str, ...] else int
        fits = isinstance(value, list) and all(type(part) is item for part in value)
        return tuple(value) if fits else default
    for simple in (bool, int, str, type(None)):
        if type(value) is simple and (
            kind is simple or kind == simple | None or (simple is type(None) and kind not in (bool, int, str))
        ):
            return value
    return default
