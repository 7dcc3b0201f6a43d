"""Where the user's things lie, and how the program finds what comes with it."""

import dataclasses
import sys
from pathlib import Path

import platformdirs
import pytest

from scplanner import paths
from scplanner.paths import UserPaths

default = UserPaths.default  # before any fixture puts a folder of the test in its place


def test_everything_of_the_user_lies_under_the_one_folder(tmp_path: Path) -> None:
    user = UserPaths.at(tmp_path)
    places = [user.database, user.backups, user.files, user.settings, user.log, user.lock]
    assert all(place.parent == tmp_path for place in places)
    assert len(set(places)) == len(places)


def test_naming_a_folder_makes_nothing(tmp_path: Path) -> None:
    assert UserPaths.at(tmp_path / "new").root == tmp_path / "new"
    assert not (tmp_path / "new").exists()


def test_a_relative_folder_stays_the_same_when_the_working_folder_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    user = UserPaths.at("mine")
    monkeypatch.chdir("/")
    assert user.root == tmp_path / "mine"


def test_home_may_be_written_as_a_tilde() -> None:
    assert UserPaths.at("~/planner").root == Path.home() / "planner"


def test_default_is_the_folder_of_the_system() -> None:
    assert default().root == Path(platformdirs.user_data_dir("scplanner", appauthor=False))


def test_user_paths_cannot_be_changed(tmp_path: Path) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        UserPaths.at(tmp_path).root = tmp_path  # type: ignore[misc]


def test_resources_and_data_are_found_in_a_checkout() -> None:
    assert (paths.resources_dir() / "README.md").is_file()
    assert (paths.data_dir_bundled() / "README.md").is_file()


def test_a_frozen_program_finds_what_was_bundled_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "frozen" / "resources").mkdir(parents=True)
    monkeypatch.setattr(paths, "_HERE", tmp_path / "elsewhere" / "src" / "scplanner")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "frozen"), raising=False)
    assert paths.resources_dir() == tmp_path / "frozen" / "resources"


def test_an_installed_program_finds_what_lies_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scplanner" / "data").mkdir(parents=True)
    monkeypatch.setattr(paths, "_HERE", tmp_path / "scplanner")
    assert paths.data_dir_bundled() == tmp_path / "scplanner" / "data"


def test_a_folder_that_is_nowhere_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match="nothing-of-this-name"):
        paths.resource_folder("nothing-of-this-name")
