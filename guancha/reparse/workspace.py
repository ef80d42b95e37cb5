"""The temporary folder of a reparse, which the next one removes where this one is killed."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "guancha-reparse-"
LOCK = "lock"


@contextmanager
def workspace() -> Iterator[Path]:
    """A new folder, and none any more of those whose reparse is over; raises OSError."""
    _clear(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        # Under another name until it is held: nobody takes it for one of the dead.
        new = folder / f"{LOCK}.new"
        with new.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            new.rename(folder / LOCK)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _clear(parent: Path) -> None:
    """Removes the folders of this user that nobody holds any more."""
    for folder in parent.glob(f"{PREFIX}*"):
        try:
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            with (folder / LOCK).open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            # Held by who is at work, or just gone.
            continue
