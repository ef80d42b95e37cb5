"""The files that a crawl adds to: one writer, a file a day, another where it is long enough."""

import os
import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from guancha.exceptions import DataDirectoryError
from guancha.folders import sync_folder
from guancha.processors.dates import BEIJING
from guancha.warc import members, records
from guancha.warc.captures import Capture
from guancha.warc.files import following, mend, newest
from guancha.warc.records import Headers


class Writer:
    """Appends answers to the files of a folder.

    ``limit`` is the bytes after which another file is begun. Who makes one holds the lock of the articles.
    Every method blocks; raises DataDirectoryError, in words, and is of no use after that.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder, self.limit = folder, limit
        self._file: BinaryIO | None = None
        self._day, self._tag = "", 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if last := newest(folder):
                mend(last)
        except OSError as error:
            raise _in_words(folder, error) from error

    def write(self, capture: Capture, asked: Headers) -> int:
        """Adds all records of an answer in one go; returns how many bytes they take.

        ``asked`` are the headers of the request for it. They are handed to the system, not forced onto the
        disk: a loss of power may take the last ones.
        """
        try:
            file = self._opened(capture.date)
            content = records.answer(capture, asked, self._tag)
            if not file.tell():
                name = Path(file.name).name
                content = records.info(name, capture.date, self._tag) + content
            _put(file, content)
        except OSError as error:
            raise _in_words(self.folder, error) from error
        return len(content)

    def close(self) -> None:
        """Has all that was written on the disk."""
        if self._file:
            try:
                with self._file as file:
                    os.fsync(file.fileno())
            except OSError as error:
                raise _in_words(self.folder, error) from error
            self._file = None

    def _opened(self, date: datetime) -> BinaryIO:
        """The file of a day that has room."""
        day = date.astimezone(BEIJING).date().isoformat()
        if self._file and day == self._day and self._file.tell() < self.limit:
            return self._file
        self.close()
        path = newest(self.folder, day)
        if path:
            mend(path)
        if path is None or path.stat().st_size >= self.limit:
            path = following(self.folder, day)
        # Not through a buffer, which would try again what has failed.
        self._file, self._day = path.open("ab", buffering=0), day
        self._tag = members.tag(path) or 1 + secrets.randbelow(2**32 - 1)
        sync_folder(self.folder)
        return self._file


def _put(file: BinaryIO, content: bytes) -> None:
    """Writes all of it, or nothing where the disk is full."""
    start, rest = file.tell(), memoryview(content)
    try:
        while rest:
            rest = rest[file.write(rest) :]
    except OSError:
        with suppress(OSError):
            file.truncate(start)
        raise


def _in_words(folder: Path, error: OSError) -> DataDirectoryError:
    return DataDirectoryError(f"{error.filename or folder}: {error.strerror}")
