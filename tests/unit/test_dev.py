"""The parts of dev.py that only decide; what they decide on is replaced."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n[build-system]\nrequires = []\n')
    (tmp_path / "constraints.txt").write_text("a==1\n")
    (tmp_path / "constraints-dev.txt").write_text("a==1\nb==1\n")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    for name, value in {
        "ROOT": tmp_path,
        "VENV": tmp_path / ".venv",
        "PYTHON": python,
        "LOCK": tmp_path / "constraints.txt",
        "LOCK_DEV": tmp_path / "constraints-dev.txt",
    }.items():
        monkeypatch.setattr(dev, name, value)
    return tmp_path


def test_help_names_every_verb(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["--help"]) == 0
    printed = capsys.readouterr().out
    assert all(f"\n  {verb} " in printed for verb in ("run", "test", "check", "bench", "pictures", "catalogue", "lock"))


def test_no_verb_and_a_wrong_one_are_wrong_use(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 2
    assert dev.main(["dance"]) == 2
    assert "usage" in capsys.readouterr().out


def test_an_old_python_is_told_so(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "OLDEST", (99, 0))
    with pytest.raises(dev.StopError, match=r"Python 99\.0 or newer is needed"):
        dev.main(["test"])


def test_a_missing_library_is_named_by_its_package(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "has_library", lambda name: name not in ("EGL", "xcb-cursor"))
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None)
    venv = f"python3.{sys.version_info.minor}-venv"
    assert dev.missing_packages(window=False) == ["libegl1", venv]
    assert dev.missing_packages(window=True) == ["libegl1", "libxcb-cursor0", venv]


def test_without_the_right_to_install_the_one_command_is_printed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "apt_prefix", lambda: None)
    with pytest.raises(dev.StopError) as stopped:
        dev.install_system_packages(["libegl1", "libgl1"])
    commands = [line.strip() for line in str(stopped.value).splitlines() if "apt-get" in line]
    assert commands == ["sudo apt-get install -y --no-install-recommends libegl1 libgl1"]


def test_a_system_without_apt_is_only_warned(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev, "missing_packages", lambda *, window: ["libegl1"])
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    dev.ensure_system(window=True)
    assert "libegl1" in capsys.readouterr().err


@pytest.mark.parametrize("changed", ["pyproject.toml", "constraints.txt"])
def test_the_environment_is_made_anew_when_what_it_was_made_from_changes(
    dev: ModuleType, checkout: Path, changed: str
) -> None:
    assert not dev.is_stamped(dev.LOCK)
    (checkout / ".venv" / ".constraints.stamp").write_text(dev.stamp_of(dev.LOCK))
    assert dev.is_stamped(dev.LOCK)
    path = checkout / changed
    path.write_text(path.read_text().replace("a==1", "a==2").replace('"x"', '"y"'))
    assert not dev.is_stamped(dev.LOCK)


def test_a_setting_of_a_tool_does_not_make_the_environment_anew(dev: ModuleType, checkout: Path) -> None:
    before = dev.stamp_of(dev.LOCK)
    with (checkout / "pyproject.toml").open("a") as file:
        file.write("[tool.ruff]\nline-length = 100\n")
    assert dev.stamp_of(dev.LOCK) == before


def test_only_what_is_missing_is_installed(dev: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(dev, "make_environment", lambda: done.append("venv"))
    monkeypatch.setattr(dev, "pip", lambda *arguments: done.append(arguments[-1].split("/")[-1]))
    dev.ensure_environment(dev.LOCK)
    assert done == ["venv", "constraints.txt", "."]
    done.clear()
    dev.ensure_environment(dev.LOCK)
    assert done == []
    dev.ensure_environment(dev.LOCK_DEV)
    assert done == ["constraints-dev.txt", "."]


def test_packages_are_installed_only_by_hash(dev: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "make_environment", lambda: None)
    monkeypatch.setattr(dev, "pip", lambda *arguments: calls.append(arguments))
    dev.ensure_environment(dev.LOCK)
    assert calls == [
        ("--require-hashes", "-r", str(dev.LOCK)),
        ("--no-deps", "--no-build-isolation", "-e", "."),
    ]


def test_installing_writes_bytecode(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PIP_USER", "1")
    environment = dev.install_environment()
    assert "PYTHONDONTWRITEBYTECODE" not in environment
    assert environment["PIP_USER"] == "0"


def test_tests_run_without_a_screen(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland")
    monkeypatch.delenv("SCPLANNER_TEST_ON_SCREEN", raising=False)
    assert dev.test_environment("/tmp")["QT_QPA_PLATFORM"] == "offscreen"
    monkeypatch.setenv("SCPLANNER_TEST_ON_SCREEN", "1")
    assert dev.test_environment("/tmp")["QT_QPA_PLATFORM"] == "wayland"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has bare systems without a locale")
def test_a_bare_system_gets_a_locale_that_qt_accepts(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert dev.run_environment()["LC_CTYPE"] == "C.UTF-8"
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert dev.run_environment() == dict(os.environ)


def test_check_runs_all_parts_or_those_named(dev: ModuleType) -> None:
    assert dev.choose_parts([]) == (list(dev.PARTS), False)
    assert dev.choose_parts(["--fix", "lint"]) == (["lint"], True)
    with pytest.raises(dev.StopError, match="'spelling'"):
        dev.choose_parts(["spelling"])


def test_check_goes_on_after_a_failure_and_says_which(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []

    def fail_lint(arguments: list[str], environment: dict[str, str]) -> int:
        ran.append(arguments[1])
        return int(arguments == dev.PARTS["lint"])

    monkeypatch.setattr(dev, "python", fail_lint)
    assert dev.check(["lint", "types"], {}) == 1
    assert ran == ["ruff", "mypy"]
    assert "failed: lint" in capsys.readouterr().err


def test_arguments_go_on_to_the_program(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(dev, "ensure_system", lambda *, window: None)
    monkeypatch.setattr(dev, "ensure_environment", lambda lock: None)
    monkeypatch.setattr(dev, "python", lambda arguments, environment: ran.append(arguments) or 0)
    assert dev.main(["run", "--", "--version"]) == 0
    assert dev.main(["test", "-k", "month"]) == 0
    assert ran == [["-m", "scplanner", "--version"], ["-m", "pytest", "-k", "month"]]
