"""Checking a data folder: the database, its derived tables and the kept files; what can be mended is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from scplanner.errors import CorruptDatabase
from scplanner.services import attachments
from scplanner.services.workspace import Workspace
from scplanner.store import integrity


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was not as it should be, in a sentence, and whether it has been mended."""

    what: str
    is_mended: bool = False


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The outcome of a check."""

    findings: tuple[Finding, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Nothing was wrong."""
        return not self.findings


def check(ws: Workspace) -> CheckReport:
    """Check everything in the data folder; derived tables are made anew if they differ from what they derive from.

    Raises CorruptDatabase if the database file itself is damaged.
    """
    damage = integrity.file_damage(ws.store.database)
    if damage:
        raise CorruptDatabase(f"The database is damaged: {damage[0]}.", "Restore the last backup.")
    findings = [Finding(problem) for problem in integrity.broken_references(ws.store.database)]
    findings += [
        Finding(f"{what} was out of date", is_mended=True) for what in integrity.mend_derived(ws.store.database)
    ]
    for sha256 in sorted(ws.store.layers.file_hashes()):
        path = attachments.content_path(ws, sha256)
        if not path.is_file():
            findings.append(Finding(f"A kept file is missing: {path.name}"))
        else:
            with path.open("rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != sha256:
                    findings.append(Finding(f"A kept file has been altered: {path.name}"))
    return CheckReport(tuple(findings))
