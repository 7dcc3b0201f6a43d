"""One window a data folder: a second start raises the first and hands its files over."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)
_WAIT_MS = 2000


class SingleInstance(QObject):
    """Holds the lock of a data folder, or talks to the window that does. `files_received(list[Path])`: raise, and import."""

    files_received = Signal(object)

    def __init__(self, lock: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = "scplanner-" + hashlib.blake2b(str(lock.absolute()).encode(), digest_size=8).hexdigest()
        self._path = lock
        self._lock = QLockFile(str(lock))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def acquire(self) -> bool:
        """Become the one window; False if there is one already. A folder that cannot hold a lock counts as free."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            log.info("no lock: %s", error)
            return True
        if not self._lock.tryLock(0):
            return self._lock.error() is not QLockFile.LockError.LockFailedError
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not server.listen(self._name):
            QLocalServer.removeServer(self._name)  # left behind by a window that was killed: the lock says so
            if not server.listen(self._name):
                log.info("a second window cannot reach this one: %s", server.errorString())
        server.newConnection.connect(self._receive)
        self._server = server
        return True

    def hand_over(self, files: Sequence[Path]) -> bool:
        """Ask the window that is there to come forward and import these; False if it does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(json.dumps([str(file.absolute()) for file in files]).encode() + b"\n")
        is_written = socket.waitForBytesWritten(_WAIT_MS)
        is_heard = socket.waitForReadyRead(_WAIT_MS)
        socket.disconnectFromServer()
        return is_written and is_heard

    def release(self) -> None:
        """Let another window have the folder."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _receive(self) -> None:
        server = self._server
        socket = server.nextPendingConnection() if server is not None else None
        if socket is None:
            return
        socket.readyRead.connect(lambda: self._read(socket))
        socket.disconnected.connect(socket.deleteLater)
        if socket.canReadLine():
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        try:
            names = json.loads(bytes(socket.readLine().data()))
            files = [Path(name) for name in names if isinstance(name, str)]
        except (ValueError, TypeError):
            files = []
        socket.write(b"ok\n")
        socket.flush()
        self.files_received.emit(files)
