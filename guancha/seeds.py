"""What a user lists, parted by commas or in a file: URLs, CDX entries or numbers, streamed."""

import json
import logging
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path
from typing import TypeVar

from guancha.exceptions import ArgumentError, UrlError

logger = logging.getLogger(__name__)

Named = TypeVar("Named")
BATCH = 100
MAX_LINE = 64 * 1024
"""Bytes; a longer line is no URL and no CDX entry."""


def batches(
    value: str | None, named: Callable[[str], Named], kind: str = "article"
) -> Iterator[tuple[Named, ...]]:
    """What the argument ``urls`` names, in bounded batches, the next one read when the last is done."""
    found = read(value, named, kind) if value else iter(())
    while batch := tuple(islice(found, BATCH)):
        yield batch


def read(
    value: str, named: Callable[[str], Named], kind: str = "article", argument: str = "urls"
) -> Iterator[Named]:
    """What an argument names; what is none is logged with its place and passed over.

    ``named`` reads one, or raises UrlError; ``kind`` is what it is called. Raises ArgumentError where the
    file can't be read, or names nothing at all.
    """
    found = False
    for place, printed in _lines(argument, value):
        url = _url(printed)
        if not url:
            continue
        try:
            yield named(url)
            found = True
        except UrlError as error:
            logger.warning("%s: %s", place, error)
    if not found:
        raise ArgumentError(f"spider argument {argument!r}: no {kind} in {value[:200]!r}")


def _lines(argument: str, value: str) -> Iterator[tuple[str, str]]:
    if not value.startswith("@"):
        yield from ((f"{argument}, item {n}", url) for n, url in enumerate(value.split(","), 1))
        return
    path = Path(value[1:])
    try:
        with path.open("rb") as file:
            # Bounded: a file without line ends must not fill the memory.
            for number in count(1):
                line = file.readline(MAX_LINE)
                if not line:
                    return
                yield f"{path}, line {number}", line.decode("utf-8-sig", "replace")
    except OSError as error:
        raise ArgumentError(f"spider argument {argument!r}: {path}: {error.strerror}") from error


def _url(line: str) -> str | None:
    """The URL of a line: a plain one, CDXJ (``key timestamp {json}``) or CDX (``key timestamp url …``)."""
    line = line.strip()
    if not line or line.startswith(("#", "CDX ")):
        return None
    if "{" in line:
        try:
            entry = json.loads(line[line.index("{") :])
        except (ValueError, RecursionError):
            return line
        return str(entry.get("url", line)) if isinstance(entry, dict) else line
    fields = line.split()
    return fields[2] if len(fields) > 2 else fields[0]
