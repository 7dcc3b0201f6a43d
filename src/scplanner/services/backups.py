"""Copies of the database: one a day at start, ten kept, and restoring any of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scplanner.domain.changes import AppliedChanges
from scplanner.errors import UnreadableFile
from scplanner.services.opening import renew_derived
from scplanner.services.workspace import Workspace, folder_error
from scplanner.store.database import check_file

KEPT = 10
# Copies made before a migration or a restore must not push out the daily ones.
_AUTOMATIC = ("daily-", "before-")


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the database: its file, when it was made (local time) and its size in bytes."""

    path: Path
    time: datetime
    size: int


def list_backups(folder: Path) -> list[Backup]:
    """The backups in a folder, newest first. Works without an open database."""
    found = []
    for path in folder.glob("*.db") if folder.is_dir() else ():
        stat = path.stat()
        found.append(Backup(path, datetime.fromtimestamp(stat.st_mtime).astimezone(), stat.st_size))
    return sorted(found, key=lambda backup: (backup.time, backup.path.name), reverse=True)


def make_daily(ws: Workspace) -> Backup | None:
    """Make today's backup if there is none yet, and let go of all but the newest ten of each kind."""
    target = ws.paths.backups / f"daily-{datetime.now().astimezone():%Y%m%d}.db"
    if target.exists():
        return None
    backup = _copy(ws, target)
    for kind in _AUTOMATIC:
        made = [each for each in list_backups(ws.paths.backups) if each.path.name.startswith(kind)]
        for old in made[KEPT:]:
            old.path.unlink(missing_ok=True)
    return backup


def make_now(ws: Workspace) -> Backup:
    """A backup in the data folder, kept until the user deletes it."""
    return _copy(ws, ws.paths.backups / f"manual-{datetime.now().astimezone():%Y%m%d-%H%M%S}.db")


def backup_to(ws: Workspace, target: Path) -> Backup:
    """Copy the database, whole and consistent, to a new file. An existing file is never overwritten."""
    if target.exists():
        raise UnreadableFile(f"{target} exists already.", "Choose another name; nothing was written.")
    return _copy(ws, target)


def restore_from(ws: Workspace, source: Path) -> AppliedChanges:
    """Go back to a backup, whole; the present state is backed up first.

    Raises CorruptDatabase or NewerDatabase before anything is touched if the file is no backup of this program.
    """
    check_file(source)
    _copy(ws, ws.paths.backups / f"before-restore-{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}.db")
    ws.store.database.overwrite_with(source)
    renew_derived(ws)
    return AppliedChanges(None, f"Restore {source.name}")


def _copy(ws: Workspace, target: Path) -> Backup:
    try:
        ws.store.database.copy_to(target)
        return Backup(target, datetime.now().astimezone(), target.stat().st_size)
    except OSError as error:
        raise folder_error(error) from error
