"""Streams of JSON Lines: ``<folder>/YYYY-MM-DD.jsonl``, one line a record, only ever appended to."""

import fcntl
import json
import logging
import os
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from guancha.exceptions import DataDirectoryError
from guancha.items import Article, Outcome

logger = logging.getLogger(__name__)

LOCK = ".lock"
TORN = ".torn"


def line(record: Article | Outcome) -> bytes:
    """A record as one line of UTF-8 JSON, keys in the order of the data dictionary."""
    return json.dumps(asdict(record), ensure_ascii=False).encode() + b"\n"


class Stream:
    """The files of one stream, locked for one writer while open.

    Raises DataDirectoryError, which names the path, for whatever keeps it from being written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._day = ""
        self._file: BinaryIO | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = (folder / LOCK).open("ab")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for path in sorted(folder.glob("*.jsonl")):
                mend(path)
        except BlockingIOError as error:
            raise DataDirectoryError(f"{folder}: another run is writing here") from error
        except OSError as error:
            raise DataDirectoryError(f"{folder}: {error.strerror}") from error

    def append(self, record: Article | Outcome) -> None:
        """Adds a record to the file of the day it was crawled, and has it on the disk on return."""
        path = self.folder / f"{record.date_crawled[:10]}.jsonl"
        try:
            file = self._open(path)
            file.write(line(record))
            file.flush()
            os.fsync(file.fileno())
        except OSError as error:
            raise DataDirectoryError(f"{path}: {error.strerror}") from error

    def close(self) -> None:
        """Ends the writing and lets the next run in."""
        if self._file:
            self._file.close()
        self._lock.close()

    def _open(self, path: Path) -> BinaryIO:
        if self._file is None or path.stem != self._day:
            if self._file:
                self._file.close()
            self._file, self._day = path.open("ab"), path.stem
        return self._file


def mend(path: Path) -> None:
    """Makes a file whose last line was cut by a crash end with a whole line.

    What was cut is kept beside it in ``<name>.torn``; a line that only lacks its end is completed.
    """
    with path.open("rb+") as file:
        size = file.seek(0, os.SEEK_END)
        start = _last_line_start(file, size)
        file.seek(start)
        tail = file.read()
        if not tail:
            return
        if _is_whole(tail):
            file.write(b"\n")
            return
        with path.with_name(path.name + TORN).open("ab") as torn:
            torn.write(tail + b"\n")
            os.fsync(torn.fileno())
        file.truncate(start)
        logger.warning("%s: %d bytes of a torn line moved to %s", path, len(tail), torn.name)


def _last_line_start(file: BinaryIO, size: int, step: int = 65536) -> int:
    """The offset behind the last line end of a file; 0 where there is none."""
    end = size
    while end > 0:
        begin = max(0, end - step)
        file.seek(begin)
        found = file.read(end - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        end = begin
    return 0


def _is_whole(tail: bytes) -> bool:
    try:
        return isinstance(json.loads(tail), dict)
    except ValueError:
        return False
