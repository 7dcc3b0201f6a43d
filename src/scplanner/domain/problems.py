"""What a file gets wrong. It is data for a review, never an exception (see `errors`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: on which line (from 1; None: the file as a whole), in which property, and what.

    `property` is the name as the format writes it (`DTSTART`), or empty. `reason` is a sentence for the user.
    """

    line: int | None
    property: str
    reason: str
