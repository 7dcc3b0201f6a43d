"""The bundled gazetteer, read from its files the first time a place is asked for."""

from functools import lru_cache
from pathlib import Path

from scplanner.domain.gazetteer import Gazetteer, parse_gazetteer
from scplanner.paths import data_dir_bundled


def read_gazetteer(folder: Path) -> Gazetteer:
    """Read `cities.tsv` and `countries.tsv` of a folder. Raises OSError, or ValueError for other tables."""
    return parse_gazetteer(
        (folder / "cities.tsv").read_text(encoding="utf-8"),
        (folder / "countries.tsv").read_text(encoding="utf-8"),
    )


@lru_cache(maxsize=1)
def bundled_gazetteer() -> Gazetteer:
    """The gazetteer that comes with the program. Takes about a tenth of a second once; never call it at start."""
    return read_gazetteer(data_dir_bundled() / "gazetteer")
