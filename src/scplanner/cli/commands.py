"""The table of commands: each a parser of its own and a function (workspace, options) → exit code."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from scplanner.services.workspace import Workspace

Run: TypeAlias = Callable[["Workspace", argparse.Namespace], int]


class Commands:
    """Adds commands to a parser; every one understands `--json`."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._parsers = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(self, name: str, run: Run, summary: str) -> argparse.ArgumentParser:
        """Add a command; what it does is `run`'s to say."""
        parser = self._parsers.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
        parser.set_defaults(run=run)
        return parser

    def group(self, name: str, summary: str) -> Commands:
        """Add a command that has commands of its own."""
        parser = self._parsers.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        return Commands(parser)
