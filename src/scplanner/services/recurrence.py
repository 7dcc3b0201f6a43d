"""Working out the occurrences of series, as far as somebody looks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scplanner.domain.events import Event
from scplanner.domain.problems import CUT_OFF
from scplanner.domain.seasons import season_of
from scplanner.domain.temporal import DayRange
from scplanner.services.workspace import Workspace
from scplanner.store import derived

_NEVER = DayRange(date(1, 1, 2), date(9999, 12, 30))


def default_range(ws: Workspace) -> DayRange:
    """This season and a year to either side: what is worked out without being asked for."""
    return _bounded(season_of(ws.today()).range.widened(366))


def cover(ws: Workspace, days: DayRange) -> int:
    """Work out every series for these days, and a season around them. Returns how many series were touched."""
    days = _seen_from_elsewhere(days)
    ids = ws.store.views.uncovered_series(days)
    if ids:
        _expand(ws, ids, days)
    return len(ids)


def _expand(ws: Workspace, ids: Iterable[int], days: DayRange) -> None:
    """Work the series out, then write them all at once: the write lock is held for the writing only."""
    from scplanner.formats import recurrence as expansion  # the window starts without it

    masters = ws.store.events.by_ids(ids)
    overrides: dict[tuple[int, str], list[Event]] = {}
    for event in ws.store.events.by_uids({master.uid for master in masters}):
        if event.recurrence_id is not None:
            overrides.setdefault((event.calendar_id, event.uid), []).append(event)
    families = [(master, *overrides.get((master.calendar_id, master.uid), ())) for master in masters]
    by_hash = ws.store.texts.get({h for family in families for e in family for h in (e.text_hash, e.shell_hash)})
    near = default_range(ws)
    made = []
    for family in families:
        master = family[0]
        texts = {e.id: (by_hash.get(e.text_hash, ""), by_hash.get(e.shell_hash, "")) for e in family}
        covered = ws.store.views.covered_range(master.id)
        wanted = _joined(days, covered) if covered else (_joined(days, near) if _touch(days, near) else days)
        found = expansion.expand(master, family[1:], texts, wanted)
        if wanted != days and any(problem.reason == CUT_OFF for problem in found.problems):
            wanted, found = days, expansion.expand(master, family[1:], texts, days)
        instances = [(i.recurrence_id, i.span, i.override_event_id) for i in found.instances]
        problem = "; ".join(problem.reason for problem in found.problems)
        made.append(({e.id: e.version for e in family}, wanted, instances, problem))
    with ws.store.database.write() as connection:
        for expanded in made:
            derived.put_expansion(connection, *expanded)


def _seen_from_elsewhere(days: DayRange) -> DayRange:
    """With a day more to either side: occurrences are found by the day at their place, and stand on the user's."""
    return _bounded(days.widened(1))


def _bounded(days: DayRange) -> DayRange:
    return DayRange(max(days.first, _NEVER.first), min(days.last, _NEVER.last))


def _joined(one: DayRange, other: DayRange) -> DayRange:
    return DayRange(min(one.first, other.first), max(one.last, other.last))


def _touch(one: DayRange, other: DayRange) -> bool:
    return one.overlaps(other.first, other.last)
