"""Text made comparable for search (case, accents, letters that Unicode does not decompose), and fit to be kept."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that NFKD leaves whole, though people type them plain (ADR 0008).
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "ħ": "h", "ŧ": "t"}
)
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


def fold(text: str) -> str:
    """Lower case without accents: `Łódź` → `lodz`, `Tromsø` → `tromso`, `Straße` → `strasse`."""
    if text.isascii():
        return text.lower()
    return _FOREIGN.sub(_fold_match, text.casefold())


def _fold_match(found: re.Match[str]) -> str:
    return _fold_run(found[0])


@lru_cache(maxsize=4096)
def _fold_run(run: str) -> str:
    """A run of letters beyond ASCII. Texts hold few different ones, so whole descriptions are folded at little cost."""
    decomposed = unicodedata.normalize("NFKD", run)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_LETTERS)


def as_text(name: str) -> str:
    """A name as text that can be kept and shown: bytes that are no text, as names of files may hold, become `?`."""
    return name.encode("utf-8", "replace").decode()


def has_unspaced_script(text: str) -> bool:
    """True if it holds letters of a script written without spaces (Han, kana, Thai, Lao, Khmer, Myanmar)."""
    return any(
        "\u0e00" <= char <= "\u0eff"
        or "\u1000" <= char <= "\u109f"
        or "\u1780" <= char <= "\u17ff"
        or "\u3040" <= char <= "\u30ff"
        or "\u3400" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or char >= "\U00020000"
        for char in text
    )
