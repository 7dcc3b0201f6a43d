"""Opening a data folder: making it, its first content, and derived tables that are out of date."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from scplanner.domain.changes import ChangeSet, Origin, created
from scplanner.domain.events import Calendar, CalendarKind
from scplanner.errors import ConflictingChange
from scplanner.paths import UserPaths
from scplanner.services import changes
from scplanner.services.workspace import CATALOGUE_NAME, PLAN_NAME, Progress, Workspace, folder_error
from scplanner.settings import load_settings
from scplanner.store import derived
from scplanner.store.store import Store


def open_workspace(paths: UserPaths, *, today: date | None = None, progress: Progress | None = None) -> Workspace:
    """Open a data folder, making it, its database and its first content where they are missing.

    `progress` hears a sentence and a fraction (or None) of longer work. Raises StoreLocked, NewerDatabase,
    CorruptDatabase, ReadOnlyData or DiskFull.
    """
    try:
        paths.root.mkdir(parents=True, exist_ok=True)
        store = Store(paths.database)
    except OSError as error:
        raise folder_error(error) from error
    workspace = Workspace(paths, store, load_settings(paths.settings), today)
    try:
        _prepare(workspace, progress)
    except BaseException:
        workspace.close()
        raise
    return workspace


def _prepare(ws: Workspace, progress: Progress | None = None) -> None:
    """Make a fresh folder usable, and an old one current. Does nothing that is not needed."""
    if not ws.store.calendars.all() and not ws.store.history.steps(limit=1):
        _fill(ws, progress)
        return
    renew_derived(ws, progress)


def renew_derived(ws: Workspace, progress: Progress | None = None) -> None:
    """Make the derived tables anew if another version of the program, or other zone data, made them."""
    with ws.store.database.read() as connection:
        is_current = derived.is_current(connection)
    if not is_current:
        if progress:
            progress("Making the search index anew…", None)
        with ws.store.database.write() as connection:
            derived.rebuild(connection)


def _fill(ws: Workspace, progress: Progress | None) -> None:
    from scplanner.services import catalogue

    if progress:
        progress("Reading the catalogue of smart-city events…", None)
    calendars = (
        Calendar(-1, CATALOGUE_NAME, CalendarKind.CATALOGUE, "#2F6FDE", position=0),
        Calendar(-2, PLAN_NAME, CalendarKind.OWN, "#12805C", position=1),
    )
    # Two programs may begin at once: one makes the calendars and one fills them, be it the same or not.
    with suppress(ConflictingChange):
        changes.apply(ws, ChangeSet("First start", created(calendars), Origin.CATALOGUE), is_first=True)
    with ws.store.database.write() as connection:
        derived.rebuild(connection)
    with suppress(ConflictingChange):
        catalogue.apply_bundled(ws)
