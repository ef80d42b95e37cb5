"""A file and its manifest, made beside their places and put there together, or not at all."""

import errno
import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import IO

from guancha.folders import sync_folder

MANIFEST = ".manifest.json"


def manifest_path(path: Path) -> Path:
    """Where the manifest of a file stands."""
    return path.with_name(path.name + MANIFEST)


class Publication:
    """Holds the places of a file and of its manifest: ``file`` takes the bytes, ``publish`` shows them.

    Without ``publish`` all stays as it was. What a killed one leaves (hidden, beside the place) is taken
    away by the next. Raises OSError, a BlockingIOError while another one holds the same place.
    """

    file: IO[bytes]

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifest = manifest_path(path)

    def __enter__(self) -> "Publication":
        self._lock = _claim(self.path.with_name(f".{self.path.name}.lock"))
        try:
            self.file = _create(_draft(self.path))
        except BaseException:
            self._release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.file.close()
        _draft(self.path).unlink(missing_ok=True)
        _draft(self.manifest).unlink(missing_ok=True)
        self._release()

    def publish(self, manifest: bytes) -> None:
        """Puts both in their places; on return they are on the disk."""
        os.fsync(self.file.fileno())
        with _create(_draft(self.manifest)) as file:
            file.write(manifest)
            os.fsync(file.fileno())
        # The old manifest goes first and the new one comes last: it never stands beside another file.
        self.manifest.unlink(missing_ok=True)
        sync_folder(self.path.parent)
        _draft(self.path).replace(self.path)
        sync_folder(self.path.parent)
        _draft(self.manifest).replace(self.manifest)
        sync_folder(self.path.parent)

    def _release(self) -> None:
        # Gone before it is free: whoever gets it then sees that it is gone, and begins again.
        Path(self._lock.name).unlink(missing_ok=True)
        self._lock.close()


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _create(path: Path) -> IO[bytes]:
    """A new file, without a buffer; what is there is litter, for the place is ours."""
    path.unlink(missing_ok=True)
    return open(path, "xb", buffering=0)


def _open_lock(name: str, _: int) -> int:
    return os.open(name, os.O_CREAT | os.O_RDONLY | os.O_NOFOLLOW, 0o666)


def _claim(path: Path) -> IO[bytes]:
    while True:
        file = open(path, "rb", buffering=0, opener=_open_lock)  # noqa: SIM115 - held on return
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(file.fileno()), path.lstat()):
                return file
        except FileNotFoundError:
            pass
        except OSError as error:
            file.close()
            if error.errno == errno.EWOULDBLOCK:
                said = "another export is writing it"
                raise BlockingIOError(error.errno, said, str(path)) from error
            raise
        file.close()
