"""Which files are read."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from guancha.exceptions import ArgumentError

ENDINGS = (".warc", ".warc.gz")


def find_files(given: Sequence[str]) -> list[Path]:
    """The files that are named, and the WARC files below the folders that are; each once, in order.

    Raises ArgumentError for a name of no use, and for a folder without any.
    """
    if not given:
        raise ArgumentError("PATH: expected at least one WARC file, or a folder of such")
    found: dict[Path, Path] = {}
    for name in given:
        for path in _below(name):
            found.setdefault(path.resolve(), path)
    return [found[each] for each in sorted(found)]


def _below(name: str) -> Iterable[Path]:
    path = Path(name)
    try:
        if path.is_file():
            return [path]
        if not path.is_dir():
            raise ArgumentError(f"PATH {name!r}: expected a file or a folder that is there")
        below = [p for p in path.rglob("*") if p.name.lower().endswith(ENDINGS) and p.is_file()]
    except (OSError, ValueError) as error:
        raise ArgumentError(f"PATH {name!r}: expected a file or a folder: {error}") from error
    if not below:
        raise ArgumentError(f"PATH {name!r}: expected a folder with files {' or '.join(ENDINGS)}")
    return below
