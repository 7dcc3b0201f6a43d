"""Beginning again where the database is damaged: from the newest backup that is whole, else afresh."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

from scplanner.errors import PlannerError
from scplanner.paths import UserPaths
from scplanner.services.backups import Backup, list_backups
from scplanner.services.opening import open_workspace
from scplanner.services.workspace import Progress, Workspace, folder_error
from scplanner.store.database import check_file


def find_usable_backup(paths: UserPaths) -> Backup | None:
    """The newest backup that is a whole database this program can read."""
    for backup in list_backups(paths.backups):
        try:
            check_file(backup.path)
        except PlannerError:
            continue
        return backup
    return None


def recover(paths: UserPaths, *, today: date | None = None, progress: Progress | None = None) -> Workspace:
    """Put the damaged database aside with all that belongs to it, take the newest whole backup, and open it.

    With the old write-ahead log gone too, nothing of it can be played over the backup. Without a backup the folder is
    opened as a fresh one.
    """
    backup = find_usable_backup(paths)
    try:
        put_aside(paths)
        if backup is not None:
            shutil.copyfile(backup.path, paths.database)
    except OSError as error:
        raise folder_error(error) from error
    return open_workspace(paths, today=today, progress=progress)


def put_aside(paths: UserPaths) -> Path:
    """Rename the database and its log, so that nothing reads them but somebody who wants to rescue what is in them."""
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")
    kept = paths.root / f"damaged-{stamp}.db"
    for suffix in ("", "-wal", "-shm"):
        part = paths.database.with_name(paths.database.name + suffix)
        if part.exists():
            part.replace(kept.with_name(kept.name + suffix))
    return kept
