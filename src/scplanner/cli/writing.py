"""Commands that change what is kept: decide, delete, calendars, undo, redo, take-back, backup, restore, check."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from scplanner.cli import output
from scplanner.cli.arguments import UNDECIDED, decision, find_keys, number_of_days, whole_number
from scplanner.cli.commands import Commands
from scplanner.cli.records import Json, backup_record
from scplanner.domain.changes import AppliedChanges
from scplanner.domain.events import Calendar, Layer, Registration, Role
from scplanner.errors import NothingToDo, PlannerError
from scplanner.services import backups, calendars, checking, events, history, queries
from scplanner.services.workspace import Workspace


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    decide = commands.add("decide", decide_command, "say what you do about an event, or one occurrence of it")
    decide.add_argument("uid", metavar="UID[/RECURRENCE-ID]")
    decide.add_argument("decision", type=decision, metavar="going|considering|watching|declined|none")
    decide.add_argument("--calendar", metavar="NAME")
    decide.add_argument("--role", choices=[*Role, UNDECIDED])
    decide.add_argument("--registration", choices=[*Registration, UNDECIDED])
    decide.add_argument("--travel-before", type=number_of_days, metavar="DAYS")
    decide.add_argument("--travel-after", type=number_of_days, metavar="DAYS")
    decide.add_argument("--attended", choices=["yes", "no"])
    decide.add_argument("--note", metavar="TEXT", help="appended to the note")
    delete = commands.add("delete", delete_command, "move events to the trash")
    delete.add_argument("uids", nargs="+", metavar="UID[/RECURRENCE-ID]")
    delete.add_argument("--calendar", metavar="NAME")
    _add_calendars(commands)
    commands.add("undo", lambda ws, options: _walk(history.undo, "Undone", ws, options), "undo the latest step")
    commands.add("redo", lambda ws, options: _walk(history.redo, "Redone", ws, options), "redo what was undone")
    take_back = commands.add("take-back", take_back_command, "take back any step of the history")
    take_back.add_argument("step", type=whole_number, metavar="STEP")
    backup = commands.add("backup", backup_command, "copy the database to a file; without one, list the backups kept")
    backup.add_argument("file", type=Path, metavar="FILE", nargs="?")
    restore = commands.add("restore", restore_command, "go back to a backup; the present state is backed up first")
    restore.add_argument("file", type=Path, metavar="FILE")
    commands.add("check", check_command, "check the database and the kept files, and mend what can be mended")


def decide_command(ws: Workspace, options: argparse.Namespace) -> int:
    """Decide on an event and set what goes with it, in one step."""
    key = find_keys(ws, options.uid, options.calendar)[0]
    details = queries.details(ws, key)
    if details is None:
        raise NothingToDo(f"There is no event {options.uid} any more.")
    layer = _decided(details.layer, options)
    word = options.decision or "undecided"
    title = f"{details.event.summary or options.uid}: {word}"
    try:
        applied = events.save_layer(ws, key, layer, title)
    except NothingToDo:
        output.print_applied(None, f"{title}, as it was", as_json=options.json)
        return output.DONE
    output.print_applied(applied, title, as_json=options.json)
    return output.DONE


def delete_command(ws: Workspace, options: argparse.Namespace) -> int:
    """Delete events, or take single occurrences out of their series, in one step."""
    keys = [key for uid in options.uids for key in find_keys(ws, uid, options.calendar)]
    applied = events.delete(ws, keys, events.Scope.THIS)
    output.print_applied(applied, applied.title, as_json=options.json)
    return output.DONE


def take_back_command(ws: Workspace, options: argparse.Namespace) -> int:
    """Take back a step."""
    applied = history.take_back(ws, options.step)
    output.print_applied(applied, applied.title, as_json=options.json)
    return output.DONE


def backup_command(ws: Workspace, options: argparse.Namespace) -> int:
    """Copy the database, or list the copies there are."""
    if options.file is None:
        return _list_backups(ws, as_json=options.json)
    backup = backups.backup_to(ws, options.file)
    output.print_applied(AppliedChanges(None), f"Backup written to {backup.path}", as_json=options.json)
    return output.DONE


def _list_backups(ws: Workspace, *, as_json: bool) -> int:
    kept = backups.list_backups(ws.paths.backups)
    if as_json:
        output.print_list([backup_record(backup) for backup in kept])
    else:
        output.print_table([(f"{b.time:%Y-%m-%d %H:%M}", f"{b.size / 1e6:.1f} MB", b.path.name) for b in kept])
        output.tell(output.counted(len(kept), "backup"))
    return output.DONE


def restore_command(ws: Workspace, options: argparse.Namespace) -> int:
    """Go back to a backup: a file, or one of the listed ones by its name."""
    listed = ws.paths.backups / options.file.name
    is_name = options.file.name == str(options.file) and not options.file.exists() and listed.is_file()
    applied = backups.restore_from(ws, listed if is_name else options.file)
    output.print_applied(applied, applied.title, as_json=options.json)
    return output.DONE


def check_command(ws: Workspace, options: argparse.Namespace) -> int:
    """Check the data folder."""
    report = checking.check(ws)
    if options.json:
        findings = [{"what": finding.what, "mended": finding.is_mended} for finding in report.findings]
        output.print_json({"clean": report.is_clean, "findings": findings})
    elif report.is_clean:
        print("All is well.")
    else:
        for finding in report.findings:
            print(f"{finding.what}{' (mended)' if finding.is_mended else ''}")
    return output.DONE if all(finding.is_mended for finding in report.findings) else output.IN_PART


def _decided(layer: Layer, options: argparse.Namespace) -> Layer:
    values: dict[str, Any] = {"decision": options.decision}
    if options.role is not None:
        values["role"] = None if options.role == UNDECIDED else Role(options.role)
    if options.registration is not None:
        values["registration"] = None if options.registration == UNDECIDED else Registration(options.registration)
    if options.travel_before is not None:
        values["travel_before"] = options.travel_before
    if options.travel_after is not None:
        values["travel_after"] = options.travel_after
    if options.attended is not None:
        values["attended"] = options.attended == "yes"
    if options.note:
        values["note"] = f"{layer.note.rstrip()}\n\n{options.note}" if layer.note.strip() else options.note
    return replace(layer, **values)


def _walk(walk: Callable[[Workspace], AppliedChanges], word: str, ws: Workspace, options: argparse.Namespace) -> int:
    applied = walk(ws)
    output.print_applied(applied, f"{word}: {applied.title}", as_json=options.json)
    return output.DONE


def _add_calendars(commands: Commands) -> None:
    group = commands.group("calendars", "list, add, rename, colour, hide or remove calendars")
    group.add("list", _list_calendars, "list them")
    add = group.add("add", _add_calendar, "make one")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--color", default="", metavar="#RRGGBB")
    rename = group.add("rename", _rename_calendar, "give one another name")
    rename.add_argument("name", metavar="NAME")
    rename.add_argument("new_name", metavar="NEW-NAME")
    color = group.add("color", _recolor_calendar, "give one another colour")
    color.add_argument("name", metavar="NAME")
    color.add_argument("color", metavar="#RRGGBB")
    for word, is_visible in (("hide", False), ("show", True)):
        group.add(word, _setter(is_visible=is_visible), f"{word} one in all views").add_argument("name", metavar="NAME")
    group.add("remove", _remove_calendar, "move one to the trash with its events").add_argument("name", metavar="NAME")


def _list_calendars(ws: Workspace, options: argparse.Namespace) -> int:
    counts = queries.counts(ws).calendars
    found = queries.calendars(ws)
    if options.json:
        output.print_list([_calendar_record(calendar, counts.get(calendar.id, 0)) for calendar in found])
    else:
        output.print_table(
            [
                (
                    each.name,
                    str(each.kind),
                    each.color,
                    "" if each.is_visible else "hidden",
                    f"{counts.get(each.id, 0)} events",
                )
                for each in found
            ]
        )
    return output.DONE


def _calendar_record(calendar: Calendar, count: int) -> Json:
    return {
        "name": calendar.name,
        "kind": str(calendar.kind),
        "color": calendar.color,
        "visible": calendar.is_visible,
        "events": count,
    }


def _add_calendar(ws: Workspace, options: argparse.Namespace) -> int:
    applied = calendars.add(ws, options.name, options.color)
    output.print_applied(applied, applied.title, as_json=options.json)
    return output.DONE


def _rename_calendar(ws: Workspace, options: argparse.Namespace) -> int:
    applied = calendars.rename(ws, _calendar(ws, options).id, options.new_name)
    output.print_applied(applied, applied.title, as_json=options.json)
    return output.DONE


def _recolor_calendar(ws: Workspace, options: argparse.Namespace) -> int:
    applied = calendars.recolor(ws, _calendar(ws, options).id, options.color)
    output.print_applied(applied, applied.title, as_json=options.json)
    return output.DONE


def _remove_calendar(ws: Workspace, options: argparse.Namespace) -> int:
    applied = calendars.remove(ws, _calendar(ws, options).id)
    output.print_applied(applied, applied.title, as_json=options.json)
    return output.DONE


def _setter(*, is_visible: bool) -> Callable[[Workspace, argparse.Namespace], int]:
    def run(ws: Workspace, options: argparse.Namespace) -> int:
        calendar = _calendar(ws, options)
        calendars.set_visible(ws, calendar.id, is_visible)
        title = f"{calendar.name} is {'shown' if is_visible else 'hidden'}"
        output.print_applied(AppliedChanges(None), title, as_json=options.json)
        return output.DONE

    return run


def _calendar(ws: Workspace, options: argparse.Namespace) -> Calendar:
    found = queries.find_calendar(ws, options.name)
    if found is None:
        raise PlannerError(f"There is no calendar “{options.name}”.", "List them: scplanner calendars list")
    return found
