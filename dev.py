#!/usr/bin/env python3
"""Makes the environment, then runs, tests or checks scplanner. Needs nothing but Python.

usage: python3 dev.py VERB [arguments]      (Windows: py dev.py VERB)

  run [arguments]       open the window, or do what the arguments say (see: run --help)
  test [arguments]      every test, without a screen; arguments go to pytest
  check [parts] [--fix] format, lint, types, imports, catalogue, tests: all of them, or those named
  bench [arguments]     measure speed and size
  pictures [arguments]  draw the pictures of the README anew
  catalogue [--check]   build the bundled catalogue from its sources, or see that it is up to date
  translations [pl …]   collect the texts to translate, for new languages too, and compile what is translated
  lock                  pin the dependencies anew (needs uv); do this after a change of pyproject.toml
"""

from __future__ import annotations

import ctypes.util
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
LOCK = ROOT / "constraints.txt"
LOCK_DEV = ROOT / "constraints-dev.txt"
EXTRAS = {LOCK: ("test",), LOCK_DEV: ("test", "dev")}

# What Qt loads from the system on Linux: library → Debian package.
OFFSCREEN_LIBRARIES = {
    "EGL": "libegl1",
    "GL": "libgl1",
    "xkbcommon": "libxkbcommon0",
    "fontconfig": "libfontconfig1",
    "dbus-1": "libdbus-1-3",
    "glib-2.0": "libglib2.0-0",
}
WINDOW_LIBRARIES = {
    "xcb-cursor": "libxcb-cursor0",
    "xcb-icccm": "libxcb-icccm4",
    "xcb-keysyms": "libxcb-keysyms1",
    "xcb-shape": "libxcb-shape0",
    "xkbcommon-x11": "libxkbcommon-x11-0",
}
LIBRARY_FOLDERS = ("/lib", "/usr/lib", "/usr/lib64", "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu")

PARTS = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "types": ["-m", "mypy"],
    "imports": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
    "catalogue": ["-m", "scplanner.services.catalogue_build", "--check"],
    "tests": ["-m", "pytest"],
}
FIXES = {"format": ["-m", "ruff", "format", "."], "lint": ["-m", "ruff", "check", "--fix", "."]}


class StopError(Exception):
    """Nothing more can be done here; the sentence says why and what to do."""


def say(text: str) -> None:
    """Tell the person what is being done."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


def has_library(name: str) -> bool:
    """Say whether the system's loader would find a shared library."""
    if ctypes.util.find_library(name):
        return True
    return any(any(Path(folder).glob(f"lib{name}.so*")) for folder in LIBRARY_FOLDERS)


def missing_packages(*, window: bool) -> list[str]:
    """Return the Debian packages this system lacks for Qt and for making environments."""
    libraries = {**OFFSCREEN_LIBRARIES, **(WINDOW_LIBRARIES if window else {})}
    missing = [package for library, package in libraries.items() if not has_library(library)]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return missing


def apt_prefix() -> list[str] | None:
    """Return what stands before apt-get so that it may install without asking; None if it may not."""
    if os.name != "posix" or not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        may = subprocess.run(["sudo", "-n", "true"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if may.returncode == 0:
            return ["sudo", "-n"]
    return None


def install_system_packages(missing: list[str]) -> None:
    """Install Debian packages, or stop with the one command that does it."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    by_hand = "sudo " + " ".join(command)
    prefix = apt_prefix()
    if prefix is None:
        raise StopError(f"packages of the system are missing. Install them, then run this again:\n\n  {by_hand}\n")
    say(f"installing packages of the system: {' '.join(missing)}")
    setting = ["env", "DEBIAN_FRONTEND=noninteractive"]
    for step in (["apt-get", "update", "-q"], command):
        done = subprocess.run(
            [*prefix, *setting, *step],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode and step is command:
            raise StopError(
                f"{done.stdout}\napt-get could not install them. Try it by hand, then run this again:\n\n  {by_hand}\n"
            )


def ensure_system(*, window: bool) -> None:
    """See to it that what Qt needs of a Linux system is there."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages(window=window)
    if not missing:
        return
    if shutil.which("apt-get"):
        install_system_packages(missing)
    else:
        say(f"Qt may not start: some libraries were not found. Debian calls their packages {' '.join(missing)}")


def stamp_of(lock: Path) -> str:
    """Return a text that changes when an environment made from a file of pins is no longer right."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = [repr(project["project"]), repr(project["build-system"]), sys.version, str(ROOT), lock.read_text("utf-8")]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def is_stamped(lock: Path) -> bool:
    """Say whether the environment already holds what a file of pins names."""
    mark = VENV / f".{lock.stem}.stamp"
    return PYTHON.exists() and mark.is_file() and mark.read_text(encoding="ascii") == stamp_of(lock)


def install_environment() -> dict[str, str]:
    """Return the environment variables for installing: bytecode is written, nothing goes to the user's site."""
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME")
    }
    return {**environment, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


def pip(*arguments: str) -> None:
    """Run the environment's pip, or stop with a sentence."""
    command = [str(PYTHON), "-m", "pip", "install", "-q", *arguments]
    if subprocess.run(command, cwd=ROOT, env=install_environment(), stdin=subprocess.DEVNULL, check=False).returncode:
        raise StopError(
            "the packages could not be installed; the lines above say why. Is there a connection to the package index?"
        )


def make_environment() -> None:
    """Make .venv anew."""
    say(f"making the environment in {VENV}")
    base = getattr(sys, "_base_executable", None) or sys.executable
    made = subprocess.run([base, "-m", "venv", "--clear", str(VENV)], stdin=subprocess.DEVNULL, check=False)
    if made.returncode:
        raise StopError(f"{base} cannot make environments (python -m venv); the lines above say why.")


def ensure_environment(lock: Path) -> None:
    """See to it that .venv holds exactly the pinned packages of a file, and scplanner itself."""
    if is_stamped(lock) or (lock == LOCK and is_stamped(LOCK_DEV)):
        return
    if not (PYTHON.exists() and (lock == LOCK_DEV and is_stamped(LOCK))):
        make_environment()
    say(f"installing the packages pinned in {lock.name} (the first time about 110 MB; a minute or two)")
    pip("--require-hashes", "-r", str(lock))
    pip("--no-deps", "--no-build-isolation", "-e", ".")
    (VENV / f".{lock.stem}.stamp").write_text(stamp_of(lock), encoding="ascii")
    say("the environment is ready")


def run_environment() -> dict[str, str]:
    """Return the environment variables for the program: a bare system has no UTF-8 locale set."""
    environment = dict(os.environ)
    if sys.platform.startswith("linux") and not any(environment.get(n) for n in ("LC_ALL", "LC_CTYPE", "LANG")):
        environment["LC_CTYPE"] = "C.UTF-8"
    return environment


def test_environment(runtime: str) -> dict[str, str]:
    """Return the environment variables for tests: no screen, and a runtime folder that Qt accepts."""
    environment = run_environment()
    if not environment.get("SCPLANNER_TEST_ON_SCREEN"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    if sys.platform.startswith("linux"):
        environment.setdefault("XDG_RUNTIME_DIR", runtime)
    return environment


def python(arguments: list[str], environment: dict[str, str]) -> int:
    """Run the environment's Python and return its exit status."""
    here = None if arguments[:2] == ["-m", "scplanner"] else ROOT  # files named to the program are the user's
    return subprocess.run([str(PYTHON), *arguments], cwd=here, env=environment, check=False).returncode


def choose_parts(arguments: list[str]) -> tuple[list[str], bool]:
    """Return the parts of the check that are asked for, and whether to mend what can be mended."""
    names = [argument for argument in arguments if argument != "--fix"]
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        raise StopError(f"check has no part {unknown[0]!r}; its parts are {', '.join(PARTS)}.")
    return names or list(PARTS), "--fix" in arguments


def check(arguments: list[str], environment: dict[str, str]) -> int:
    """Run the parts of the check one after another, all of them even if one fails."""
    parts, fix = choose_parts(arguments)
    failed = []
    for part in parts:
        say(f"check: {part}")
        if fix and part in FIXES:
            python(FIXES[part], environment)
        if python(PARTS[part], environment):
            failed.append(part)
    say(f"check: failed: {', '.join(failed)}" if failed else f"check: passed: {', '.join(parts)}")
    return 1 if failed else 0


def translate(languages: list[str], environment: dict[str, str]) -> int:
    """Bring resources/translations/scplanner_*.ts up to date and compile each; a new language begins with its name."""
    folder = ROOT / "resources" / "translations"
    folder.mkdir(exist_ok=True)
    known = {file.stem.removeprefix("scplanner_") for file in folder.glob("scplanner_*.ts")}
    if not known and not languages:
        raise StopError("there is no translation yet; begin one by its language: dev.py translations pl")
    sources = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "src" / "scplanner" / "ui").rglob("*.py"))
    for language in sorted(known | set(languages)):
        file = folder / f"scplanner_{language}.ts"
        for tool, words in (("lupdate", [*sources, "-no-obsolete", "-ts", str(file)]), ("lrelease", [str(file)])):
            if python(["-c", f"from PySide6.scripts.pyside_tool import {tool} as tool; tool()", *words], environment):
                return 1
    return 0


def lock_dependencies() -> int:
    """Pin every dependency, with hashes and without naming an index."""
    import tomllib

    uv = shutil.which("uv")
    if uv is None:
        raise StopError("lock needs uv on the path (pipx install uv).")
    requires = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    for lock, extras in EXTRAS.items():
        say(f"pinning {lock.name}")
        command = [uv, "pip", "compile", "pyproject.toml", "-", "-q", "--universal", "--generate-hashes", "--no-header"]
        command += ["--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "-o", lock.name]
        command += [word for extra in extras for word in ("--extra", extra)]
        command += ["-c", LOCK.name] if lock != LOCK else ["--upgrade"]
        subprocess.run(command, cwd=ROOT, input="\n".join(requires), text=True, check=True)
    return 0


def perform(verb: str, arguments: list[str], runtime: str) -> int:
    """Make what the verb needs, do it, and return the exit status."""
    if verb == "lock":
        return lock_dependencies()
    if verb == "check":
        choose_parts(arguments)
    ensure_system(window=verb == "run")
    ensure_environment(LOCK_DEV if verb == "check" else LOCK)
    tests = test_environment(runtime)
    if verb == "run":
        return python(["-m", "scplanner", *arguments], run_environment())
    if verb == "check":
        return check(arguments, tests)
    if verb == "translations":
        return translate(arguments, tests)
    if verb == "bench":
        python(["-m", "compileall", "-q", "src"], install_environment())
    commands = {
        "test": ["-m", "pytest", *arguments],
        "bench": ["-m", "pytest", "tests/benchmarks", "-s", *arguments],
        "pictures": ["tests/pictures.py", *arguments],
        "catalogue": ["-m", "scplanner.services.catalogue_build", *arguments],
    }
    return python(commands[verb], tests)


def main(arguments: list[str]) -> int:
    """Do what the command line asks for and return the exit status."""
    verb, rest = (arguments or [""])[0], arguments[1:]
    if verb not in ("run", "test", "check", "bench", "pictures", "catalogue", "translations", "lock"):
        print(__doc__)
        return 0 if verb in ("help", "-h", "--help") else 2
    if sys.version_info < OLDEST:
        raise StopError(
            f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; {sys.executable} is {sys.version.split()[0]}."
        )
    with tempfile.TemporaryDirectory() as runtime:
        return perform(verb, rest[1:] if rest[:1] == ["--"] else rest, runtime)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except StopError as stop:
        sys.exit(f"dev.py: {stop}")
    except KeyboardInterrupt:
        sys.exit(130)
