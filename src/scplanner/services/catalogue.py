"""The catalogue in a data folder: filled at first start, brought up to date by a newer version, and its tables.

A version arrives like any import, as a review that becomes one step; edited events follow their origin and the user's layer
is never touched. Which version was taken last stands in the `source` of the calendar, as its day.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from scplanner.domain.catalogue import Topic
from scplanner.domain.changes import Origin
from scplanner.domain.events import Calendar
from scplanner.domain.review import Review
from scplanner.errors import PlannerError, UnreadableFile
from scplanner.formats import ics
from scplanner.formats.catalogue_source import read_topics
from scplanner.services import importing, queries
from scplanner.services.importing import ImportReport
from scplanner.services.workspace import Workspace
from scplanner.sources import catalogue as files


def version_here(ws: Workspace) -> date | None:
    """The day of the version that was taken last; None before the first."""
    try:
        return date.fromisoformat(_calendar(ws).source)
    except ValueError:
        return None


def review_update(ws: Workspace, data: bytes, source: str = files.BUILT_FILE) -> Review:
    """Say what taking this version of the catalogue would do; `importing.apply_review` takes it. Nothing is written.

    Raises UnreadableFile if the bytes are no catalogue, PlannerError if they are an older version than the one here.
    """
    version = files.version_of(data)
    if version is None:
        raise UnreadableFile(f"{source} is no catalogue of smart-city events.", "Import it as an ordinary calendar.")
    title = f"Catalogue of {version}"
    return importing.review_parsed(ws, [ics.read(data, source)], _calendar(ws), title, is_from_source=True)


def apply_bundled(ws: Workspace) -> ImportReport | None:
    """Take the version that comes with the program, if it is newer than the one here; None if it is not.

    An automatic step. Conflicts with one's own edits are left out of it: the report tells them.
    """
    bundled = files.bundled_catalogue()
    here = version_here(ws)
    if here is not None and bundled.version <= here:
        return None
    review = review_update(ws, bundled.data, bundled.source)
    return importing.apply_review(ws, review, origin=Origin.CATALOGUE)


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """The topics of the catalogue, in the order in which they are shown."""
    return read_topics(files.bundled_topics())


def _calendar(ws: Workspace) -> Calendar:
    found = queries.find_catalogue(ws)
    if found is None:
        raise PlannerError("There is no calendar for the catalogue here.")
    return found
