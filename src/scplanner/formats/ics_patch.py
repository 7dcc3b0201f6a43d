"""Changing a kept VEVENT: only the properties that say something else change, every other line stays as it came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from scplanner.domain.events import Event
from scplanner.domain.temporal import When, is_date, tzid_of
from scplanner.formats.contentlines import Property, fold, parse_property, quote_param, raw_lines, unfold
from scplanner.formats.ics_values import read_duration, wall_text, write_duration, write_when
from scplanner.formats.ics_write import CATEGORIES, LAST_MODIFIED, LISTS_OF_DATES, PROPERTIES, RECURRENCE_ID, TIMES

_REPEATED: Final = frozenset({"X-SCPLANNER-DEADLINE", "X-SCPLANNER-LINK"})
_KEPT_PARAMS: Final = ("LANGUAGE", "ALTREP")


def patch_event(text: str, before: Event, after: Event) -> str:
    """The text of a VEVENT that says `before`, changed to say `after`.

    Only properties in which the records differ change; parameters of theirs that still hold are kept (LANGUAGE, ALTREP,
    X-, the file's own TZID for an unchanged zone), and DURATION stays where the source used it. All else (unknown
    properties, attendees, alarms, the order) survives byte for byte.
    """
    lines = _Lines(text)
    tzids = _own_tzids(lines, before)
    for item in PROPERTIES:
        old, new = item.lines(before), item.lines(after)
        if old == new:
            continue
        if item is TIMES:
            _patch_times(lines, before, after, tzids)
        elif item is RECURRENCE_ID:
            name = "RECURRENCE-ID;RANGE=THISANDFUTURE" if after.is_this_and_future else "RECURRENCE-ID"
            when = after.recurrence_id
            lines.set("RECURRENCE-ID", [] if when is None else [_line(name, when, tzids)])
        elif item in LISTS_OF_DATES:
            name = item.names[0]
            field = "rdates" if name == "RDATE" else "exdates"
            _patch_dates(lines, name, getattr(before, field), getattr(after, field), tzids)
        elif item.names[0] in _REPEATED:
            _patch_repeated(lines, item.names[0], old, new)
        else:
            for name in item.names:
                of_name = [line for line in new if _name(line) == name]
                if of_name != [line for line in old if _name(line) == name]:
                    lines.set(name, of_name, is_one=item is not CATEGORIES)
        if item is LAST_MODIFIED and after.last_modified is not None:
            # Without a METHOD both say when the event was last revised (RFC 5545 §3.8.7.2).
            lines.set("DTSTAMP", [new[0].replace("LAST-MODIFIED", "DTSTAMP", 1)])
    return lines.text


class _Lines:
    """The logical lines of a VEVENT as they stand; those of its alarms are there but never touched."""

    def __init__(self, text: str) -> None:
        self.raw = raw_lines(text)
        self.items: list[Property | None] = []
        depth = 0
        for raw in self.raw:
            item = parse_property("".join(unfold(raw)))
            if item is not None and item.name == "END":
                depth -= 1
            self.items.append(item if depth == 1 and item is not None and item.name not in ("BEGIN", "END") else None)
            if item is not None and item.name == "BEGIN":
                depth += 1

    @property
    def text(self) -> str:
        return "".join(self.raw)

    def find(self, name: str) -> list[int]:
        """Where the lines of that name stand."""
        return [index for index, item in enumerate(self.items) if item is not None and _is(item, name)]

    def first(self, name: str) -> Property | None:
        found = self.find(name)
        return self.items[found[0]] if found else None

    def put(self, index: int, line: str) -> None:
        self.raw[index], self.items[index] = fold(line), parse_property(line)

    def put_value(self, index: int, value: str) -> None:
        """Another value behind the name and parameters as they stand."""
        item, line = self.items[index], "".join(unfold(self.raw[index]))
        assert item is not None
        self.put(index, line[: len(line) - len(item.value)] + value)

    def remove(self, indexes: list[int]) -> None:
        for index in sorted(indexes, reverse=True):
            del self.raw[index], self.items[index]

    def add(self, lines: list[str], beside: str = "") -> None:
        """Put lines behind those of the name `beside`, or else at the end of the event's own."""
        found = self.find(beside) if beside else []
        index = found[-1] + 1 if found else self._end_of_own()
        self.raw[index:index] = [fold(line) for line in lines]
        self.items[index:index] = [parse_property(line) for line in lines]

    def _end_of_own(self) -> int:
        """Before the first alarm: some programs take what follows it for a part of it."""
        begins = (index for index, raw in enumerate(self.raw) if index and raw[:6].upper() == "BEGIN:")
        return next(begins, len(self.raw) - 1)

    def set(self, name: str, new: list[str], *, is_one: bool = True) -> None:
        """Make these the lines of that name. With `is_one` a second line of the name in the source stays."""
        found = self.find(name)
        if not new:
            self.remove(found)
        elif not found:
            self.add(new)
        else:
            item = self.items[found[0]]
            assert item is not None
            self.put(found[0], _with_params(new[0], item))
            if not is_one:
                self.remove(found[1:])


def _is(item: Property, name: str) -> bool:
    if name == "RELATED-TO":  # children and siblings are none of the record's
        return item.name == name and item.params.get("RELTYPE", "PARENT").upper() == "PARENT"
    return item.name == name


def _name(line: str) -> str:
    item = parse_property(line)
    return item.name if item is not None else ""


def _with_params(line: str, old: Property) -> str:
    """A new line with those parameters of the old one that still hold."""
    item = parse_property(line)
    assert item is not None
    kept = [
        f";{key}={_as_param(value)}"
        for key, value in old.params.items()
        if (key in _KEPT_PARAMS or key.startswith("X-")) and key not in item.params
    ]
    return f"{item.name}{''.join(kept)}{line[len(item.name) :]}"


def _as_param(value: str) -> str:
    return quote_param(value) if any(char in value for char in ':;,"^\n ') else value


def _own_tzids(lines: _Lines, before: Event) -> dict[str, str]:
    """What the file calls the zones of the event's times: zone name → TZID."""
    found: dict[str, str] = {}
    for name, when in (("DTSTART", before.start), ("DTEND", before.end), ("RECURRENCE-ID", before.recurrence_id)):
        item, zone = lines.first(name), tzid_of(when)
        if item is not None and zone is not None and "TZID" in item.params:
            found.setdefault(zone, item.params["TZID"])
    return found


def _line(name: str, when: When, tzids: Mapping[str, str]) -> str:
    return name + write_when(when, tzids.get(tzid_of(when) or ""))


def _patch_when(lines: _Lines, name: str, before: When | None, after: When | None, tzids: Mapping[str, str]) -> None:
    found = lines.first(name)
    if after is None:
        lines.remove(lines.find(name))
    elif found is None:
        lines.add([_line(name, after, tzids)], "DTSTART")
    elif before is not None and _kind(before) == _kind(after) and (len(found.value.strip()) == 8) == is_date(after):
        # Same kind, same zone: the head stays as the file has it, only the value is another.
        value = wall_text(after)
        lines.put_value(lines.find(name)[0], value if found.value.upper().endswith("Z") else value.rstrip("Z"))
    else:
        lines.set(name, [_line(name, after, tzids)])


def _kind(when: When) -> tuple[bool, str | None]:
    return isinstance(when, datetime), tzid_of(when)


def _patch_times(lines: _Lines, before: Event, after: Event, tzids: Mapping[str, str]) -> None:
    if TIMES.lines(before)[:1] != TIMES.lines(after)[:1]:
        _patch_when(lines, "DTSTART", before.start, after.start, tzids)
    if lines.find("DURATION") and not lines.find("DTEND"):
        kept = None
        if after.start is not None and after.end is not None:
            kept = _duration_for(lines, after.start, after.end)
        if kept is not None or after.end is None or after.start is None:
            lines.set("DURATION", [kept] if kept is not None else [])
            return
        lines.remove(lines.find("DURATION"))
    elif lines.find("DURATION") and before.end != after.end:
        lines.remove(lines.find("DURATION"))  # it stood beside DTEND, which counted
    end = after.end if after.start is not None else None
    _patch_when(lines, "DTEND", before.end, end, tzids)


def _duration_for(lines: _Lines, start: When, end: When) -> str | None:
    """The DURATION line that leads to that end: the source's own if it still does; None if none can."""
    item = lines.first("DURATION")
    assert item is not None
    try:
        if write_when(read_duration(item.value).after(start)) == write_when(end):
            return f"DURATION:{item.value}"
    except ValueError:
        pass
    value = write_duration(start, end)
    return f"DURATION:{value}" if value is not None else None


def _patch_dates(
    lines: _Lines, name: str, before: tuple[When, ...], after: tuple[When, ...], tzids: Mapping[str, str]
) -> None:
    """EXDATE and RDATE: what stays keeps its line; values are told apart by what stands on the clock."""
    old, new = {_line(name, when, tzids): when for when in before}, {_line(name, when, tzids): when for when in after}
    gone = {wall_text(when).rstrip("Z") for line, when in old.items() if line not in new}
    emptied = []
    for index in lines.find(name):
        item = lines.items[index]
        assert item is not None
        values = item.value.split(",")
        kept = [value for value in values if value.strip().partition("/")[0].upper().rstrip("Z") not in gone]
        if not kept:
            emptied.append(index)
        elif len(kept) < len(values):
            lines.put_value(index, ",".join(kept))
    added = [line for line in new if line not in old]
    lines.add(added, name if lines.find(name) else "DTSTART")
    lines.remove(emptied)


def _patch_repeated(lines: _Lines, name: str, old: list[str], new: list[str]) -> None:
    """Properties written once for each item: what stays keeps its line unless the order is another."""
    stays = [line for line in old if line in new]
    if new[: len(stays)] == stays and len(set(old)) == len(old) == len(lines.find(name)):
        gone = [index for index, line in zip(lines.find(name), old, strict=True) if line not in new]
        lines.add(new[len(stays) :], name)
        lines.remove(gone)
        return
    found = lines.find(name)
    lines.add(new, name)
    lines.remove(found)
