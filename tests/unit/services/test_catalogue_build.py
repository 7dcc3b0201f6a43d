import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scplanner.errors import PlannerError
from scplanner.formats import ics
from scplanner.paths import data_dir_bundled
from scplanner.services.catalogue_build import build, main, read_folder
from scplanner.sources.catalogue import bundled_catalogue


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the bundled data that may be spoilt."""
    folder = tmp_path / "data"
    shutil.copytree(data_dir_bundled(), folder)
    return folder


def test_the_bundled_catalogue_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert "up to date" in capsys.readouterr().out


def test_the_same_source_gives_the_same_bytes() -> None:
    assert build(data_dir_bundled()) == build(data_dir_bundled()) == bundled_catalogue().data


def test_the_built_file_reads_back_as_the_events_of_the_source() -> None:
    read = ics.read(bundled_catalogue().data)
    assert [problem for parsed in read.events for problem in parsed.problems] == []
    assert read.problems == ()
    events = [replace(parsed.event, text_hash="", shell_hash="", base_hash="") for parsed in read.events]
    assert events == list(read_folder(data_dir_bundled()).events)


def test_the_built_file_says_that_it_is_whole_and_of_which_day() -> None:
    built = bundled_catalogue()
    read = ics.read(built.data)
    assert read.is_whole
    assert read.catalogue == built.version.isoformat()
    assert (read.name, built.source) == ("Smart-city catalogue", "catalogue.ics")
    assert built.version >= date(2026, 11, 22)


def test_a_changed_source_makes_the_built_file_stale(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    year = data / "catalogue" / "2023.toml"
    before = (data / "catalogue.ics").read_bytes()
    year.write_text(
        year.read_text(encoding="utf-8").replace("Smart City Day 2023", "Smart City Day XI"), encoding="utf-8"
    )
    assert main(["--check"], data) == 1
    assert "not up to date" in capsys.readouterr().err
    assert (data / "catalogue.ics").read_bytes() == before, "a check writes nothing"
    assert main([], data) == 0
    assert b"SUMMARY:Smart City Day XI\r\n" in (data / "catalogue.ics").read_bytes()
    assert main(["--check"], data) == 0


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('city = "Oulu"', 'city = "Ouluu"', "power-up-your-city-2023: unknown city 'Ouluu' in FI"),
        ("end = 2023-11-17", "end = 2023-11-15", "the end, 2023-11-15, is before the start, 2023-11-16"),
        ('slug = "icec-2023"', 'slug = "sccon-2023"', "sccon-2023: this slug is there twice"),
        ('parent = "smart-city-expo-shanghai-2023"', 'parent = "expo"', "gsc-summit-2023: unknown parent 'expo'"),
    ],
)
def test_a_fault_of_the_source_fails_the_build(data: Path, old: str, new: str, reason: str) -> None:
    year = data / "catalogue" / "2023.toml"
    text = year.read_text(encoding="utf-8")
    assert old in text
    year.write_text(text.replace(old, new, 1), encoding="utf-8")
    before = (data / "catalogue.ics").read_bytes()
    with pytest.raises(PlannerError) as caught:
        build(data)
    assert reason in caught.value.message
    assert "2023.toml:" in caught.value.message
    assert main([], data) == 1
    assert (data / "catalogue.ics").read_bytes() == before


def test_a_missing_source_is_a_fault(data: Path) -> None:
    year = data / "catalogue" / "2011.toml"
    lines = year.read_text(encoding="utf-8").splitlines()
    year.write_text("\n".join(line for line in lines if not line.startswith("source")), encoding="utf-8")
    with pytest.raises(PlannerError, match="scewc-2011: source is missing"):
        build(data)
