"""What a section of the inspector says when the user has done something: an edit, or a wish.

Edits name only the fields that changed, never a whole record: whatever else has been written to the record since the
section was filled stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from scplanner.domain.events import Decision, OccurrenceKey, StoredFile


@dataclass(frozen=True, slots=True)
class EventEdit:
    """New values for fields of the event itself. `title` is what undo will say."""

    fields: Mapping[str, Any]
    title: str = ""


@dataclass(frozen=True, slots=True)
class LayerEdit:
    """New values for fields of the user's own layer. `title` is what undo will say."""

    fields: Mapping[str, Any]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Decide:
    """The user decides, or takes the decision back (None)."""

    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Select:
    """Show this other event."""

    key: OccurrenceKey


@dataclass(frozen=True, slots=True)
class OpenAddress:
    """Open an address of the world in the browser, or the mail program."""

    url: str


@dataclass(frozen=True, slots=True)
class AttachFiles:
    """Keep copies of these files with the event."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class OpenFile:
    """Open a kept file with the program the system has for it."""

    file: StoredFile


@dataclass(frozen=True, slots=True)
class SaveFile:
    """Write a copy of a kept file somewhere else."""

    file: StoredFile


@dataclass(frozen=True, slots=True)
class DetachFile:
    """Keep this file no longer."""

    file: StoredFile


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Give up the edits made here and follow the source again."""


@dataclass(frozen=True, slots=True)
class Command:
    """A button of the bottom row: edit, export, duplicate, delete, copy, source."""

    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


SectionChange: TypeAlias = (
    EventEdit
    | LayerEdit
    | Decide
    | Select
    | OpenAddress
    | AttachFiles
    | OpenFile
    | SaveFile
    | DetachFile
    | TakeBack
    | Command
)
