"""What an open data folder is due from time to time: the day's backup, a newer catalogue, letting old images go.

Done after the window has settled, and by the command line before its command. Cheap where nothing is due.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scplanner.services import backups, queries
from scplanner.services.backups import Backup
from scplanner.services.workspace import Workspace
from scplanner.sources.catalogue import bundled_catalogue

if TYPE_CHECKING:
    from scplanner.services.importing import ImportReport


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What was due and done; None and 0 where nothing was."""

    backup: Backup | None = None
    catalogue: ImportReport | None = None
    steps_forgotten: int = 0


def run(ws: Workspace) -> Upkeep:
    """Do what is due. Raises PlannerError if it can't be written; what was done until then stands."""
    backup = backups.make_daily(ws)
    return Upkeep(backup, _take_newer_catalogue(ws), ws.store.history.forget_old_images(ws.now()))


def _take_newer_catalogue(ws: Workspace) -> ImportReport | None:
    version = bundled_catalogue().version.isoformat()
    held = queries.find_catalogue(ws)
    if held is None or held.source >= version:
        return None
    from scplanner.services import catalogue

    return catalogue.apply_bundled(ws)
