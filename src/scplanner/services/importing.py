"""Bringing calendar files in: bytes → records → a review of what would change → one undoable step.

`review_files` reads and compares and writes nothing; `apply_review` writes what is ticked and decided. Feeds and new
versions of the catalogue come the same way, through `review_parsed`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, TypeAlias

from scplanner.domain.changes import AppliedChanges, Change, ChangeSet, Origin
from scplanner.domain.events import Calendar, Event
from scplanner.domain.fields import OTHER_PROPERTIES, FieldChange, differences
from scplanner.domain.folding import as_text
from scplanner.domain.matching import Match, MatchedBy, match, superseded
from scplanner.domain.merge import Side
from scplanner.domain.problems import Problem
from scplanner.domain.review import Choice, Review, ReviewedSource, ReviewItem, ReviewKind, review_match, withdrawn
from scplanner.domain.temporal import DayRange
from scplanner.errors import PlannerError, UnreadableFile
from scplanner.formats import ics, ics_other
from scplanner.services import changes, queries, recurrence
from scplanner.services.workspace import Progress, Workspace

MAX_SIZE = 100 * 1024 * 1024
"""Bytes of a file that are read without being asked whether that is meant."""

_BLOCK = 1024 * 1024

Source: TypeAlias = Path | tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `applied` None: there was nothing to write. `left_out` needs the user's word, or was rejected."""

    review: Review
    applied: AppliedChanges | None
    left_out: tuple[ReviewItem, ...] = ()


def review_files(
    ws: Workspace,
    sources: Sequence[Source],
    calendar: str | None = None,
    progress: Progress | None = None,
    *,
    max_size: int = MAX_SIZE,
) -> Review:
    """Read files (or named bytes) and say what importing them would do. Nothing is written.

    New events go to the calendar of that name, by default "My plan"; a file that is a version of the catalogue updates
    the catalogue. A file that can't be read is named in the review; if none can, UnreadableFile is raised. An exception
    raised by `progress` (a cancel) goes through.
    """
    files: list[ics.ParsedFile] = []
    reviewed: list[ReviewedSource] = []
    errors: list[PlannerError] = []
    for source in sources:
        name = as_text(source.name or str(source)) if isinstance(source, Path) else source[0]
        try:
            parsed = ics.read(_bytes(source, name, max_size), name, _reporter(progress, name))
        except PlannerError as error:
            errors.append(error)
            reviewed.append(ReviewedSource(name, error=str(error)))
        else:
            files.append(parsed)
            reviewed.append(ReviewedSource(name, parsed.format, parsed.encoding))
    if errors and not files:
        raise errors[0]
    title = f"Import {reviewed[0].source}" if len(reviewed) == 1 else f"Import {len(reviewed)} files"
    is_catalogue = calendar is None and bool(files) and all(file.catalogue for file in files)
    catalogue = queries.find_catalogue(ws) if is_catalogue else None
    target = catalogue or _target(ws, calendar)
    if progress is not None:
        progress("Comparing with what is here…", None)
    review = review_parsed(ws, files, target, title, is_from_source=catalogue is not None)
    return replace(review, sources=tuple(reviewed))


def review_parsed(
    ws: Workspace, files: Sequence[ics.ParsedFile], calendar: Calendar, title: str, *, is_from_source: bool = False
) -> Review:
    """Say what bringing parsed files into a calendar would do.

    `is_from_source`: they are what the calendar has its events from (a feed, a version of the catalogue). Then what is
    missing from a whole source is withdrawn, and what the user has taken back or deleted before is not offered again.
    Raises PlannerError if they are an older version of the catalogue than the one here.
    """
    versions = [file.catalogue for file in files if file.catalogue] if is_from_source else []
    if versions and min(versions) < calendar.source:
        raise PlannerError(f"This catalogue is of {min(versions)}, older than the one you have, of {calendar.source}.")
    components = [(file, component) for file in files for component in file.events]
    incoming = [
        replace(component.event, id=-number, calendar_id=calendar.id)
        for number, (_, component) in enumerate(components, start=1)
    ]
    older = superseded(incoming, [file.source for file, _ in components])
    kept = [index for index in range(len(incoming)) if index not in older]
    stored = _Stored(ws)
    matches = match([incoming[index] for index in kept], calendar.id, stored)
    matches = _with_their_masters(matches)
    bases = _bases(ws, matches)
    sources = {
        each.id for each in queries.calendars(ws) if each.is_source and not (is_from_source and each.id == calendar.id)
    }
    items: dict[int, ReviewItem] = {}
    for index, found in zip(kept, matches, strict=True):
        file, component = components[index]
        seed = _seed(file, component)
        base = None if found.current is None else bases.get(found.current.base_hash)
        moves_base = found.current is None or found.current.calendar_id not in sources
        items[index] = review_match(found, base, seed, moves_base=moves_base)
    for index in older:
        problem = Problem(
            components[index][1].line, "UID", "the same event stands in this import again, newer or equal"
        )
        seed = _seed(*components[index])
        items[index] = replace(
            seed,
            kind=ReviewKind.REJECTED,
            incoming=incoming[index],
            problems=(*seed.problems, problem),
            is_ticked=False,
        )
    found_items = [items[index] for index in range(len(incoming))]
    found_items = _with_other_properties(ws, found_items) + [item for file in files for item in _rejected(file)]
    if is_from_source:
        found_items = _without_refused(found_items, ws.store.texts.refused())
        found_items = _without_deleted(found_items, ws.store.events.deleted_by_user(calendar.id))
        if files and all(file.is_whole for file in files):
            found_items += _withdrawn(stored.by_calendar(calendar.id), found_items, ws.today())
    sources_read = tuple(ReviewedSource(file.source, file.format, file.encoding) for file in files)
    return Review(title, calendar, tuple(found_items), sources_read, max(versions, default=""))


def apply_review(
    ws: Workspace,
    review: Review,
    *,
    on_conflict: Side | None = None,
    on_duplicate: Choice = Choice.BOTH,
    origin: Origin = Origin.IMPORT,
) -> ImportReport:
    """Write what is ticked and decided as one step. ConflictingChange if what is stored has moved on meanwhile.

    `on_conflict` decides conflicts the user has not decided one by one (None: they are left out), `on_duplicate` the
    probable duplicates.
    """
    review = review.chosen(on_conflict=on_conflict, on_duplicate=on_duplicate)
    texts: dict[str, str] = {}
    written = [_change(item, texts) for item in review.items if item.writes]
    if review.version and review.version != review.calendar.source:
        written.append(Change(review.calendar, replace(review.calendar, source=review.version)))
    left_out = tuple(
        item
        for item in review.items
        if item.kind is ReviewKind.REJECTED
        or (item.kind is not ReviewKind.UNCHANGED and not (item.is_ticked and item.is_decided))
    )
    if not written:
        return ImportReport(review, None, left_out)
    report = _report(review, left_out)
    applied = changes.apply(ws, ChangeSet(review.title, tuple(written), origin, texts, report))
    if any(isinstance(change.record, Event) and change.record.is_of_series for change in written):
        recurrence.cover(ws, recurrence.default_range(ws))
    return ImportReport(review, applied, left_out)


class _Stored:
    """What matching asks the store."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws

    def by_uids(self, uids: Collection[str]) -> Iterable[Event]:
        return self._ws.store.events.by_uids(uids)

    def by_calendar(self, calendar_id: int) -> list[Event]:
        return self._ws.store.events.by_calendar(calendar_id)

    def by_days(self, first: date, last: date) -> Iterable[Event]:
        shown = self._ws.store.views.occurrences(DayRange(first, last), queries.calendars(self._ws), self._ws.home_zone)
        return self._ws.store.events.by_ids({occurrence.key.event_id for occurrence in shown})


def read_at_most(file: BinaryIO, size: int) -> bytes:
    """What is left of a file, up to so many bytes: a pipe or a device does not say how much it holds."""
    data = bytearray()
    while len(data) < size and (block := file.read(min(size - len(data), _BLOCK))):
        data += block
    return bytes(data)


def _bytes(source: Source, name: str, max_size: int) -> bytes:
    if not isinstance(source, Path):
        data = source[1]
    else:
        try:
            with source.open("rb") as file:
                data = read_at_most(file, max_size + 1)
        except OSError as error:
            raise UnreadableFile(
                f"{name} can't be read: {error.strerror or error}.", "Check that it exists."
            ) from error
    if len(data) > max_size:
        raise UnreadableFile(
            f"{name} is larger than {max_size / 1024 / 1024:.0f} MB, more than is read unasked.",
            "Raise the limit with --max-size.",
        )
    return data


def _reporter(progress: Progress | None, name: str) -> Callable[[int, int], None] | None:
    if progress is None:
        return None
    return lambda done, total: progress(f"Reading {name}…", done / total if total else None)


def _target(ws: Workspace, name: str | None) -> Calendar:
    if name is None:
        return queries.get_plan(ws)
    found = queries.find_calendar(ws, name)
    if found is None:
        names = ", ".join(calendar.name for calendar in queries.calendars(ws))
        raise PlannerError(
            f"There is no calendar “{name}”.", f"Choose one of: {names}; or add it: scplanner calendars add"
        )
    return found


def _with_their_masters(matches: Sequence[Match]) -> list[Match]:
    """New overrides go where the series is that they belong to, though it may be in another calendar."""
    homes = {found.incoming.uid: found.current.calendar_id for found in matches if found.current and found.by.is_by_uid}
    return [
        replace(found, incoming=replace(found.incoming, calendar_id=homes[found.incoming.uid]))
        if found.current is None and found.incoming.recurrence_id is not None and found.incoming.uid in homes
        else found
        for found in matches
    ]


def _bases(ws: Workspace, matches: Iterable[Match]) -> dict[str, Event]:
    """The versions last seen from their sources of those events that were edited since, by hash."""
    edited = [
        current
        for found in matches
        if (current := found.current) is not None
        and found.by is not MatchedBy.DUPLICATE
        and current.follows
        and found.incoming.text_hash != current.text_hash
    ]
    texts = ws.store.texts.get({name for event in edited for name in (event.base_hash, event.shell_hash)})
    return {
        event.base_hash: ics.parse_event(texts[event.base_hash], texts.get(event.shell_hash, "")).event
        for event in edited
        if event.base_hash in texts
    }


def _seed(file: ics.ParsedFile, component: ics.ParsedEvent) -> ReviewItem:
    return ReviewItem(
        ReviewKind.NEW,
        problems=component.problems,
        source=file.source,
        line=component.line,
        text=component.text,
        shell=component.shell,
        is_cancellation=file.method == "CANCEL",
    )


def _rejected(file: ics.ParsedFile) -> Iterable[ReviewItem]:
    for component in file.rejected:
        yield ReviewItem(
            ReviewKind.REJECTED,
            problems=(component.problem,),
            source=file.source,
            line=component.line,
            text=component.text,
            shell=component.shell,
            is_ticked=False,
        )


def _with_other_properties(ws: Workspace, items: list[ReviewItem]) -> list[ReviewItem]:
    """Find what differs only in lines no field stands for (alarms, attendees, X- properties): those are taken as well."""
    doubtful = [
        (index, item.current.text_hash)
        for index, item in enumerate(items)
        if item.kind is ReviewKind.UNCHANGED
        and not item.is_cancellation
        and item.current is not None
        and item.incoming is not None
        and item.incoming.text_hash not in (item.current.text_hash, item.current.base_hash)
    ]
    texts = ws.store.texts.get({text_hash for _, text_hash in doubtful})
    for index, text_hash in doubtful:
        item = items[index]
        before = ics_other.other_lines(texts.get(text_hash, ""))
        after = ics_other.other_lines(item.text)
        if before != after:
            change = FieldChange(OTHER_PROPERTIES, _only_in(before, after), _only_in(after, before))
            items[index] = replace(item, kind=ReviewKind.CHANGED, changes=(change,))
    return items


def _only_in(lines: Sequence[str], others: Collection[str]) -> str:
    return "\n".join(line for line in lines if line not in others)


def _without_refused(items: list[ReviewItem], refused: Collection[str]) -> list[ReviewItem]:
    """Leave out versions of a source that the user has taken back: they wait until the source changes again."""
    return [
        replace(item, kind=ReviewKind.UNCHANGED, result=item.current, changes=(), conflicts=())
        if item.incoming is not None and item.current is not None and item.incoming.text_hash in refused
        else item
        for item in items
    ]


def _without_deleted(items: list[ReviewItem], deleted: Iterable[Event]) -> list[ReviewItem]:
    """Leave in the trash what the user has put there, though its source goes on having it."""
    gone = {(event.uid, event.recurrence_id): event for event in deleted}
    return [
        replace(item, kind=ReviewKind.UNCHANGED, current=trashed, result=trashed, changes=(), conflicts=())
        if item.kind is ReviewKind.NEW
        and item.incoming is not None
        and (trashed := gone.get((item.incoming.uid, item.incoming.recurrence_id))) is not None
        else item
        for item in items
    ]


def _withdrawn(stored: Sequence[Event], items: Iterable[ReviewItem], today: date) -> list[ReviewItem]:
    present = {item.current.id for item in items if item.current is not None}
    missing = [event for event in stored if event.id not in present and event.base_hash]
    return list(withdrawn(missing, len(stored), today))


def _change(item: ReviewItem, texts: dict[str, str]) -> Change:
    """The change an item makes; the texts it needs are put into `texts`."""
    outcome = item.outcome
    assert outcome is not None, "only what writes is asked for its change"
    theirs = item.incoming
    if theirs is not None and item.text:
        texts[theirs.text_hash] = item.text
        texts[theirs.shell_hash] = item.shell
    if item.becomes_new:
        if item.is_cancellation and theirs is not None:
            outcome = _with_text(outcome, ics.patch_event(item.text, theirs, outcome), texts)
        return Change(None, outcome)
    current = item.current
    assert current is not None
    if theirs is None or item.is_cancellation or item.choice is Choice.MERGE or _keeps_mine(item):
        return Change(current, outcome)  # services.changes patches the text that is stored
    outcome = replace(outcome, shell_hash=theirs.shell_hash)
    if not differences(outcome, theirs) and outcome.uid == theirs.uid:
        return Change(current, replace(outcome, text_hash=theirs.text_hash))
    return Change(current, _with_text(outcome, ics.patch_event(item.text, theirs, outcome), texts))


def _with_text(event: Event, text: str, texts: dict[str, str]) -> Event:
    text_hash = ics.text_hash(text)
    texts[text_hash] = text
    return replace(event, text_hash=text_hash)


def _keeps_mine(item: ReviewItem) -> bool:
    return item.is_other_event and item.choice is Choice.MINE


def _report(review: Review, left_out: Sequence[ReviewItem]) -> str:
    """What the history keeps of an import, as JSON: the files, the counts, and what was left out and why."""
    counts: Mapping[str, int] = {str(kind): count for kind, count in review.counts.items()}
    named = [
        {
            "source": item.source,
            "line": item.line,
            "kind": str(item.kind),
            "title": event.summary if (event := item.incoming or item.current) else "",
            "problems": [problem.reason for problem in item.problems],
        }
        for item in left_out
    ]
    sources = [source.source for source in review.sources]
    return json.dumps(
        {"sources": sources, "calendar": review.calendar.name, "counts": counts, "left_out": named}, ensure_ascii=False
    )
