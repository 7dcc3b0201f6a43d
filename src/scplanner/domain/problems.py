"""What a file gets wrong. It is data for a review, never an exception (see `errors`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CUT_OFF: Final = "has more occurrences than are kept for so many days: cut off"
"""The reason where a series was not worked out whole: fewer days, taken alone, can hold more of it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: on which line (from 1; None: the file as a whole), in which property, and what.

    `property` is the name as the format writes it (`DTSTART`), or empty. `reason` is a sentence for the user.
    """

    line: int | None
    property: str
    reason: str
