"""Whether two titles may name the same event: alike as text, and nothing in them that tells events apart.

"Smart City Expo World Congress 2023" and "Smart City Expo - World Congress" may; "Workshop 1" and "Workshop 2",
"Morning session" and "Evening session" never, however alike they look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from scplanner.domain.folding import fold

SIMILAR_ENOUGH = 85.0
"""What rapidfuzz's token_sort_ratio has to reach (here the ratio of lines whose words are sorted already)."""

_WORDS = re.compile(r"\w+")
_ACRONYM = re.compile(r"\(([A-Z][A-Z0-9]{1,7})\)")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)$")
_YEAR = re.compile(r"(?:19|20|21)\d\d$")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
_FILLERS = frozenset(
    {"a", "an", "and", "at", "by", "das", "de", "del", "der", "des", "di", "die", "du", "edition", "el", "et",
     "für", "fur", "in", "la", "las", "le", "les", "los", "of", "on", "the", "und", "y", "zu"}
)  # fmt: skip
_TYPO = 85.0
_SHORTEST_TYPO = 4


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart. `line` holds its words and numbers sorted, without years, ordinals and fillers."""

    line: str
    words: frozenset[str]
    numbers: frozenset[str]
    ordinals: frozenset[str]
    years: frozenset[str]


def normalised(title: str) -> str:
    """The title as matching by equality sees it: folded, without punctuation and doubled spaces."""
    return " ".join(_WORDS.findall(fold(title)))


@lru_cache(maxsize=65_536)
def taken_apart(title: str) -> Title:
    """The words and numbers of a title. An acronym in brackets is dropped: "Smart Country Convention (SCCON)"."""
    bare = _ACRONYM.sub(lambda found: found[0] if found[1].lower() in _ROMAN else " ", title)
    tokens = _WORDS.findall(fold(bare))
    line, words, numbers, ordinals, years = [], set(), set(), set(), set()
    for token in tokens:
        if ordinal := _ORDINAL.match(token):
            ordinals.add(ordinal[1])
            continue
        if _YEAR.match(token):
            years.add(token)
            continue
        if token in _FILLERS:
            continue
        line.append(token)
        if token in _ROMAN:
            numbers.add(_ROMAN[token])
        elif any(char.isdigit() for char in token):
            numbers.add(token.lstrip("0") or "0")
        else:
            words.add(token)
    return Title(" ".join(sorted(line)), frozenset(words), frozenset(numbers), frozenset(ordinals), frozenset(years))


def may_be_same(one: str, other: str, *, city: str = "") -> bool:
    """Whether two events at one place and time, so titled, may be one. The name of the `city` tells nothing apart."""
    first, second = taken_apart(one), taken_apart(other)
    if not first.line or not second.line:
        return False
    if (
        _differ(first.years, second.years)
        or _differ(first.ordinals, second.ordinals)
        or first.numbers != second.numbers
    ):
        return False
    if _ratio(first.line, second.line) < SIMILAR_ENOUGH:
        return False
    return not _distinguishing(first.words - second.words, second.words - first.words, frozenset(fold(city).split()))


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Both say a number, and not the same: one that is left unsaid tells nothing."""
    return bool(one and other and one != other)


def _distinguishing(one: frozenset[str], other: frozenset[str], city: frozenset[str]) -> bool:
    """Whether a word on either side has no partner on the other that is it misspelt or in the plural."""
    rest = set(other - city)
    for word in one - city:
        partner = next((candidate for candidate in rest if _is_misspelt(word, candidate)), None)
        if partner is None:
            return True
        rest.discard(partner)
    return bool(rest)


def _is_misspelt(one: str, other: str) -> bool:
    if _singular(one) == _singular(other):
        return True
    if min(len(one), len(other)) < _SHORTEST_TYPO:
        return False
    return _ratio(one, other) >= _TYPO


def _ratio(one: str, other: str) -> float:
    # Imported where titles are compared at all: the start of the window does without.
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word.removesuffix("s")
