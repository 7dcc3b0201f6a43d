"""Build `data/catalogue.ics` from the readable source: `python -m scplanner.services.catalogue_build [--check]`.

The same source always gives the same bytes: every stamp comes from the days in the source, none from a clock. With
`--check` nothing is written; the exit code says whether the built file is up to date.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from scplanner.errors import PlannerError
from scplanner.formats import ics
from scplanner.formats.catalogue_source import CatalogueSource, read_catalogue_source
from scplanner.paths import data_dir_bundled
from scplanner.sources.catalogue import BUILT_FILE, read_source
from scplanner.sources.gazetteer import read_gazetteer

_TOPICS = "topics.toml"


def read_folder(data: Path) -> CatalogueSource:
    """The catalogue of a data folder, faults and all. Raises OSError if a file is missing."""
    topics = (data / _TOPICS).read_text(encoding="utf-8")
    return read_catalogue_source(read_source(data / "catalogue"), topics, read_gazetteer(data / "gazetteer"))


def build(data: Path) -> bytes:
    """The built catalogue. Raises PlannerError that names every fault of the source."""
    source = read_folder(data)
    if source.faults:
        raise PlannerError(
            f"The catalogue has {len(source.faults)} faults and was not built:\n"
            + "\n".join(str(fault) for fault in source.faults)
        )
    parts = ((ics.write_event(event), "") for event in source.events)
    return ics.write_calendar(parts, name=source.name, catalogue=source.version.isoformat())


def main(arguments: Sequence[str] | None = None, data: Path | None = None) -> int:
    """Build or check; return the exit code (1: faults in the source, or not up to date)."""
    parser = argparse.ArgumentParser(prog="catalogue_build", description="Build the bundled catalogue.")
    parser.add_argument("--check", action="store_true", help="write nothing, say whether the built file is up to date")
    only_checks = parser.parse_args(arguments).check
    folder = data or data_dir_bundled()
    target = folder / BUILT_FILE
    try:
        built = build(folder)
    except PlannerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if target.is_file() and target.read_bytes() == built:
        sys.stdout.write(f"{BUILT_FILE} is up to date: {built.count(b'BEGIN:VEVENT')} events\n")
        return 0
    if only_checks:
        sys.stderr.write(f"{BUILT_FILE} is not up to date. Build it: python3 dev.py catalogue\n")
        return 1
    target.write_bytes(built)
    sys.stdout.write(f"{BUILT_FILE}: {built.count(b'BEGIN:VEVENT')} events, {len(built) // 1024} KiB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
