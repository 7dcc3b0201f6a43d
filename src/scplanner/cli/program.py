"""The program on the command line: what it understands, and how everything that can go wrong is told."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from scplanner import __version__
from scplanner.cli import exchange, output, reading, writing
from scplanner.cli.arguments import day
from scplanner.cli.commands import Commands
from scplanner.domain.changes import Origin
from scplanner.domain.folding import as_text
from scplanner.errors import CorruptDatabase, PlannerError
from scplanner.paths import UserPaths
from scplanner.services import upkeep
from scplanner.services.workspace import Workspace

log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say and return the exit status; never raises. The window is `scplanner.main`'s to open."""
    output.use_utf8()
    try:
        options = build_parser().parse_args(_as_text(sys.argv[1:] if arguments is None else arguments))
    except SystemExit as stop:  # argparse has told what is wrong, or printed the help
        return stop.code if isinstance(stop.code, int) else output.WRONG_USE
    paths = UserPaths.at(options.data_dir) if options.data_dir else UserPaths.default()
    as_json = getattr(options, "json", False)
    try:
        return _run(options, paths)
    except PlannerError as error:
        output.tell_error(error, as_json=as_json)
        return output.NOTHING_DONE
    except KeyboardInterrupt:
        output.tell(output.STOPPED)
        return output.INTERRUPTED
    except BrokenPipeError:  # whoever read our output has gone, as `| head` does
        output.drop_output()
        return output.DONE
    except OSError as error:  # what services do with files they tell themselves: this is the output
        output.drop_output()
        output.tell_error(_refused(error, paths), as_json=False)
        return output.NOTHING_DONE
    except Exception as error:  # noqa: BLE001  (a traceback is nothing to show to a person)
        output.tell_error(_unexpected(error, paths), as_json=as_json)
        return output.NOTHING_DONE


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="scplanner",
        description="A calendar for people who work on smart cities. Without a command it shows the window.",
    )
    parser.add_argument("--version", action="version", version=f"scplanner {__version__}")
    parser.add_argument("--data-dir", type=_folder, metavar="DIR", help="the folder that holds everything")
    parser.add_argument("--today", type=day, metavar="YYYY-MM-DD", help="act as on that day")
    commands = Commands(parser)
    window = commands.add("gui", _no_window, "show the window; files are brought in with a review")
    window.add_argument("files", nargs="*", type=Path, metavar="FILE")
    for area in (exchange, reading, writing):
        area.add_commands(commands)
    return parser


def _as_text(arguments: Sequence[str]) -> list[str]:
    """The arguments, with bytes that are no text of this system told as such; files may be named by any bytes."""
    return [each if os.path.lexists(each) else as_text(each) for each in arguments]


def _folder(text: str) -> str:
    """A folder's name. An empty one, of a variable that is not set, is not to mean the default folder."""
    if not text.strip():
        raise argparse.ArgumentTypeError("name a folder")
    return text


def _run(options: argparse.Namespace, paths: UserPaths) -> int:
    workspace = _open(options, paths)
    workspace.origin = Origin.CLI
    try:
        with suppress(PlannerError):  # what can't be backed up can still be read; a command that writes will say why
            upkeep.run(workspace)
        code: int = options.run(workspace, options)
        sys.stdout.flush()
        return code
    finally:
        workspace.close()


def _open(options: argparse.Namespace, paths: UserPaths) -> Workspace:
    """Open the data folder. For `restore` a damaged database is put aside first: that is what one restores for."""
    from scplanner.services import opening, recovery

    try:
        return opening.open_workspace(paths, today=options.today)
    except CorruptDatabase:
        if options.run is not writing.restore_command:
            raise
        workspace = recovery.recover(paths, today=options.today)
        output.tell("The damaged database was put aside in the data folder.")
        return workspace


def _no_window(workspace: Workspace, options: argparse.Namespace) -> int:  # noqa: ARG001
    raise PlannerError("There is no window to show from here.", "Start it: scplanner gui")


def _refused(error: OSError, paths: UserPaths) -> PlannerError:
    _log(error, paths)
    return PlannerError(f"The output can't be written: {error.strerror or error}.", "Send it somewhere else.")


def _unexpected(error: Exception, paths: UserPaths) -> PlannerError:
    """The sentence for a bug of ours; what a developer needs goes to the log."""
    where = f"Please report it with what {paths.log} says." if _log(error, paths) else "Please report it."
    return PlannerError(f"Something went wrong in the program itself: {type(error).__name__}: {error}", where)


def _log(error: Exception, paths: UserPaths) -> bool:
    """Write an error into the log; whether that was possible."""
    try:
        handler = logging.FileHandler(paths.log, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        log.addHandler(handler)
        log.propagate = False
        try:
            log.error("unexpected error", exc_info=error)
        finally:
            log.removeHandler(handler)
            log.propagate = True
            handler.close()
    except OSError:
        return False
    return True
