"""Rules of the house that no linter knows."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "scplanner"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
LOCKS = [ROOT / "constraints.txt", ROOT / "constraints-dev.txt"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LONGEST = 500
DRAWERS = {"utils", "util", "common", "helpers", "helper", "misc", "manager", "managers"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def project_name(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return re.sub(r"[-_.]+", "-", match[0]).lower()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_is_left_undone_in_a_comment(path: Path) -> None:
    assert not re.findall(r"\b(?:TODO|FIXME|XXX)\b", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_the_event_loop_is_never_turned_by_hand(path: Path) -> None:
    assert "processEvents" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_is_a_drawer(path: Path) -> None:
    assert not DRAWERS & set(path.relative_to(PACKAGE).with_suffix("").parts)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_folder_of_modules_is_a_package(path: Path) -> None:
    assert (path.parent / "__init__.py").is_file()


def imported_by(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_services_reach_the_adapters(path: Path) -> None:
    layer = path.relative_to(PACKAGE).with_suffix("").parts[0]
    adapters = {"store", "formats", "sources"} - {layer}
    reached = {name for name in imported_by(path) if name.startswith("scplanner.") and name.split(".")[1] in adapters}
    assert layer == "services" or not reached


@pytest.mark.parametrize("lock", LOCKS, ids=name_of)
def test_pins_name_no_host(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.findall(r"^\s*--(?!hash=)", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS, ids=name_of)
def test_every_requirement_is_pinned_with_a_hash(lock: Path) -> None:
    for requirement in re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip()):
        assert re.match(r"[a-z0-9-]+==\S+", requirement), requirement
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", requirement), requirement


@pytest.mark.parametrize(
    ("lock", "extras"), [(LOCKS[0], ["test"]), (LOCKS[1], ["test", "dev"])], ids=["constraints", "constraints-dev"]
)
def test_every_dependency_is_among_the_pins(lock: Path, extras: list[str]) -> None:
    project = PROJECT["project"]
    wanted = [*project["dependencies"], *PROJECT["build-system"]["requires"]]
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    pinned = set(re.findall(r"^([a-z0-9-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE))
    assert {project_name(requirement) for requirement in wanted} <= pinned


def test_both_files_of_pins_agree() -> None:
    short, long = (set(re.findall(r"^\S+==[^\s;]+", lock.read_text(encoding="utf-8"), re.MULTILINE)) for lock in LOCKS)
    assert short <= long


def test_the_version_stands_in_two_places_and_is_one() -> None:
    import scplanner

    assert PROJECT["project"]["version"] == scplanner.__version__


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "unit").rglob("test_*.py")), ids=name_of)
def test_unit_tests_lie_where_their_module_lies(path: Path) -> None:
    folder = path.relative_to(ROOT / "tests" / "unit").parent
    assert (PACKAGE / folder).is_dir()


def test_test_files_have_names_of_their_own_in_each_folder() -> None:
    assert TESTS
    assert all(re.fullmatch(r"test_[a-z0-9_]+\.py", path.name) for path in TESTS)


def test_the_decisions_are_numbered_without_gaps_and_say_all_three_things() -> None:
    records = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text(encoding="utf-8")
        assert re.match(rf"# {int(record.name[:4])}\. ", text), record.name
        for heading in ("## Context", "## Decision", "## Consequences"):
            assert heading in text, f"{record.name} lacks {heading}"


def test_make_knows_the_verbs_of_dev() -> None:
    verbs = re.findall(r"^  ([a-z]+) ", (ROOT / "dev.py").read_text(encoding="utf-8"), re.MULTILINE)
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony
    assert phony[1].split() == verbs
