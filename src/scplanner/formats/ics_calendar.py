"""Whole calendars from kept VEVENT texts: one VCALENDAR, with every time zone the events name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timezone
from functools import lru_cache
from typing import Final

from scplanner import __version__
from scplanner.formats import contentlines
from scplanner.formats.contentlines import escape, fold, unfold
from scplanner.formats.ics_values import quote_tzid
from scplanner.formats.ics_vtimezone import write_vtimezone
from scplanner.formats.ics_zones import find_named_zone, fixed_offset

PRODID: Final = f"-//scplanner//scplanner {__version__}//EN"

# An endless series goes on after its last written date; the rules known today are given for that long.
_YEARS_AHEAD: Final = 12
_TZID = re.compile(
    r'^([A-Z-]+(?:;[^;:"\r\n]+|;[^;:"\r\n]+"[^"\r\n]*")*?;TZID=)("[^"\r\n]*"|[^";:\r\n]*)(?=[;:])',
    re.MULTILINE | re.IGNORECASE,
)
_VALUE_YEAR = re.compile(r":(\d{4})")


def write_calendar(
    parts: Iterable[tuple[str, str]],
    *,
    name: str = "",
    method: str = "PUBLISH",
    color: str = "",
    catalogue: str = "",
) -> bytes:
    """One calendar of kept events: (text, shell) pairs, the texts written as they are. UTF-8, CRLF.

    The VTIMEZONEs come from the shells; where one is missing for a zone that is known it is made. If two shells mean
    different things by one TZID that is no known zone's name, the later is renamed ("Eastern (2)"). `catalogue` is the
    version date of a catalogue: it says that the file is whole.
    """
    zones = _ZonesWritten()
    events = [zones.settle(text, shell) for text, shell in parts]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN"]
    for key, value in (
        ("METHOD", method),
        ("NAME", escape(name)),
        ("X-WR-CALNAME", escape(name)),
        ("COLOR", escape(color)),
        ("X-SCPLANNER-CATALOGUE", escape(catalogue)),
    ):
        if value:
            lines.append(f"{key}:{value}")
    head = "".join(fold(line) for line in lines)
    return "".join([head, *zones.texts(), *events, "END:VCALENDAR\r\n"]).encode("utf-8", "replace")


class _ZonesWritten:
    """The zones of one file that is being written: TZID → VTIMEZONE, or the years a zone to be made is needed for."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.needed: dict[str, tuple[int, int]] = {}

    def settle(self, text: str, shell: str) -> str:
        """Make sure that every TZID of an event is written; its text, changed only where one had to be renamed."""
        if "TZID=" not in text.upper():
            return text
        own = _vtimezones(shell)
        renamed: dict[str, str] = {}
        logical = "\r\n".join(unfold(text))
        for found in _TZID.finditer(logical):
            tzid = found[2].strip('" ')
            if tzid in own:
                settled = self._keep(tzid, own[tzid])
                if settled != tzid:
                    renamed[tzid] = settled
            elif tzid not in self.kept:
                year = _VALUE_YEAR.search(logical, found.end())
                self._need(tzid, int(year[1]) if year else 1970)
        return _rename(text, renamed) if renamed else text

    def _keep(self, tzid: str, vtimezone: str) -> str:
        """Write this VTIMEZONE, once; the TZID it goes by."""
        settled, number = tzid, 1
        while settled in self.kept:
            if _meaning(self.kept[settled]) == _meaning(vtimezone) or find_named_zone(tzid) is not None:
                return settled
            number += 1
            settled = f"{tzid} ({number})"
        self.kept[settled] = vtimezone if settled == tzid else _rename_zone(vtimezone, settled)
        self.needed.pop(settled, None)
        return settled

    def _need(self, tzid: str, year: int) -> None:
        first, last = self.needed.get(tzid, (year, year))
        self.needed[tzid] = min(first, year), max(last, year)

    def texts(self) -> list[str]:
        """The VTIMEZONEs by TZID; none for a TZID that means nothing."""
        written = dict(self.kept)
        for tzid, (first, last) in self.needed.items():
            zone = find_named_zone(tzid)
            offset = fixed_offset(tzid)
            if zone is not None:
                written[tzid] = write_vtimezone(tzid, zone, first, last + _YEARS_AHEAD)
            elif offset is not None:
                written[tzid] = write_vtimezone(tzid, timezone(offset, tzid), first, last)
        return [written[tzid] for tzid in sorted(written)]


@lru_cache(maxsize=64)
def _vtimezones(shell: str) -> dict[str, str]:
    roots, _ = contentlines.cut(shell)
    found: dict[str, str] = {}
    for root in roots:
        for child in root.children:
            tzid = _tzid_line(child.text) if child.name == "VTIMEZONE" else ""
            if tzid:
                found.setdefault(tzid, child.text)
    return found


def _tzid_line(vtimezone: str) -> str:
    for line in unfold(vtimezone):
        item = contentlines.parse_property(line)
        if item is not None and item.name == "TZID":
            return contentlines.unescape(item.value).strip()
    return ""


@lru_cache(maxsize=256)
def _meaning(vtimezone: str) -> frozenset[str]:
    """What decides the offsets, whatever the order and the remarks."""
    deciding = ("DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO", "BEGIN")
    return frozenset(line for line in unfold(vtimezone) if line.upper().startswith(deciding))


def _rename_zone(vtimezone: str, tzid: str) -> str:
    lines = contentlines.raw_lines(vtimezone)
    return "".join(fold(f"TZID:{escape(tzid)}") if line[:4].upper() == "TZID" else line for line in lines)


def _rename(text: str, renamed: dict[str, str]) -> str:
    """The text with other TZIDs; lines without one of them stay as they are."""
    lines = []
    for raw in contentlines.raw_lines(text):
        line = "".join(unfold(raw))
        found = _TZID.match(line)
        tzid = found[2].strip('" ') if found else ""
        if found and tzid in renamed:
            raw = fold(f"{found[1]}{quote_tzid(renamed[tzid])}{line[found.end() :]}")
        lines.append(raw)
    return "".join(lines)
