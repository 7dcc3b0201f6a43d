"""The lines of a kept VEVENT that no field of the record stands for: alarms, attendees, X- properties."""

from __future__ import annotations

from scplanner.formats.contentlines import parse_property, unfold
from scplanner.formats.ics_write import PROPERTIES

_READ = frozenset(name for item in PROPERTIES for name in item.names) | {"DURATION"}
_VOLATILE = frozenset({"DTSTAMP", "CREATED", "X-MOZ-GENERATION", "X-MOZ-LASTACK", "X-LIC-ERROR"})
"""What other programs write anew with every export, without meaning anything by it."""


def other_lines(text: str) -> tuple[str, ...]:
    """These lines, unfolded, in an order that does not depend on the file's. Components within the event stay whole."""
    own: list[str] = []
    inner: list[str] = []
    depth = 0
    for line in unfold(text):
        item = parse_property(line)
        name = item.name if item is not None else ""
        depth += name == "BEGIN"
        if depth > 1:
            inner.append(line)
        elif name not in ("BEGIN", "END") and name not in _READ and name not in _VOLATILE:
            own.append(line)
        depth -= name == "END"
        if depth == 1 and inner:
            own.append("\n".join(inner))
            inner = []
    return tuple(sorted(own))
