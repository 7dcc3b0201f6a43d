"""Content lines, the layer below iCalendar and vCard (RFC 5545 §3.1): bytes → text → components, and back.

Pure and quick: a file is cut at its BEGIN and END lines and each component keeps its own text, so that one bad line
costs one line and what this program does not know survives. Line ends become CRLF; folds stay where they were.
Nothing here raises, whatever the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from scplanner.domain.problems import Problem

MAX_DEPTH = 24
MAX_PROBLEMS = 1000
MAX_OCTETS = 75

# These never stand inside each other: when one opens inside another, the END of the other is missing.
_SIBLINGS = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VAVAILABILITY"})
# It takes the line feed before the line with it: searched for like that it is ten times as fast as with an anchor.
_BORDER = re.compile(r"\n(BEGIN|END):([^\r\n]*(?:(?:\r\n)+[ \t][^\r\n]*)*)\r", re.IGNORECASE)
_ODD_LINE_END = re.compile(r"\r+\n|\r|\n")
_SPLIT_CHARACTER = re.compile(rb"\r*\n[ \t]([\x80-\xbf]+)")
_HEAD = re.compile(r'[^":]*(?:"[^"]*"[^":]*)*:')
_PARAM = re.compile(r';([^=;:"]+)=((?:"[^"]*"|[^";]*)*)')
_ESCAPED = re.compile(r'\\([\\;,nN":])')
_CARET = re.compile(r"\^([n'^])")
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))
_CARETS = {"n": "\n", "'": '"', "^": "^"}
_NAME = re.compile(r"[A-Z0-9_./-]+|X[ -][^;:]+")
_NO_PARAMS: Mapping[str, str] = MappingProxyType({})
_LINE_START = re.compile(r"(?<=\n)(?![ \t])")
_FOLD_POINT = re.compile(r"(?:\r\n)+[ \t]")


class Property(NamedTuple):
    """One logical line taken apart. `name` and the parameters' names are in upper case; `value` is as written.

    A parameter given several times or with several values keeps its text as written, without outer quotes.
    """

    name: str
    params: Mapping[str, str]
    value: str


@dataclass(frozen=True, slots=True)
class _Source:
    """The text all components of a file point into, and what was mended in it: (start, stop, replacement)."""

    text: str
    mends: list[tuple[int, int, str]]


@dataclass(slots=True, eq=False)
class Component:
    """What stands between a BEGIN and its END. `name` is in upper case, `line` the number of its BEGIN line, from 1."""

    name: str
    line: int
    children: list[Component]
    _source: _Source = field(repr=False)
    _start: int = field(repr=False)
    _stop: int = field(default=0, repr=False)
    _first_mend: int = field(default=0, repr=False)
    _last_mend: int = field(default=0, repr=False)

    @property
    def text(self) -> str:
        """Its text with its children's, from BEGIN to END, each line ended by CRLF; a missing END is there."""
        source = self._source
        if self._first_mend == self._last_mend:
            return _without_blank_lines(source.text[self._start : self._stop])
        pieces: list[str] = []
        position = self._start
        for start, stop, replacement in source.mends[self._first_mend : self._last_mend]:
            pieces += (source.text[position:start], replacement)
            position = stop
        pieces.append(source.text[position : self._stop])
        return _without_blank_lines("".join(pieces))

    @property
    def own_text(self) -> str:
        """Its lines without its children's and without BEGIN and END."""
        text = self._source.text
        if not self.children and self._first_mend == self._last_mend:
            own = text[self._start : self._stop]
            return _without_blank_lines(own[own.index("\r\n") + 2 : own.rindex("\r\n", 0, -2) + 2])
        pieces, position = [], self._start
        for child in self.children:
            pieces.append(text[position : child._start])
            position = child._stop
        pieces.append(text[position : self._stop])
        return _without_blank_lines(_BORDER.sub("", "\n" + "".join(pieces)).removeprefix("\n"))

    def lines(self) -> list[str]:
        """Its own logical lines, unfolded."""
        return unfold(self.own_text)

    def line_of(self, name: str) -> int:
        """The number of the first line that begins with this name, or text; the component's own if there is none."""
        text = self._source.text[self._start : self._stop]
        ended = "(?=[;:])" if _NAME.fullmatch(name) else ""
        found = re.search(f"^{re.escape(name)}{ended}", text, re.IGNORECASE | re.MULTILINE)
        return self.line + (text.count("\n", 0, found.start()) if found else 0)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file: its outermost components, the charset it was read with, and what was wrong."""

    components: tuple[Component, ...]
    encoding: str
    problems: tuple[Problem, ...]


def parse(data: bytes) -> Document:
    """Read any bytes. Never raises; without a single BEGIN line there are no components."""
    text, encoding, problems = decode(data)
    components, more = cut(text)
    return Document(tuple(components), encoding, (*problems, *more))


def decode(data: bytes) -> tuple[str, str, list[Problem]]:
    """Bytes to text with CRLF line ends, the charset's name, and a Problem where one had to be assumed.

    UTF-16 by its byte order mark or its zero bytes; UTF-8, with folds that cut a character moved behind it; lines
    that are no UTF-8 are read as Windows-1252, each by itself, so that one bad line does not spoil the others.
    """
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            data = data[len(mark) :]
            encoding = name
            break
    else:
        encoding = {b"B\0": "utf-16-le", b"\0B": "utf-16-be"}.get(data[:2], "utf-8")
    if encoding != "utf-8":
        return _with_crlf(data.decode(encoding, "replace")), encoding, []
    try:
        return _with_crlf(data.decode()), encoding, []
    except UnicodeDecodeError:
        data = _SPLIT_CHARACTER.sub(rb"\1\r\n ", data)
    bad: list[int] = []
    lines = []
    for number, line in enumerate(re.split(rb"\r*\n|\r", data), 1):
        try:
            lines.append(line.decode())
        except UnicodeDecodeError:
            bad.append(number)
            lines.append(_as_windows(line))
    text = _with_crlf("\r\n".join(lines))
    if not bad:
        return text, encoding, []
    others = f" (and {len(bad) - 1} more lines)" if len(bad) > 1 else ""
    return text, "cp1252", [Problem(bad[0], "", f"not valid UTF-8{others}: read as Windows-1252")]


def _as_windows(line: bytes) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:  # five bytes mean nothing in Windows-1252
        return line.decode("latin-1")


def _with_crlf(text: str) -> str:
    """The text with every line ended by CRLF, the last too, and without its NUL characters, which no store takes."""
    if "\0" in text:
        text = text.replace("\0", "")
    pairs = text.count("\r\n")
    if not pairs == text.count("\n") == text.count("\r"):
        text = _ODD_LINE_END.sub("\r\n", text)
    if text and not text.endswith("\r\n"):
        text += "\r\n"
    return text


def _without_blank_lines(text: str) -> str:
    """Blank lines say nothing, and other programs stumble over them."""
    while "\r\n\r\n" in text:
        text = text.replace("\r\n\r\n", "\r\n")
    return text


class _Cutter:
    """The state of one pass over the BEGIN and END lines of a text."""

    def __init__(self, text: str) -> None:
        self.source = _Source(text, [])
        self.problems: list[Problem] = []
        self.roots: list[Component] = []
        self.open: list[Component] = []
        self.too_deep: list[str] = []

    def complain(self, line: int, name: str, reason: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(line, name, reason))

    def mend(self, start: int, stop: int, replacement: str) -> None:
        self.source.mends.append((start, stop, replacement))

    def begin(self, name: str, start: int, stop: int, line: int) -> None:
        if name in _SIBLINGS or name in ("VCALENDAR", "VCARD"):
            while self.open and (name == "VCALENDAR" or self.open[-1].name != "VCALENDAR"):
                if name == "VCARD" and self.open[-1].name == "VCARD":
                    break  # vCard 2.1 nests cards (AGENT)
                self.close_unended(start, line)
        if len(self.open) >= MAX_DEPTH:
            self.too_deep.append(name)
            return
        component = Component(name, line, [], self.source, start, stop, len(self.source.mends))
        if self.source.text[start:stop] != f"BEGIN:{name}\r\n":
            self.mend(start, stop, f"BEGIN:{name}\r\n")
        (self.open[-1].children if self.open else self.roots).append(component)
        self.open.append(component)

    def end(self, name: str, start: int, stop: int, line: int) -> None:
        if self.too_deep and self.too_deep[-1] == name:
            self.too_deep.pop()
            return
        if not any(component.name == name for component in self.open):
            self.complain(line, "END", f"END:{name} without its BEGIN was left out")
            self.mend(start, stop, "")
            return
        while self.open[-1].name != name:
            self.close_unended(start, line)
        self.end_the_deep(start)
        if self.source.text[start:stop] != f"END:{name}\r\n":
            self.mend(start, stop, f"END:{name}\r\n")
        self.close(stop)

    def close_unended(self, position: int, line: int) -> None:
        name = self.open[-1].name
        self.complain(line, "END", f"the END of the {name} that begins on line {self.open[-1].line} is missing")
        self.end_the_deep(position)
        self.mend(position, position, f"END:{name}\r\n")
        self.close(position)

    def end_the_deep(self, position: int) -> None:
        """Put the END of what is nested too deep to be a component where the component that holds it ends."""
        if self.too_deep:
            self.mend(position, position, "".join(f"END:{name}\r\n" for name in reversed(self.too_deep)))
            self.too_deep.clear()

    def close(self, stop: int) -> None:
        component = self.open.pop()
        component._stop, component._last_mend = stop, len(self.source.mends)


def cut(text: str) -> tuple[list[Component], list[Problem]]:
    """Cut a text with CRLF line ends into its outermost components. Never raises.

    A missing END is put where the next thing begins that cannot stand inside; an END of nothing is left out. What is
    nested deeper than MAX_DEPTH stays in the text of its parent but is no component of its own.
    """
    text = "\n" + text
    cutter = _Cutter(text)
    line, position = 1, 1
    for border in _BORDER.finditer(text):
        start = border.start() + 1
        line += text.count("\n", position, start)
        position = start
        name = _FOLD_POINT.sub("", border[2]).strip().upper()
        if len(border[1]) == len("BEGIN"):
            cutter.begin(name, start, border.end() + 1, line)
        else:
            cutter.end(name, start, border.end() + 1, line)
    line += text.count("\n", position)
    while cutter.open:
        cutter.close_unended(len(text), line)
    return cutter.roots, cutter.problems


def unfold(text: str) -> list[str]:
    """The logical lines of a text with CRLF line ends, without empty ones."""
    return [line for line in text.replace("\r\n ", "").replace("\r\n\t", "").split("\r\n") if line]


def raw_lines(text: str) -> list[str]:
    """The same lines as they stand, folds and line ends in them: joined they are the text again."""
    return [line for line in _LINE_START.split(text) if line]


def fold(line: str) -> str:
    """A logical line as it is written: ended by CRLF, folded at 75 octets without cutting a character."""
    if len(line) * 4 <= MAX_OCTETS:
        return line + "\r\n"
    data = line.encode("utf-8", "replace")
    pieces, start, room = [], 0, MAX_OCTETS
    while len(data) - start > room:
        stop = start + room
        while data[stop] & 0xC0 == 0x80:
            stop -= 1
        pieces.append(data[start:stop])
        start, room = stop, MAX_OCTETS - 1  # the blank of the fold counts
    pieces.append(data[start:])
    return b"\r\n ".join(pieces).decode() + "\r\n"


def parse_property(line: str) -> Property | None:
    """Take a logical line apart; None if it is none (no colon, or what stands before it is no name)."""
    head, colon, value = line.partition(":")
    if '"' in head:
        whole = _HEAD.match(line)
        if whole is not None:
            head, value = line[: whole.end() - 1], line[whole.end() :]
    if not colon:
        return None
    name, params = _parse_head(head)
    return Property(name, params, value) if name else None


@lru_cache(maxsize=4096)
def _parse_head(head: str) -> tuple[str, Mapping[str, str]]:
    """Name and parameters; heads repeat in a file, so each is parsed once. No name: not the head of a content line."""
    name = head.partition(";")[0].strip().upper()
    if not _NAME.fullmatch(name):
        return "", _NO_PARAMS
    if ";" not in head:
        return name, _NO_PARAMS
    params: dict[str, str] = {}
    for key, value in _PARAM.findall(head):
        plain = value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' and '"' not in value[1:-1] else value
        params.setdefault(key.strip().upper(), _CARET.sub(lambda found: _CARETS[found[1]], plain))
    return name, MappingProxyType(params)


def quote_param(value: str) -> str:
    """A parameter's value in quotes, with line breaks, quotes and carets as RFC 6868 writes them."""
    value = plain_text(value).replace("^", "^^").replace("\n", "^n").replace('"', "^'")
    return f'"{value}"'


def escape(text: str) -> str:
    """A TEXT value as it is written (RFC 5545 §3.3.11). Control characters are left out: no reader takes them."""
    text = plain_text(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n")


def unescape(value: str) -> str:
    """What a TEXT value says. A backslash before anything that needs none stays."""
    if "\\" in value:
        value = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
    return value if value.isprintable() else plain_text(value)


def split_escaped(value: str, separator: str = ",") -> list[str]:
    """The unescaped items of a list of TEXT values."""
    if "\\" not in value:
        return [unescape(item) for item in value.split(separator)]
    items = re.split(rf"((?:\\.|[^\\{separator}])*){separator}", value + separator)
    return [unescape(item) for item in items[1::2]]


def plain_text(text: str) -> str:
    """Text with plain line feeds and without control characters or halves of characters."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROL)
    return text.encode("utf-8", "ignore").decode()
