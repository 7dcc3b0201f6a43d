"""Files kept with an event: copied into the data folder under the hash of their content, opened only when asked."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from scplanner.domain.changes import AppliedChanges
from scplanner.domain.events import OccurrenceKey, StoredFile
from scplanner.domain.folding import as_text
from scplanner.errors import NothingToDo, UnreadableFile
from scplanner.services import events, queries
from scplanner.services.workspace import Workspace, folder_error

# The last ones tell a screen to write from right to left: "fdp.exe" could look like a PDF.
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]')
_LONGEST_NAME = 150
_LONGEST_ENDING = 20


def attach(ws: Workspace, key: OccurrenceKey, path: Path) -> AppliedChanges:
    """Copy a file into the data folder and keep it with the event. UnreadableFile if it can't be read."""
    stored = _store(ws, path)
    layer = queries.layer_for(ws, key)
    if stored in layer.files:
        raise NothingToDo(f"{stored.name} is kept with this event already.")
    return events.save_layer(ws, key, replace(layer, files=(*layer.files, stored)), f"Add file {stored.name}")


def detach(ws: Workspace, key: OccurrenceKey, stored: StoredFile) -> AppliedChanges:
    """Take a file off an event. Its bytes stay in the data folder, so that this can be undone."""
    layer = queries.layer_for(ws, key)
    files = tuple(file for file in layer.files if file != stored)
    return events.save_layer(ws, key, replace(layer, files=files), f"Remove file {stored.name}")


def open_path(ws: Workspace, stored: StoredFile) -> Path:
    """A copy under the file's own name in a fresh folder, for another program to open: what is kept stays as it is."""
    source = content_path(ws, stored.sha256)
    if not source.is_file():
        raise UnreadableFile(
            f"{stored.name} is missing from the data folder.", "Restore it from a backup of that folder."
        )
    folder = Path(tempfile.mkdtemp(prefix="scplanner-"))
    target = folder / safe_name(stored.name)
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        raise folder_error(error) from error
    return target


def content_path(ws: Workspace, sha256: str) -> Path:
    """Where the bytes of that hash lie."""
    return ws.paths.files / sha256[:2] / sha256


def safe_name(name: str) -> str:
    """A file name without folders, characters that some system refuses or that turn its letters round; never empty.

    Cut to what every system takes; its ending stays, for that is what says which program opens it.
    """
    bare = _UNSAFE.sub("_", as_text(name).replace("\\", "/").rsplit("/", 1)[-1]).strip(". ")
    stem, dot, ending = bare.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = bare, "", ""
    room = _LONGEST_NAME - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore") + dot + ending or "file"


def _store(ws: Workspace, path: Path) -> StoredFile:
    digest, size = hashlib.sha256(), 0
    try:
        if not path.is_file():
            raise UnreadableFile(f"{path.name} is no file.", "Choose a file.")
        source = path.open("rb")
    except OSError as error:
        raise UnreadableFile(
            f"{path.name} can't be read: {error.strerror}.", "Check that it exists and is yours."
        ) from error
    part: Path | None = None
    try:
        ws.paths.files.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=ws.paths.files)
        part = Path(name)
        with source, os.fdopen(descriptor, "wb") as copy:
            while block := source.read(1 << 20):
                digest.update(block)
                size += len(block)
                copy.write(block)
            copy.flush()
            os.fsync(copy.fileno())
        target = content_path(ws, digest.hexdigest())
        target.parent.mkdir(exist_ok=True)
        part.replace(target)
    except OSError as error:
        raise folder_error(error) from error
    finally:
        source.close()
        if part is not None:
            part.unlink(missing_ok=True)
    return StoredFile(safe_name(path.name), digest.hexdigest(), size)
