"""Commands that only read: events, show, search, clashes, deadlines, history."""

from __future__ import annotations

import argparse
import textwrap

from scplanner.cli import output
from scplanner.cli.arguments import add_filter, add_range, filter_of, find_keys, range_of, whole_list
from scplanner.cli.commands import Commands
from scplanner.cli.records import (
    clash_record,
    due_record,
    event_record,
    full_record,
    hit_record,
    step_record,
    when_text,
)
from scplanner.domain.events import Event
from scplanner.domain.temporal import When
from scplanner.errors import NothingToDo
from scplanner.services import history, listing, queries, recurrence
from scplanner.services.listing import Listed
from scplanner.services.workspace import Workspace

_HISTORY = 100_000
_WIDEST_DATE = 30


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    events = commands.add("events", events_command, "list events; with --from and --to one row per occurrence")
    add_filter(events)
    events.add_argument("--csv", action="store_true", help="a table for spreadsheets")
    show = commands.add("show", show_command, "one event with all that is kept about it")
    show.add_argument("uid", metavar="UID[/RECURRENCE-ID]")
    show.add_argument("--calendar", metavar="NAME")
    search = commands.add("search", search_command, "find events by words in title, place, description or note")
    search.add_argument("text", nargs="+", metavar="TEXT")
    add_range(commands.add("clashes", clashes_command, "what cannot both be attended of what you go to, or may go to"))
    commands.add("deadlines", deadlines_command, "what is due, soonest first")
    commands.add("history", history_command, "what was changed, latest first")


def events_command(ws: Workspace, options: argparse.Namespace) -> int:
    """List events."""
    found = listing.list_events(ws, whole_list(filter_of(ws, options)))
    if options.json:
        output.print_list([event_record(listed) for listed in found])
    elif options.csv:
        records = [event_record(listed) for listed in found]
        output.print_csv(list(records[0]) if records else ["uid"], records)
    else:
        output.print_table([_row(listed) for listed in found])
        output.tell(output.counted(len(found), "event"))
    return output.DONE


def show_command(ws: Workspace, options: argparse.Namespace) -> int:
    """Show one event."""
    key = find_keys(ws, options.uid, options.calendar)[0]
    details = queries.details(ws, key)
    if details is None:
        raise NothingToDo(f"There is no event {options.uid} any more.")
    event = details.event
    record = full_record(Listed(key, event, details.layer, details.calendar))
    if key.recurrence_id:
        record["recurrence_id"] = when_text(details.recurrence_id) if details.recurrence_id is not None else None
    if options.json:
        output.print_json(record)
    else:
        rows = [
            (name, output.as_cell(value)) for name, value in record.items() if value not in (None, [], False, 0, "")
        ]
        output.print_table(rows)
    return output.DONE


def search_command(ws: Workspace, options: argparse.Namespace) -> int:
    """Search."""
    hits = queries.search(ws, " ".join(options.text))
    if options.json:
        output.print_list([hit_record(hit) for hit in hits])
    else:
        output.print_table([(hit.day.isoformat() if hit.day else "", hit.title, hit.snippet, hit.uid) for hit in hits])
        output.tell(f"{len(hits)} found")
    return output.DONE


def clashes_command(ws: Workspace, options: argparse.Namespace) -> int:
    """List clashes."""
    days = range_of(options)
    recurrence.cover(ws, days or recurrence.default_range(ws))
    clashes = queries.clashes(ws, days)
    if options.json:
        output.print_list([clash_record(clash) for clash in clashes])
    else:
        for clash in clashes:
            print(clash.reason)
        output.tell(output.counted(len(clashes), "clash", "clashes"))
    return output.DONE


def deadlines_command(ws: Workspace, options: argparse.Namespace) -> int:
    """List what is due."""
    rows = queries.deadlines(ws)
    if options.json:
        output.print_list([due_record(row) for row in rows])
    else:
        output.print_table(
            [
                (
                    _when(row.deadline.due),
                    "done" if row.is_done else "",
                    row.deadline.label or str(row.deadline.kind),
                    row.summary,
                )
                for row in rows
            ]
        )
        output.tell(output.counted(len(rows), "deadline"))
    return output.DONE


def history_command(ws: Workspace, options: argparse.Namespace) -> int:
    """List the history."""
    steps = history.steps(ws, _HISTORY)
    if options.json:
        output.print_list([step_record(step) for step in steps])
    else:
        zone = ws.home_zone
        output.print_table(
            [
                (
                    str(step.id),
                    f"{step.time.astimezone(zone):%Y-%m-%d %H:%M}",
                    "undone" if step.is_undone else "",
                    step.title,
                )
                for step in steps
            ]
        )
    return output.DONE


def _row(listed: Listed) -> tuple[str, ...]:
    event = listed.event
    place = ", ".join(part for part in (event.city or event.location, event.country) if part)
    return _dates(event), str(listed.layer.decision or ""), event.summary, place, event.uid


def _dates(event: Event) -> str:
    span = event.span
    if span is None:
        return textwrap.shorten(event.vague.text, _WIDEST_DATE, placeholder="…") if event.vague else ""
    first, last = span.first_day, span.last_day
    return first.isoformat() if first == last else f"{first} – {last}"


def _when(when: When) -> str:
    return when_text(when).replace("T", " ")
