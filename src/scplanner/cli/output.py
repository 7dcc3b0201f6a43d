"""What the command line prints: one JSON document or lines for a person on standard output, messages on standard error."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from scplanner.domain.changes import AppliedChanges
from scplanner.errors import PlannerError

DONE = 0
IN_PART = 1
WRONG_USE = 2
NOTHING_DONE = 3
INTERRUPTED = 130
STOPPED = "Stopped; what was not finished was not written."


def use_utf8() -> None:
    """Make both streams UTF-8, whatever the locale: a person's calendar is not in ASCII, and JSON is UTF-8."""
    if sys.stdout is None:  # closed by whoever started us
        sys.stdout = io.TextIOWrapper(io.FileIO(os.devnull, "w"))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def print_json(document: object) -> None:
    """One JSON document on standard output."""
    print(json.dumps(document, ensure_ascii=False, indent=1))


def print_list(items: Sequence[dict[str, Any]]) -> None:
    """A list in JSON, with its length."""
    print_json({"items": items, "count": len(items)})


def print_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    """A table for spreadsheets: one row a record, lists joined by semicolons."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([as_cell(row[column]) for column in columns])


def print_table(rows: Sequence[Sequence[str]]) -> None:
    """Rows in aligned columns, the last one free."""
    if not rows:
        return
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        print("  ".join((*cells, row[-1])).rstrip())


def tell(message: str) -> None:
    """A message for the person at the terminal."""
    print(message, file=sys.stderr)


def tell_error(error: PlannerError, *, as_json: bool) -> None:
    """What could not be done and what to do about it."""
    tell(f"scplanner: {error.message}")
    if error.hint:
        tell(error.hint)
    if as_json:
        with suppress(OSError):
            print_json({"error": error.message, "hint": error.hint or None})
            sys.stdout.flush()


def drop_output() -> None:
    """Let go of what could not be written, so that the end of the program does not try it again."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_applied(applied: AppliedChanges | None, title: str, *, as_json: bool, problems: Sequence[str] = ()) -> None:
    """What a writing command did."""
    if as_json:
        step = applied.step if applied is not None else None
        print_json({"applied": applied is not None, "step": step, "title": title, "problems": list(problems)})
    else:
        print(title)


def as_cell(value: object) -> str:
    """A value in one cell: a list is joined, what is unknown is blank."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(as_cell(each) for each in value)
        case dict():
            return " ".join(str(part) for part in value.values() if part not in (None, False))
    return str(value)


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 clash", "2 clashes"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
