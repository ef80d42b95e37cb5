"""Which files are read."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from guancha.exceptions import ArgumentError

ENDINGS = (".warc", ".warc.gz")


def find_files(given: Sequence[str]) -> list[Path]:
    """The files that are named, and the WARC files below the folders that are; each once, in order.

    Raises ArgumentError for a name of no use, and for a folder without any, or with what can't be read.
    """
    if not given:
        raise ArgumentError("PATH: expected at least one WARC file, or a folder of such")
    found: dict[Path, Path] = {}
    for name in given:
        for path in _below(name):
            found.setdefault(path.resolve(), path)
    return [found[each] for each in sorted(found)]


def _below(name: str) -> list[Path]:
    path = Path(name)
    try:
        if path.is_file():
            return [path]
        is_folder = path.is_dir()
        below = [*_matching(path)] if is_folder else []
        odd = [each for each in below if not each.is_file()]
    except (OSError, ValueError) as error:
        raise ArgumentError(f"PATH {name!r}: expected a file or a folder: {error}") from error
    if not is_folder:
        raise ArgumentError(f"PATH {name!r}: expected a file or a folder that is there")
    if odd:
        raise ArgumentError(f"PATH {name!r}: expected files that can be read, got {str(odd[0])!r}")
    if not below:
        raise ArgumentError(f"PATH {name!r}: expected a folder with files {' or '.join(ENDINGS)}")
    return below


def _matching(path: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(path, onerror=_raise):
        yield from (Path(folder, name) for name in names if name.lower().endswith(ENDINGS))


def _raise(error: OSError) -> NoReturn:
    raise error
