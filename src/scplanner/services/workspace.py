"""One open data folder: where everything that services do begins."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from scplanner.domain.changes import Origin
from scplanner.domain.temporal import find_zone
from scplanner.errors import DiskFull, ReadOnlyData
from scplanner.paths import UserPaths
from scplanner.settings import Settings
from scplanner.store.store import Store

Progress = Callable[[str, float | None], None]

CATALOGUE_NAME = "Smart-city catalogue"
PLAN_NAME = "My plan"


@dataclass(slots=True)
class Workspace:
    """An open data folder. `today_override` is for scripts and tests that live on another day.

    `origin` is who the history says made the steps that the user makes: the window, or the command line.
    """

    paths: UserPaths
    store: Store
    settings: Settings
    today_override: date | None = None
    origin: Origin = Origin.USER

    def today(self) -> date:
        """The present day in the user's zone."""
        return self.today_override or datetime.now(self.home_zone).date()

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)

    @property
    def home_zone(self) -> tzinfo:
        """The user's time zone: the one in the settings, else the system's."""
        return find_zone(self.settings.time_zone) or system_zone()

    def close(self) -> None:
        """Close the database. Nothing is pending: every write was committed when it was made."""
        self.store.close()


@lru_cache(maxsize=1)
def system_zone() -> tzinfo:
    """The zone this computer is set to, by its IANA name; where the system tells none, its present offset."""
    # Unix says it in a link, which costs nothing to read; Windows needs its names translated.
    parts = Path("/etc/localtime").resolve().parts
    name = os.environ.get("TZ", "").lstrip(":")
    if not name and "zoneinfo" in parts:
        name = "/".join(parts[parts.index("zoneinfo") + 1 :])
    return (find_zone(name) if name else None) or _zone_of_other_systems()


def _zone_of_other_systems() -> tzinfo:
    from tzlocal import get_localzone_name

    try:
        zone = find_zone(get_localzone_name() or "")
    except (LookupError, ValueError, OSError):
        zone = None
    return zone or datetime.now().astimezone().tzinfo or ZoneInfo("UTC")


def folder_error(error: OSError) -> ReadOnlyData | DiskFull:
    """The sentence for a data folder that can't be written to."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull("The disk is full; nothing was written.", "Free some space, then try again.")
    return ReadOnlyData(
        f"The data folder can't be written to: {error.strerror or error}.",
        "Check its permissions, or choose another with --data-dir.",
    )
