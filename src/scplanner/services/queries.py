"""What the window and the command line ask: occurrences, details, counts, search, clashes, deadlines, trash."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from scplanner.domain import seasons
from scplanner.domain.events import (
    Calendar,
    CalendarKind,
    Deadline,
    Decision,
    Event,
    EventDetails,
    Layer,
    Occurrence,
    OccurrenceKey,
    empty_layer,
)
from scplanner.domain.fields import EVENT_CONTENT
from scplanner.domain.merge import with_values
from scplanner.domain.planning import PLANNED, Clash, find_clashes
from scplanner.domain.query import EventFilter
from scplanner.domain.temporal import DayRange, TimeSpan, When, day_of, from_text, sort_key, to_text
from scplanner.errors import PlannerError
from scplanner.services import aliases, recurrence
from scplanner.services.workspace import PLAN_NAME, Workspace
from scplanner.store.views import Counts as Counts
from scplanner.store.views import SearchHit as SearchHit

EVERYTHING = EventFilter()


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something due, of an event (`is_own`: added by the user)."""

    key: OccurrenceKey
    uid: str
    summary: str
    deadline: Deadline
    is_done: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class TrashRow:
    """A deleted event: where it was, when it went (UTC) and by which step."""

    event: Event
    calendar_name: str
    deleted_at: datetime
    step_title: str


@dataclass(frozen=True, slots=True)
class Opening:
    """What a fresh window shows first, and the sentence that explains it."""

    range: DayRange
    title: str
    sentence: str


def calendars(ws: Workspace) -> list[Calendar]:
    """All calendars, in the user's order."""
    return ws.store.calendars.all()


def find_calendar(ws: Workspace, name: str) -> Calendar | None:
    """The calendar of that name, whatever the case of its letters."""
    return next((calendar for calendar in calendars(ws) if calendar.name.casefold() == name.casefold()), None)


def find_catalogue(ws: Workspace) -> Calendar | None:
    """The calendar of the catalogue."""
    return next((calendar for calendar in calendars(ws) if calendar.kind is CalendarKind.CATALOGUE), None)


def get_plan(ws: Workspace) -> Calendar:
    """The calendar that new events go to unless told otherwise: "My plan", else the user's first. PlannerError if none."""
    own = [calendar for calendar in calendars(ws) if calendar.kind is CalendarKind.OWN]
    if not own:
        raise PlannerError("There is no calendar of your own.", "Create one first.")
    return next((calendar for calendar in own if calendar.name == PLAN_NAME), own[0])


def occurrences(ws: Workspace, days: DayRange, event_filter: EventFilter = EVERYTHING) -> list[Occurrence]:
    """What stands on these days and passes the filter; hidden calendars only if the filter names them.

    Series show as far as they have been worked out: `recurrence.cover` does that, and is not for the GUI thread.
    """
    found = ws.store.views.occurrences(days, _shown_calendars(ws, event_filter), ws.home_zone)
    return _admitted(ws, found, event_filter)


def agenda(ws: Workspace, event_filter: EventFilter = EVERYTHING) -> list[Occurrence]:
    """The filter's events: expanded within its range; without a range one row per event, series unexpanded."""
    if event_filter.range is not None:
        return occurrences(ws, event_filter.range, event_filter)
    found = ws.store.views.all(_shown_calendars(ws, event_filter), ws.home_zone)
    return _admitted(ws, found, event_filter)


def details(ws: Workspace, key: OccurrenceKey) -> EventDetails | None:
    """Everything about one event, or one occurrence of a series; None if it is gone.

    For an occurrence, `event` is how that occurrence looks: the override, or the series with the occurrence's own start
    and end.
    """
    event = ws.store.events.find(key.event_id)
    if event is None:
        return None
    calendar = next((c for c in calendars(ws) if c.id == event.calendar_id), None)
    if calendar is None:
        return None
    span, recurrence_id = event.span, event.recurrence_id
    if key.recurrence_id and event.recurrence_id is None:
        recurrence_id = from_text(key.recurrence_id)
        event = _instance_of(ws, event, recurrence_id)
        if event is None:
            return None
        span = event.span
    return EventDetails(
        event,
        calendar,
        layer_for(ws, key),
        recurrence_id,
        span,
        _parent(ws, event),
        tuple(sorted(ws.store.events.by_parent(event.uid), key=_by_start)),
        tuple(sorted((e for e in ws.store.events.by_series(event.series) if e.uid != event.uid), key=_by_start)),
    )


def _instance_of(ws: Workspace, master: Event, recurrence_id: When) -> Event | None:
    """How one occurrence of a series looks: its override, else the series at that time; None if it has no such one.

    Where nobody has looked that far yet, it is taken to be as long as the series says.
    """
    wanted = to_text(recurrence_id)
    for override in ws.store.events.overrides_of(master):
        if override.recurrence_id is not None and to_text(override.recurrence_id) == wanted:
            return override
    found = ws.store.views.find_instance(master.id, recurrence_id)
    if found is not None:
        shown_id, span = found
        like = master if shown_id == master.id else ws.store.events.find(shown_id) or master
        return replace(_as_occurrence(like, master), start=span.start, end=span.end)
    covered = ws.store.views.covered_range(master.id)
    if master.start is None or not master.is_recurring or (covered is not None and day_of(recurrence_id) in covered):
        return None
    length = TimeSpan(master.start, master.end).effective_end - master.start
    return replace(master, start=recurrence_id, end=None if master.end is None else recurrence_id + length)


def _as_occurrence(like: Event, master: Event) -> Event:
    """The record of a series with what an override says of this and all following ones."""
    told = {spec.name: getattr(like, spec.name) for spec in EVENT_CONTENT if spec.name not in _OF_THE_SERIES}
    return with_values(master, told)


_OF_THE_SERIES = frozenset({"rrule", "rdates", "exdates", "is_this_and_future"})


def layer_for(ws: Workspace, key: OccurrenceKey) -> Layer:
    """The user's layer of an event or occurrence. An occurrence without one of its own shows the series'."""
    layers = {layer.key: layer for layer in ws.store.layers.of_event(key.event_id)}
    own = layers.get(key)
    if own is not None:
        return own
    recurrence_id = from_text(key.recurrence_id) if key.recurrence_id else None
    series = layers.get(OccurrenceKey(key.event_id)) or empty_layer(key.event_id)
    return replace(series, id=0, recurrence_id=recurrence_id, version=0)


def find_events(ws: Workspace, uid: str, calendar: str | None = None, recurrence_id: str = "") -> list[Event]:
    """Events of that uid, at most in one calendar; with `recurrence_id` (canonical text) that override."""
    names = {c.id: c.name.casefold() for c in calendars(ws)}
    return [
        event
        for event in ws.store.events.by_uids([uid])
        if (calendar is None or names.get(event.calendar_id) == calendar.casefold())
        and (to_text(event.recurrence_id) if event.recurrence_id is not None else "") == recurrence_id
    ]


def text_of(ws: Workspace, event: Event) -> str:
    """The source text of an event, as it came and as edits patched it."""
    return ws.store.texts.get([event.text_hash]).get(event.text_hash, "")


def counts(ws: Workspace) -> Counts:
    """Counts over all events. At 100 000 events some 0.3 s: not for the GUI thread."""
    return ws.store.views.counts()


def search(ws: Workspace, text: str, limit: int = 50) -> list[SearchHit]:
    """Events in which every typed word begins some word of title, place, description or the user's note."""
    hits = ws.store.views.search_ids(text, limit, ws.today())
    if len(hits) < limit and (series := aliases.full_name(text)):
        seen = {event_id for event_id, _ in hits}
        hits += [hit for hit in ws.store.views.search_ids(series, limit, ws.today()) if hit[0] not in seen]
        hits = hits[:limit]
    if not hits:
        return []
    ids = [event_id for event_id, _ in hits]
    events = {event.id: event for event in ws.store.events.by_ids(ids)}
    notes = {la.event_id: la.note for la in ws.store.layers.of_events(ids) if la.recurrence_id is None}
    found = []
    for event_id, score in hits:
        event = events.get(event_id)
        if event is None:
            continue
        day = day_of(event.start) if event.start is not None else None
        snippet = _snippet(event, text, notes.get(event.id, ""))
        key = OccurrenceKey(event.id)
        found.append(SearchHit(key, "event", event.uid, event.summary, snippet, day, event.place, score))
    return found


def clashes(ws: Workspace, days: DayRange | None = None) -> list[Clash]:
    """Clashes among events decided going or considering, by the rules of `domain.planning`.

    Without days, of series those of `recurrence.default_range`; in either case as far as they have been worked out.
    """
    decided = ws.store.views.decided(PLANNED, calendars(ws), ws.home_zone)
    near = days or recurrence.default_range(ws)
    considered = [o for o in decided if (days is None and not o.is_recurring) or near.overlaps(o.first_day, o.last_day)]
    return find_clashes(considered, ws.home_zone)


def deadlines(ws: Workspace, include_done: bool = True) -> list[DueRow]:
    """Everything due: deadlines of events the user has decided on (not declined), and the user's own. Soonest first.

    An own deadline of one occurrence is listed with that occurrence; those of the event stand once.
    """
    by_event: dict[int, list[Layer]] = {}
    for layer in ws.store.layers.all():
        if _is_decided(layer) or layer.deadlines:
            by_event.setdefault(layer.event_id, []).append(layer)
    rows = []
    for event in ws.store.events.by_ids(by_event):
        layers = by_event[event.id]
        done = {key for layer in layers for key in layer.done}
        due: list[tuple[Deadline, Layer | None]] = []
        if any(map(_is_decided, layers)):
            due += [(deadline, None) for deadline in event.deadlines]
        due += [(deadline, layer) for layer in layers for deadline in layer.deadlines]
        for deadline, own in due:
            is_done = deadline.key in (done if own is None else own.done)
            key = OccurrenceKey(event.id) if own is None else own.key
            if include_done or not is_done:
                rows.append(DueRow(key, event.uid, event.summary, deadline, is_done, own is not None))
    return sorted(rows, key=lambda row: (sort_key(row.deadline.due), row.summary))


def _is_decided(layer: Layer) -> bool:
    return layer.decision not in (None, Decision.DECLINED)


def trash(ws: Workspace) -> list[TrashRow]:
    """Deleted events, latest first. What an undone import had brought is here too."""
    return [TrashRow(*row) for row in ws.store.events.in_trash()]


def opening(ws: Workspace) -> Opening:
    """The season a fresh window opens on: the present one if it is filled, else the latest that is."""
    choice = seasons.choose_opening(ws.store.views.dated_days(calendars(ws)), ws.today())
    season, count = choice.season, choice.events
    if choice.reason is seasons.OpeningReason.CURRENT:
        sentence = f"This season, {season.title}, with {count} events. Choose the ones you go to."
    elif choice.reason is seasons.OpeningReason.LATEST:
        present = seasons.season_of(ws.today()).title
        sentence = (
            f"Little is announced for {present} yet, so this is {season.title}, the latest full season, with {count} "
            "events. Import an .ics file or add events of your own to plan the coming one."
        )
    else:
        sentence = "There are no events yet. Import an .ics file, or add one of your own."
    return Opening(season.range, season.title, sentence)


def _shown_calendars(ws: Workspace, event_filter: EventFilter) -> list[Calendar]:
    if event_filter.calendars:
        return [c for c in calendars(ws) if c.id in event_filter.calendars]
    return [c for c in calendars(ws) if c.is_visible]


def _admitted(ws: Workspace, found: list[Occurrence], event_filter: EventFilter) -> list[Occurrence]:
    if event_filter.text.strip():
        ids = ws.store.views.matching_ids(event_filter.text)
        found = [occurrence for occurrence in found if occurrence.key.event_id in ids]
    return [occurrence for occurrence in found if event_filter.admits(occurrence)]


def _parent(ws: Workspace, event: Event) -> Event | None:
    if not event.parent_uid:
        return None
    return next((e for e in ws.store.events.by_uids([event.parent_uid]) if e.recurrence_id is None), None)


def _by_start(event: Event) -> tuple[date, str]:
    if event.start is not None:
        return day_of(event.start), event.summary
    return (event.vague.sort_day if event.vague else date.max), event.summary


def _snippet(event: Event, text: str, note: str) -> str:
    """The first line that says more than the title: where the first typed word stands, else the place."""
    word = text.split()[0].casefold() if text.split() else ""
    if word in event.summary.casefold():
        note = ""
    for source in (note, event.description, event.remark, event.location):
        position = source.casefold().find(word)
        if position >= 0 and source:
            start = max(0, position - 40)
            return ("…" if start else "") + " ".join(source[start : start + 120].split())
    return event.place
