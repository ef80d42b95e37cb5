"""The gzip members of a WARC file, each a record of its own."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap
from pathlib import Path

MAGIC = b"\x1f\x8b\x08"
TAG = slice(4, 8)
"""Where a member says to which file it belongs: a number, drawn when the file was begun."""
CHUNK = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Member:
    """One record."""

    start: int
    end: int
    headers: dict[str, str]
    """Those of WARC, by their names in lower case; none where it is no record."""


def tag(path: Path) -> int:
    """The number of a file; 0 where it holds nothing yet."""
    with path.open("rb") as file:
        return int.from_bytes(file.read(TAG.stop)[TAG], "little")


def read(data: mmap, start: int) -> Member | None:
    """The member that begins at a byte; None where none does, or one that is cut or damaged."""
    engine, head, at = zlib.decompressobj(_GZIP), b"", start
    try:
        while not engine.eof and at < len(data):
            unpacked = engine.decompress(data[at : at + CHUNK])
            head, at = head or unpacked, at + CHUNK
    except zlib.error:
        return None
    if not engine.eof:
        return None
    return Member(start, min(at, len(data)) - len(engine.unused_data), _headers(head))


def backwards(data: mmap) -> Iterator[Member]:
    """The members that are whole, from the last to the first."""
    at, begins = len(data), data[: TAG.stop]
    while (at := data.rfind(begins, 0, at + len(begins) - 1)) >= 0:
        if member := read(data, at):
            yield member


def _headers(head: bytes) -> dict[str, str]:
    first, *lines = head.partition(b"\r\n\r\n")[0].decode("utf-8", "replace").split("\r\n")
    if not first.startswith("WARC/"):
        return {}
    named = (line.partition(":") for line in lines)
    return {name.lower(): value.strip() for name, _, value in named}
