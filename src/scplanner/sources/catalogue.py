"""Where the catalogue's bytes come from: the one that comes with the program, or a newer file somebody has.

Also the readable source it is built from, and the tables of topics and series beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scplanner.errors import UnreadableFile
from scplanner.paths import data_dir_bundled

BUILT_FILE = "catalogue.ics"
# The version stands among the first properties; nothing else of the file is looked at here.
_VERSION = re.compile(rb"^X-SCPLANNER-CATALOGUE:(\d{4}-\d\d-\d\d)\r?$", re.MULTILINE)
_HEADER = 4096


@dataclass(frozen=True, slots=True)
class CatalogueBytes:
    """A built catalogue: the file's bytes, the day of its version, and what to call it."""

    data: bytes
    version: date
    source: str


def bundled_catalogue() -> CatalogueBytes:
    """The catalogue that comes with the program. Raises UnreadableFile if it is damaged or not there."""
    return read_catalogue(data_dir_bundled() / BUILT_FILE)


def read_catalogue(path: Path) -> CatalogueBytes:
    """A catalogue file. Raises UnreadableFile if it cannot be read or claims no version."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path.name} can't be read: {error.strerror or error}.") from error
    version = version_of(data)
    if version is None:
        raise UnreadableFile(f"{path.name} is no catalogue of smart-city events.", "Import it as an ordinary calendar.")
    return CatalogueBytes(data, version, path.name)


def version_of(data: bytes) -> date | None:
    """The day of a built catalogue's version; None if the bytes are no such catalogue."""
    found = _VERSION.search(data[:_HEADER])
    try:
        return date.fromisoformat(found[1].decode("ascii")) if found else None
    except ValueError:
        return None


def read_source(folder: Path) -> dict[str, str]:
    """The texts of the readable source, by file name. Raises OSError."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml"))}


def bundled_source() -> dict[str, str]:
    """The readable source that comes with the program, by file name."""
    return read_source(data_dir_bundled() / "catalogue")


def bundled_topics() -> str:
    """The text of the table of topics."""
    return (data_dir_bundled() / "topics.toml").read_text(encoding="utf-8")


def bundled_series() -> str:
    """The text of the table of series."""
    return (data_dir_bundled() / "catalogue" / "series.toml").read_text(encoding="utf-8")
