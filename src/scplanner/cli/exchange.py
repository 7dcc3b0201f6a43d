"""Commands that exchange calendar files: import and export."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from scplanner.cli import output
from scplanner.cli.arguments import add_filter, filter_of, has_filter, whole_list, whole_number
from scplanner.cli.commands import Commands
from scplanner.cli.records import Json, event_record, item_record
from scplanner.domain.merge import Side
from scplanner.domain.review import Choice, Review, ReviewItem, ReviewKind
from scplanner.errors import UnreadableFile
from scplanner.services import exporting, importing, listing
from scplanner.services.importing import ImportReport
from scplanner.services.workspace import Workspace

STANDARD = "-"
_MEGABYTE = 1024 * 1024


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    bring = commands.add("import", import_command, "bring .ics files in; one undoable step")
    bring.add_argument("files", nargs="+", metavar="FILE|-")
    bring.add_argument("--calendar", metavar="NAME", help="where new events go (default: My plan)")
    bring.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
    bring.add_argument(
        "--on-conflict", type=Side, choices=list(Side), metavar="mine|theirs", help="default: leave conflicts out"
    )
    bring.add_argument(
        "--on-duplicate",
        type=Choice,
        choices=[Choice.BOTH, Choice.MERGE, Choice.SKIP],
        default=Choice.BOTH,
        metavar="both|merge|skip",
        help="what to do with probable duplicates (default: both)",
    )
    bring.add_argument("--max-size", type=whole_number, default=importing.MAX_SIZE // _MEGABYTE, metavar="MB")
    export = commands.add("export", export_command, "write events to an .ics file, with all that was in them")
    export.add_argument("-o", dest="target", required=True, metavar="FILE|DIR|-")
    export.add_argument("--for", dest="profile", choices=["plain"], default="plain")
    add_filter(export)
    export.add_argument("--uid", action="append", default=[], metavar="UID", help="this event; may be repeated")
    export.add_argument("--force", action="store_true", help="replace an existing file")


def import_command(ws: Workspace, options: argparse.Namespace) -> int:
    """Import files."""
    begun = time.monotonic()
    max_size = options.max_size * _MEGABYTE
    review = importing.review_files(ws, _sources(options.files, max_size), options.calendar, max_size=max_size)
    records = _records(ws, review.chosen(on_conflict=options.on_conflict, on_duplicate=options.on_duplicate))
    if options.dry_run:
        report = ImportReport(review, None)
    else:
        report = importing.apply_review(ws, review, on_conflict=options.on_conflict, on_duplicate=options.on_duplicate)
    for line in _complaints(report):
        output.tell(line)
    counts = {str(kind): count for kind, count in review.counts.items()}
    is_whole = not report.left_out and not any(source.error for source in review.sources)
    if options.json:
        output.print_json(
            {
                "files": [
                    {
                        "source": s.source,
                        "format": s.format or None,
                        "encoding": s.encoding or None,
                        "error": s.error or None,
                    }
                    for s in review.sources
                ],
                "items": [item_record(item, record) for item, record in zip(review.items, records, strict=True)],
                "counts": counts,
                "applied": not options.dry_run and (report.applied is not None or is_whole),
                "step": report.applied.step if report.applied is not None else None,
                "seconds": round(time.monotonic() - begun, 3),
            }
        )
    else:
        told = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count) or "no events"
        print(f"{review.title}: {told}{' (nothing was written)' if options.dry_run else ''}")
    return output.DONE if is_whole else output.IN_PART


def export_command(ws: Workspace, options: argparse.Namespace) -> int:
    """Export events: those that `events` lists with this filter, and those named; without either, all."""
    wanted = whole_list(filter_of(ws, options)) if has_filter(options) or not options.uid else None
    if options.target == STANDARD:
        data = exporting.to_bytes(ws, exporting.chosen_events(ws, wanted, uids=options.uid))
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return output.DONE
    report = exporting.export_events(ws, Path(options.target), wanted, uids=options.uid, overwrite=options.force)
    paths = [str(path) for path in report.paths]
    if options.json:
        output.print_json({"count": report.count, "paths": paths})
    else:
        print(f"{report.count} events written to {', '.join(paths)}")
    return output.DONE


def _sources(files: Sequence[str], max_size: int) -> list[importing.Source]:
    if STANDARD in files and sys.stdin is None:
        raise UnreadableFile("There is no standard input to read.", "Name a file.")
    if files.count(STANDARD) > 1:
        raise UnreadableFile("Standard input can be read only once.")
    return [
        (STANDARD, importing.read_at_most(sys.stdin.buffer, max_size + 1)) if name == STANDARD else Path(name)
        for name in files
    ]


def _records(ws: Workspace, review: Review) -> list[Json | None]:
    """For each item the record of what would stand after applying; None for what is rejected."""
    standing = [
        None
        if item.kind in (ReviewKind.REJECTED, ReviewKind.UNCHANGED)
        else item.outcome or item.result or item.current
        for item in review.items
    ]
    listed = iter(listing.with_layers(ws, [event for event in standing if event is not None]))
    return [event_record(next(listed)) if event is not None else None for event in standing]


def _complaints(report: ImportReport) -> list[str]:
    lines = [f"scplanner: {source.error}" for source in report.review.sources if source.error]
    lines += [_complaint(item) for item in report.left_out]
    return lines


def _complaint(item: ReviewItem) -> str:
    event = item.incoming or item.current
    name = f"“{event.summary}”" if event is not None and event.summary else "an event"
    where = f"{item.source}, line {item.line}" if item.line else item.source
    if item.kind is ReviewKind.CONFLICT:
        fields = ", ".join(conflict.field for conflict in item.conflicts)
        return f"{where}: {name} left out: you and the file both changed {fields}. Use --on-conflict mine or theirs."
    reasons = "; ".join((*(problem.reason for problem in item.problems), *(doubt.reason for doubt in item.doubts)))
    word = "rejected" if item.kind is ReviewKind.REJECTED else "left out"
    return f"{where}: {name} {word}{': ' if reasons else ''}{reasons}"
