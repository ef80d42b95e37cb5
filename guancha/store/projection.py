"""The JSON Lines as a projection of the store: appended after each commit, completed on opening.

Nothing is ever cut. A file that lacks the end of what the store holds is completed; one that holds what
the store does not know stops the run.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from guancha.exceptions import DataDirectoryError
from guancha.folders import sync_folder


@dataclass(frozen=True, slots=True)
class Line:
    """A committed line, and where it stands."""

    name: str
    """Its file, relative to the data directory."""
    offset: int
    content: bytes


def file_name(stream: str, day: str) -> str:
    """The file of a stream and a day, relative to the data directory."""
    return f"{stream}/{day}.jsonl"


class Projection:
    """The files below a data directory. Raises DataDirectoryError, which names the file."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def append(self, lines: Iterable[Line]) -> None:
        """Writes committed lines where the store says, and has them on the disk on return."""
        for name, group in groupby(lines, lambda line: line.name):
            path = self.root / name
            try:
                self._write(path, group)
            except OSError as error:
                raise DataDirectoryError(f"{path}: {error.strerror}") from error

    def check(self, sizes: dict[str, int], streams: Iterable[str]) -> None:
        """Refuses files that the store does not know, or that are longer than it says."""
        for stream in streams:
            for path in sorted((self.root / stream).glob("*.jsonl")):
                known = sizes.get(str(path.relative_to(self.root)), 0)
                if path.stat().st_size > known:
                    raise DataDirectoryError(
                        f"{path}: {path.stat().st_size} bytes, of which the store knows {known}; "
                        "'scrapy rebuild' makes the file again and keeps this one beside it"
                    )

    def size(self, name: str) -> int:
        """How long a file is now; 0 for one that is not there."""
        path = self.root / name
        return path.stat().st_size if path.exists() else 0

    def complete(self, lines: Iterable[Line]) -> None:
        """Adds what a file lacks of these lines, in order.

        The first is the one that the file ends in: what it has of it must be what the store has.
        """
        self.append(rest for line in lines if (rest := self._rest(line)))

    def _rest(self, line: Line) -> Line | None:
        path = self.root / line.name
        had = min(max(self.size(line.name) - line.offset, 0), len(line.content))
        if had:
            with path.open("rb") as file:
                file.seek(line.offset)
                if file.read(had) != line.content[:had]:
                    raise DataDirectoryError(
                        f"{path}: its last line is not that of the store; 'scrapy rebuild' makes the "
                        "file again and keeps this one beside it"
                    )
        if had == len(line.content):
            return None
        return Line(line.name, line.offset + had, line.content[had:])

    def _write(self, path: Path, lines: Iterable[Line]) -> None:
        is_new = not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            for line in lines:
                if file.tell() != line.offset:
                    raise DataDirectoryError(
                        f"{path}: {file.tell()} bytes, where the store has {line.offset}"
                    )
                file.write(line.content)
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            sync_folder(path.parent)
