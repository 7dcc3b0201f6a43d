"""Tables of TOML files a person edits, read with a watchful eye: every value of the wrong kind is a `SourceFault`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from scplanner.domain.temporal import When

_LIST_HEADING = re.compile(r"^\[\[(\w+)\]\]", re.MULTILINE)

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class SourceFault:
    """What is wrong, and where: the file, the line its entry begins on (from 1), and the entry's slug or name."""

    file: str
    line: int
    slug: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.slug or 'entry'}: {self.reason}"


class Entry:
    """One table of a file; its getters note a fault and return something empty when the value is of the wrong kind."""

    def __init__(self, file: str, line: int, values: Mapping[str, Any], faults: list[SourceFault], name: str) -> None:
        self.file = file
        self.line = line
        self.values = values
        self.faults = faults
        self.name = name

    def fault(self, reason: str) -> None:
        """Note what is wrong with this entry."""
        self.faults.append(SourceFault(self.file, self.line, self.name, reason))

    def only(self, keys: frozenset[str] | tuple[str, ...]) -> None:
        """Note every key that is none of these."""
        for key in self.values:
            if key not in keys:
                self.fault(f"unknown key {key!r}")

    def text(self, key: str, *, needed: bool = False) -> str:
        """A text without the space around it; empty if it is missing."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            self.fault(f"{key} has to be a text in quotes")
            return ""
        if needed and not value.strip():
            self.fault(f"{key} is missing")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.fault(f"{key} has to be a list of texts")
            return ()
        return tuple(value)

    def tables(self, key: str, keys: tuple[str, ...]) -> list[Entry]:
        """A list of inline tables that have these keys only."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fault(f"{key} has to be a list of {{ {' … , '.join(keys)} … }}")
            return []
        entries = [Entry(self.file, self.line, one, self.faults, self.name) for one in value]
        for entry in entries:
            entry.only(keys)
        return entries

    def day(self, key: str, *, needed: bool = False) -> date | None:
        """A day."""
        value = self.values.get(key)
        if value is None:
            if needed:
                self.fault(f"{key} is missing")
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.fault(f"{key} is no date: {value!r}; write 2027-09-30, without quotes")
            return None
        return value

    def when(self, key: str) -> When | None:
        """A date or a local time; the zone is not part of it."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, date) or (isinstance(value, datetime) and value.tzinfo is not None):
            self.fault(
                f"{key} is no date or local time: {value}; write 2027-09-30 or 2027-09-30T09:00:00, without quotes"
            )
            return None
        return value

    def choice(self, key: str, kind: type[Choice]) -> Choice | None:
        """One of a few words; None if it is missing."""
        value = self.text(key)
        if value and value not in set(kind):
            self.fault(f"unknown {key} {value!r}: one of {', '.join(kind)}")
            return None
        return kind(value) if value else None


def read_toml(file: str, text: str, faults: list[SourceFault]) -> dict[str, Any]:
    """The tables of a file; none, and a fault with its line, if it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        faults.append(SourceFault(file, int(line[1]) if line else 1, "", f"not readable as TOML: {error}"))
        return {}


def list_entries(
    file: str, text: str, kind: str, keys: frozenset[str] | tuple[str, ...], faults: list[SourceFault]
) -> list[Entry]:
    """The `[[kind]]` tables of a file, each with the line it begins on."""
    parsed = read_toml(file, text, faults)
    tables = parsed.get(kind, [])
    if parsed.keys() - {kind} or not isinstance(tables, list):
        faults.append(SourceFault(file, 1, "", f"a file has [[{kind}]] entries and nothing else"))
        return []
    lines = [text.count("\n", 0, match.start()) + 1 for match in _LIST_HEADING.finditer(text) if match[1] == kind]
    entries = [
        Entry(file, line, values, faults, str(values.get("slug") or values.get("name") or ""))
        for line, values in zip(lines, tables, strict=False)
    ]
    for entry in entries:
        entry.only(keys)
    return entries


def table_entries(
    file: str, text: str, keys: tuple[str, ...], faults: list[SourceFault]
) -> Iterator[tuple[str, Entry]]:
    """The `[name]` tables of a file with their names, each with the line it begins on."""
    for name, values in read_toml(file, text, faults).items():
        heading = re.search(rf"^\[{re.escape(name)}\]", text, re.MULTILINE)
        line = text.count("\n", 0, heading.start()) + 1 if heading else 1
        if not isinstance(values, dict):
            faults.append(SourceFault(file, line, name, "unknown key: a file has only [name] tables"))
            continue
        entry = Entry(file, line, values, faults, name)
        entry.only(keys)
        yield name, entry
