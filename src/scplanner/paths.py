"""Where things lie: the user's folder, and the resources and data that come with the program."""

import sys
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def resource_folder(name: str) -> Path:
    """Return a folder that comes with the program: in the package, the frozen program or the checkout."""
    candidates = (_HERE / name, Path(getattr(sys, "_MEIPASS", _HERE)) / name, _HERE.parent.parent / name)
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(name)


def resources_dir() -> Path:
    """Return the folder of icons, theme tokens and translations."""
    return resource_folder("resources")


def data_dir_bundled() -> Path:
    """Return the folder of the bundled catalogue and gazetteer."""
    return resource_folder("data")


@dataclass(frozen=True, slots=True)
class UserPaths:
    """The one folder that holds all that is the user's, and the places in it."""

    root: Path

    @classmethod
    def default(cls) -> "UserPaths":
        """Return the folder this system keeps a program's data in."""
        import platformdirs

        return cls(Path(platformdirs.user_data_dir("scplanner", appauthor=False)))

    @classmethod
    def at(cls, folder: Path | str) -> "UserPaths":
        """Return the paths under a folder the user named."""
        return cls(Path(folder).expanduser().absolute())

    @property
    def database(self) -> Path:
        """The database."""
        return self.root / "scplanner.db"

    @property
    def backups(self) -> Path:
        """The folder of dated copies of the database."""
        return self.root / "backups"

    @property
    def files(self) -> Path:
        """The folder of files the user attached, named by their content."""
        return self.root / "files"

    @property
    def settings(self) -> Path:
        """Taste and window state."""
        return self.root / "settings.json"

    @property
    def log(self) -> Path:
        """The log."""
        return self.root / "scplanner.log"

    @property
    def lock(self) -> Path:
        """The lock by which a second window finds the first."""
        return self.root / "scplanner.lock"
