"""The command line: a contract for scripts (names, JSON and exit codes stay). No Qt; the same services as the window."""

from scplanner.cli.program import main

__all__ = ["main"]
