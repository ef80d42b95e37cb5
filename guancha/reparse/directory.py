"""A new directory of JSON Lines, which appears whole or not at all."""

import os
import shutil
from itertools import groupby
from pathlib import Path
from typing import Self

from guancha.exceptions import ArgumentError
from guancha.folders import sync_folder
from guancha.reparse.tasks import Read
from guancha.streams import WRITERS

PARTIAL = ".partial"


class Directory:
    """Lines are added to ``<name>.partial``, which takes the name at the end. Every method raises OSError."""

    def __init__(self, path: Path) -> None:
        self.path, self.part = path, path.with_name(path.name + PARTIAL)
        self.part.mkdir()
        for name in WRITERS["articles"]:
            (self.part / name).mkdir()

    @classmethod
    def make(cls, given: str, data: Path) -> Self:
        """For the argument ``--into``; raises ArgumentError for a place of no use."""
        path = Path(given).absolute()
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            raise ArgumentError(f"--into {given}: expected a new or an empty directory")
        if path.is_dir() and any(path.iterdir()):
            raise ArgumentError(f"--into {given}: expected a new directory, this one is not empty")
        if not path.parent.is_dir() or not path.name:
            raise ArgumentError(
                f"--into {given}: expected a folder that is there, got {path.parent}"
            )
        if path.resolve().is_relative_to(data.resolve()):
            raise ArgumentError(
                f"--into {given}: expected a place outside of the data directory {data}"
            )
        if path.with_name(path.name + PARTIAL).exists():
            left = "which another run is making, or has left behind: remove it then"
            raise ArgumentError(
                f"--into {given}: expected no {path.name}{PARTIAL} beside it, {left}"
            )
        return cls(path)

    def take(self, article: Read) -> None:
        """Appends the lines of an article, each to its file."""
        in_files = sorted(article.lines, key=lambda line: line.name)
        for name, some in groupby(in_files, key=lambda line: line.name):
            with (self.part / name).open("ab") as file:
                file.writelines(line.content for line in some)

    def finish(self) -> None:
        """Has all of it on the disk, and gives it its name."""
        for path in sorted(self.part.rglob("*.jsonl")):
            with path.open("rb") as file:
                os.fsync(file.fileno())
        for folder in (*filter(Path.is_dir, self.part.iterdir()), self.part):
            sync_folder(folder)
        self.part.rename(self.path)
        sync_folder(self.path.parent)

    def discard(self) -> None:
        """Takes away what was not finished."""
        shutil.rmtree(self.part, ignore_errors=True)
