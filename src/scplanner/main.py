"""Where everything starts: the window, or one command and the end. Knows all layers, and imports only what is needed."""

from __future__ import annotations

import builtins
import gc
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from logging.handlers import RotatingFileHandler
from pathlib import Path

from scplanner.paths import UserPaths

INTERRUPTED = 130
LOG_BYTES = 1_000_000
SWITCH_SECONDS = 0.0005
"""How long a working thread keeps the interpreter from the GUI thread that wants it. The 5 ms that Python takes otherwise
are waited for anew with every row SQLite gives and every event Qt tells."""
_PLAIN_IMPORT = builtins.__import__


@dataclass
class WindowRequest:
    """What the window was asked for on the command line."""

    data_dir: str = ""
    today: date | None = None
    files: list[Path] = field(default_factory=list)


def main(argv: Sequence[str] | None = None) -> int:
    """Run scplanner; without a command, or with `gui`, the window opens. Returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    request = read_window_request(arguments)
    if request is None:
        try:
            from scplanner.cli import main as cli_main

            return cli_main(arguments)
        except KeyboardInterrupt:  # while it was still being imported
            return INTERRUPTED
    paths = UserPaths.at(request.data_dir) if request.data_dir else UserPaths.default()
    start_log(paths)
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.disable()  # Imports leave nothing behind to collect; the window's own collector takes over.
    import_qt()
    from scplanner.ui.application import run_window

    return run_window(paths, today=request.today, files=request.files)


def import_qt() -> None:
    """Import Qt, and have Python's own import statement back.

    PySide6 puts functions of its own before every import, to look for `__feature__` switches, which nobody here uses. The
    hundreds of modules that are still to come take a quarter less without.
    """
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = _PLAIN_IMPORT


def read_window_request(arguments: Sequence[str]) -> WindowRequest | None:
    """What the window is to do, or None if this is for the command line (a command, --help, or a mistake to explain)."""
    request = WindowRequest()
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        name, has_value, value = word.partition("=")
        if name in ("--data-dir", "--today"):
            if not has_value:
                if not rest:
                    return None
                value = rest.pop(0)
            if name == "--data-dir":
                if not value.strip():
                    return None
                request.data_dir = value
                continue
            try:
                request.today = date.fromisoformat(value)
            except ValueError:
                return None
        elif word == "gui":
            if any(part.startswith("-") for part in rest):
                return None
            request.files = [Path(part) for part in rest]
            return request
        else:
            return None
    return request


def start_log(paths: UserPaths) -> None:
    """Write the log into the data folder; one that cannot be written to goes without."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    try:
        paths.root.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(paths.log, maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(handler)
        _trace_crashes(paths.root / "crash.log")
    except OSError:
        root.addHandler(logging.NullHandler())


def _trace_crashes(path: Path) -> None:
    """Write down where the program was if it is brought down from below Python."""
    import faulthandler
    import threading

    stream = path.open("a", encoding="utf-8")
    faulthandler.enable(stream)

    def thread_failed(what: threading.ExceptHookArgs) -> None:
        error = what.exc_value or what.exc_type()
        logging.getLogger("scplanner.thread").error("a thread failed", exc_info=error)

    threading.excepthook = thread_failed


if __name__ == "__main__":
    sys.exit(main())
