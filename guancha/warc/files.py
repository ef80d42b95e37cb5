"""The files of a folder of WARCs: their names, and how a cut one is mended."""

import logging
import os
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO

from guancha.exceptions import DataDirectoryError
from guancha.warc import members

FOLDER = "warc"
"""Below the data directory."""
DIGITS = 5
ENDS = ("request", "warcinfo")
"""Records after which an answer is there with all that belongs to it."""
SMALL = 1024
"""Bytes; the first record of a file is smaller."""
logger = logging.getLogger(__name__)


def names(day: str = "") -> str:
    """What the names of our files match, of one day or of all: ``2026-10-05-00001.warc.gz``."""
    digit = "[0-9]"
    any_day = f"{digit * 4}-{digit * 2}-{digit * 2}"
    return f"{day or any_day}-{digit * DIGITS}.warc.gz"


def newest(folder: Path, day: str = "") -> Path | None:
    """The last file, of a day or of all."""
    return max(folder.glob(names(day)), default=None)


def following(folder: Path, day: str) -> Path:
    """The next file of a day."""
    last = newest(folder, day)
    number = int(last.name[len(day) + 1 :][:DIGITS]) + 1 if last else 1
    return folder / f"{day}-{number:0{DIGITS}}.warc.gz"


def mend(path: Path) -> None:
    """Drops an answer at the end of a file that was not written to its end, and says so.

    It looks from the end: what lies before is neither read nor touched. Raises DataDirectoryError for a
    file that is not one of ours.
    """
    with path.open("r+b") as file:
        size = os.fstat(file.fileno()).st_size
        whole = _whole(path, file, size)
        if whole < size:
            said = "%s: the last answer was not written to its end: %d bytes of it are dropped"
            logger.warning(said, path, size - whole)
            file.truncate(whole)
            os.fsync(file.fileno())


def _whole(path: Path, file: BinaryIO, size: int) -> int:
    """How many bytes hold whole answers."""
    if not size:
        return 0
    with mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        first = members.read(data, 0)
        if first is None and size < SMALL and data[:3] == members.MAGIC[:size]:
            return 0
        if first is None or first.headers.get("warc-filename") != path.name:
            raise DataDirectoryError(
                f"{path}: expected a WARC file that we have written: move it away"
            )
        ends = (m for m in members.backwards(data) if m.headers.get("warc-type") in ENDS)
        return next(ends).end
