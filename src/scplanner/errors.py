"""The errors a person is told about; anything else that is raised is a bug.

What a *file* gets wrong is data (a ``Problem`` in the review) and never one of these.
"""


class PlannerError(Exception):
    """Something that could not be done, with what happened and what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message


class StoreLocked(PlannerError):
    """Another program holds the database and did not let go in time."""


class NewerDatabase(PlannerError):
    """The database was written by a newer version of this program."""


class CorruptDatabase(PlannerError):
    """The database cannot be read as one."""


class ReadOnlyData(PlannerError):
    """The data folder or the database may not be written to."""


class DiskFull(PlannerError):
    """There is no room left for what was to be written."""


class ConflictingChange(PlannerError):
    """What was to be changed is no longer as it was when the change was made."""


class UnreadableFile(PlannerError):
    """A file cannot be opened, or is none of the kinds that can be read."""


class NothingToDo(PlannerError):
    """There is nothing the command could work on: nothing to undo, nothing chosen."""
