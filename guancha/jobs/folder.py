"""What the schedule keeps in the data directory: locks, and what the last runs of each job have said."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from guancha.exceptions import DataDirectoryError

NAME = "jobs"
KEPT = 5
"""Logs of a job: of its last runs."""
TAIL_BYTES = 1 << 16
_ERROR = re.compile(r".*?(?: (?:ERROR|CRITICAL) +|error: )(.*)")


class Folder:
    """The folder ``jobs``; raises DataDirectoryError where it can't be had."""

    def __init__(self, data: Path) -> None:
        self.path = data / NAME
        with _in_words(self.path):
            self.path.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def lock(self, name: str) -> Iterator[BinaryIO | None]:
        """Takes the lock of that name, which a child may inherit; None where another has it."""
        path = self.path / f"{name}.lock"
        with _in_words(path):
            file = path.open("ab")
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield None
            else:
                yield file

    @contextmanager
    def new_log(self, job: str) -> Iterator[BinaryIO]:
        """Opens the log of a run that begins, and moves those before it on."""
        paths = [self.log(job), *(self.path / f"{job}.log.{n}" for n in range(1, KEPT))]
        with _in_words(paths[0]):
            for older, newer in zip(paths[:0:-1], paths[-2::-1], strict=True):
                if newer.exists():
                    newer.replace(older)
            file = paths[0].open("wb")
        with file:
            yield file

    def log(self, job: str) -> Path:
        """What the last run of a job has said."""
        return self.path / f"{job}.log"

    def tail(self, job: str) -> list[str]:
        """The last lines of that, none where it can't be read."""
        try:
            with self.log(job).open("rb") as file:
                file.seek(max(0, os.fstat(file.fileno()).st_size - TAIL_BYTES))
                return file.read().decode("utf-8", "replace").splitlines()
        except OSError:
            return []


def last_words(lines: list[str]) -> str:
    """The last error that a log tells of, or its last line.

    >>> last_words(["2026-10-05 20:00:00 ERROR    the disk is full", "good-bye"])
    'the disk is full'
    """
    errors = [match[1] for line in lines if (match := _ERROR.match(line))]
    said = errors or [line for line in lines if line.strip()]
    return said[-1].strip() if said else "it said nothing"


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DataDirectoryError(f"{error.filename or path}: {error.strerror}") from error
