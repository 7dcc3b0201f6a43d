"""What a file's TZIDs mean: IANA zones where the name says so, else the file's own VTIMEZONE, read for each file anew.

icalendar keeps zones for the whole process, so a second file with the same TZID would get the first one's offsets;
here they belong to the file's shell and nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from scplanner.domain.temporal import find_zone
from scplanner.formats import contentlines
from scplanner.formats.contentlines import Component

_OFFSET = re.compile(r"([+-]?)(\d\d):?(\d\d)(?::?(\d\d))?", re.ASCII)
_FIXED = re.compile(r"\(?(?:UTC|GMT) ?([+-]\d\d)(?::?(\d\d))?\)?", re.ASCII)
_UTC_NAMES = frozenset({"UTC", "Z", "ETC/UTC", "ZULU"})
_MAX_ONSETS = 500


@dataclass(frozen=True, slots=True)
class Observance:
    """One STANDARD or DAYLIGHT: from its onsets, told by the clock before, the offset is `offset_to`."""

    onset: datetime
    offset_from: timedelta
    offset_to: timedelta
    rrule: str = ""
    rdates: tuple[datetime, ...] = ()
    is_daylight: bool = False

    def onsets(self, year: int) -> list[datetime]:
        """The onsets that decide the offsets of that year: its own and the last one before."""
        found = [moment for moment in (self.onset, *self.rdates) if moment.year <= year]
        if self.rrule and self.onset.year <= year:
            found += _onsets_by_rule(self.rrule, self.onset, self.offset_from, year)
        return found


@dataclass(slots=True)
class CustomZone:
    """A VTIMEZONE. It gives offsets to times on the clock; a time belongs to it as a fixed offset with its TZID."""

    tzid: str
    observances: tuple[Observance, ...]
    location: str = ""
    _years: dict[int, list[tuple[datetime, timedelta]]] = field(default_factory=dict, repr=False)

    @property
    def offsets(self) -> frozenset[timedelta]:
        """All offsets it knows."""
        return frozenset(offset for item in self.observances for offset in (item.offset_from, item.offset_to))

    def offset_at(self, wall: datetime) -> timedelta:
        """The offset from UTC at that time on the clock; before the first onset that of the first standard time.

        (The first TZOFFSETFROM would say it too, but calendars that leave out the past write nonsense there.)
        """
        onsets = self._years.get(wall.year)
        if onsets is None:
            onsets = [(moment, item.offset_to) for item in self.observances for moment in item.onsets(wall.year)]
            self._years[wall.year] = onsets = sorted(onsets, key=lambda pair: pair[0])
        index = bisect_right(onsets, wall, key=lambda pair: pair[0])
        if index:
            return onsets[index - 1][1]
        return min(self.observances, key=lambda item: (item.is_daylight, item.onset)).offset_to

    def wall_of(self, moment: datetime) -> datetime:
        """What its clock shows at an instant."""
        instant = moment.astimezone(UTC).replace(tzinfo=None)
        for offset in self.offsets:
            if self.offset_at(instant + offset) == offset:
                return instant + offset
        return instant + self.offset_at(instant)


class Zones:
    """The zones of one file: what each TZID in it means."""

    def __init__(self, vtimezones: list[Component]) -> None:
        self._components: dict[str, Component] = {}
        for component in vtimezones:
            self._components.setdefault(_tzid_of(component), component)
        self._found: dict[str, tuple[ZoneInfo | None, CustomZone | None]] = {}

    def localize(self, wall: datetime, tzid: str) -> datetime:
        """The time in the zone of that name; unchanged, that is floating, if the name means nothing."""
        found = self._found.get(tzid)
        if found is None:
            found = self._found[tzid] = self._find(tzid)
        iana, custom = found
        if iana is not None:
            moment = wall.replace(tzinfo=iana)
            if custom is None or not _contradicts(custom, iana, moment):
                return moment
        if custom is not None:
            return wall.replace(tzinfo=timezone(custom.offset_at(wall), tzid))
        fixed = fixed_offset(tzid)
        return wall.replace(tzinfo=timezone(fixed, tzid)) if fixed is not None else wall

    def find_custom(self, tzid: str) -> CustomZone | None:
        """The file's own zone of that name, if times of that name follow it and not an IANA zone."""
        iana, custom = self._found.get(tzid) or self._find(tzid)
        return custom if iana is None else None

    def _find(self, tzid: str) -> tuple[ZoneInfo | None, CustomZone | None]:
        component = self._components.get(tzid)
        custom = read_vtimezone(component) if component is not None else None
        iana = find_named_zone(tzid, custom.location if custom else "")
        if custom is not None and "/" not in tzid and iana is not None and iana.key == tzid and tzid != "UTC":
            iana = None  # EST, CET and the like are anything; the file says what
        return iana, custom


@lru_cache(maxsize=64)
def zones_of(shell: str) -> Zones:
    """The zones of a shell's VTIMEZONEs. Kept by the shell's whole text, so no file sees another's zones."""
    roots, _ = contentlines.cut(shell)
    return Zones([child for root in roots for child in (root, *root.children) if child.name == "VTIMEZONE"])


def find_named_zone(tzid: str, location: str = "") -> ZoneInfo | None:
    """The IANA zone a name stands for: its own, that of a Windows name, or that behind a maker's prefix.

    `location` is an X-LIC-LOCATION.
    """
    if tzid.upper() in _UTC_NAMES:
        return find_zone("UTC")
    zone = find_zone(tzid) or (find_zone(location) if location else None)
    if zone is not None:
        return zone
    parts = tzid.strip("/").split("/")
    for count in (3, 2, 1) if tzid.startswith("/") else (3, 2):
        zone = find_zone("/".join(parts[-count:])) if len(parts) >= count else None
        if zone is not None:
            return zone
    if "/" in tzid:
        return None
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # 0.1 s that few files need

    name = WINDOWS_TO_OLSON.get(tzid)
    return find_zone(name) if name else None


def fixed_offset(tzid: str) -> timedelta | None:
    """The offset a name itself says, and nothing more: `UTC+02:00`, `(GMT +01:00)`."""
    found = _FIXED.fullmatch(tzid)
    return read_offset(f"{found[1]}{found[2] or '00'}") if found else None


def read_offset(value: str) -> timedelta | None:
    """A UTC-OFFSET; without a sign it is meant east. None if it is none."""
    found = _OFFSET.fullmatch(value.strip())
    if found is None:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    if offset >= timedelta(days=1):
        return None
    return -offset if found[1] == "-" else offset


def read_vtimezone(component: Component) -> CustomZone | None:
    """Read a VTIMEZONE as far as it can be; None if it holds no usable observance."""
    observances = [found for child in component.children if (found := _read_observance(child)) is not None]
    if not observances:
        return None
    return CustomZone(_tzid_of(component), tuple(observances), _values(component).get("X-LIC-LOCATION", ""))


def _read_observance(component: Component) -> Observance | None:
    values = _values(component)
    offset_to = read_offset(values.get("TZOFFSETTO", ""))
    if offset_to is None or component.name not in ("STANDARD", "DAYLIGHT"):
        return None
    offset_from = read_offset(values.get("TZOFFSETFROM", ""))
    onset = _wall(values.get("DTSTART", "")) or datetime(1970, 1, 1)  # noqa: DTZ001  (a time on the clock)
    rdates = tuple(moment for text in values.get("RDATE", "").split(",") if (moment := _wall(text)) is not None)
    return Observance(
        onset,
        offset_to if offset_from is None else offset_from,
        offset_to,
        values.get("RRULE", ""),
        rdates[:_MAX_ONSETS],
        component.name == "DAYLIGHT",
    )


def _values(component: Component) -> dict[str, str]:
    values: dict[str, str] = {}
    for line in component.lines():
        item = contentlines.parse_property(line)
        if item is not None:
            joined = f"{values[item.name]},{item.value}" if item.name == "RDATE" and item.name in values else item.value
            values[item.name] = joined
    return values


def _tzid_of(component: Component) -> str:
    return contentlines.unescape(_values(component).get("TZID", "")).strip()


def _wall(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip().partition("/")[0].rstrip("Zz")[:15])
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _onsets_by_rule(rrule: str, onset: datetime, offset_from: timedelta, year: int) -> list[datetime]:
    """The last onsets of a rule up to the end of that year. A rule that cannot be read has none."""
    from dateutil.rrule import rrulestr

    def until_on_the_clock(found: re.Match[str]) -> str:
        moment = _wall(found[1])
        local = moment + offset_from if moment is not None and found[1].endswith("Z") else moment
        return f"UNTIL={local:%Y%m%dT%H%M%S}" if local is not None else ""

    if "FREQ=YEARLY" not in rrule.upper():
        return []
    if "COUNT=" not in rrule.upper() and onset.year < year - 2:
        try:  # rules from 1601 on would be walked through year by year
            onset = onset.replace(year=year - 2)
        except ValueError:
            onset = onset.replace(year=year - 2, day=28)
    try:
        text = re.sub(r"UNTIL=(\d{8}(?:T\d{6}Z?)?)", until_on_the_clock, rrule.upper()).strip(";")
        rule = rrulestr(text, dtstart=onset, ignoretz=True)
        return rule.between(onset, datetime(year, 12, 31, 23, 59, 59), inc=True)[-4:]  # noqa: DTZ001
    except (ValueError, OverflowError, TypeError, IndexError):
        return []


def _contradicts(custom: CustomZone, iana: ZoneInfo, moment: datetime) -> bool:
    """Whether a file's own rules have nothing to do with the zone whose name they bear.

    Leaving out the summer time is no contradiction: many programs write half a VTIMEZONE.
    """
    offsets = custom.offsets
    if moment.utcoffset() in offsets:
        return False
    return all(moment.replace(month=month, day=1, tzinfo=iana).utcoffset() not in offsets for month in (1, 7))
