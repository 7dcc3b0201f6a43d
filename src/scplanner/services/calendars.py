"""Making, renaming, colouring, hiding and removing calendars."""

from __future__ import annotations

import re
from dataclasses import replace

from scplanner.domain.changes import AppliedChanges, Change, ChangeSet, created, deleted
from scplanner.domain.events import Calendar, CalendarKind, DaysBy
from scplanner.errors import NothingToDo, PlannerError
from scplanner.services import changes
from scplanner.services.workspace import Workspace

PALETTE = ("#2F6FDE", "#12805C", "#7A55B5", "#C27803", "#B4443A", "#4B8B2B", "#0E7C86", "#A23B72")


def add(ws: Workspace, name: str, color: str = "", kind: CalendarKind = CalendarKind.OWN) -> AppliedChanges:
    """Make a calendar. Its name may not be empty or taken; `color` is #RRGGBB, by default the next of a palette."""
    present = ws.store.calendars.all()
    name = _free_name(name, present)
    used = {calendar.color for calendar in present}
    color = (
        _color(color) if color else next((c for c in PALETTE if c not in used), PALETTE[len(present) % len(PALETTE)])
    )
    days_by = DaysBy.PLACE if kind in (CalendarKind.OWN, CalendarKind.CATALOGUE) else DaysBy.MINE
    position = max((calendar.position for calendar in present), default=-1) + 1
    calendar = Calendar(-1, name, kind, color, position=position, days_by=days_by)
    return changes.apply(ws, ChangeSet(f"New calendar “{name}”", created([calendar])))


def rename(ws: Workspace, calendar_id: int, name: str) -> AppliedChanges:
    """Give a calendar another name."""
    before = _get(ws, calendar_id)
    name = _free_name(name, [c for c in ws.store.calendars.all() if c.id != calendar_id])
    return _edit(ws, before, replace(before, name=name), f"Rename “{before.name}” to “{name}”")


def recolor(ws: Workspace, calendar_id: int, color: str) -> AppliedChanges:
    """Give a calendar another colour, #RRGGBB."""
    before = _get(ws, calendar_id)
    return _edit(ws, before, replace(before, color=_color(color)), f"Colour of “{before.name}”")


def set_days_by(ws: Workspace, calendar_id: int, days_by: DaysBy) -> AppliedChanges:
    """Choose whether its timed events stand on the day at their place or in the user's zone."""
    before = _get(ws, calendar_id)
    return _edit(ws, before, replace(before, days_by=days_by), f"Days of “{before.name}”")


def set_visible(ws: Workspace, calendar_id: int, is_visible: bool) -> None:
    """Show or hide a calendar in all views. View state: no step, nothing to undo."""
    ws.store.calendars.set_visible(_get(ws, calendar_id).id, is_visible)


def remove(ws: Workspace, calendar_id: int) -> AppliedChanges:
    """Move a calendar with all its events to the trash, in one step. The catalogue can only be hidden."""
    calendar = _get(ws, calendar_id)
    if calendar.kind is CalendarKind.CATALOGUE:
        raise PlannerError("The catalogue can't be removed.", "Hide it instead.")
    events = ws.store.events.by_calendar(calendar_id)
    title = f"Remove calendar “{calendar.name}”"
    return changes.apply(ws, ChangeSet(title, (*deleted(events), *deleted([calendar]))))


def _edit(ws: Workspace, before: Calendar, after: Calendar, title: str) -> AppliedChanges:
    if before == after:
        raise NothingToDo("The calendar is like that already.")
    return changes.apply(ws, ChangeSet(title, (Change(before, after),)))


def _get(ws: Workspace, calendar_id: int) -> Calendar:
    for calendar in ws.store.calendars.all():
        if calendar.id == calendar_id:
            return calendar
    raise PlannerError("That calendar is gone.", "See the list of calendars.")


def _free_name(name: str, present: list[Calendar]) -> str:
    name = " ".join(name.split())
    if not name:
        raise PlannerError("A calendar needs a name.", "Type one.")
    if any(calendar.name.casefold() == name.casefold() for calendar in present):
        raise PlannerError(f"There is a calendar “{name}” already.", "Choose another name.")
    return name


def _color(color: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", color):
        raise PlannerError(f"{color} is no colour.", "Write it as #RRGGBB, for example #2F6FDE.")
    return color.upper()
