"""Reads WARC files, ours and anybody's: whatever they hold, each record, or a named fault and where it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from guancha.warc.buffered import Buffered
from guancha.warc.sections import Section, sections

MOST_HEAD = 1 << 18
"""Bytes of the headers of a record or an answer."""
MOST_HEADERS = 1000
MOST_LENGTH = 15
"""Digits of a length."""
_HEAD = StatusAndHeadersParser([], verify=False)
_ENDS = (b"\r\n\r\n", b"\n\n")
_VERSION = re.compile(rb"WARC/[01]\.[0-9]{1,2}\s*")


@dataclass(frozen=True, slots=True)
class Record:
    """A record of any type."""

    offset: int
    """Where the file has to be read from to meet it again."""
    is_first: bool
    """Whether it is the first that is met from there."""
    headers: dict[str, str]
    """Those of WARC, by their names in lower case; of several with one name the first."""
    block: bytes | None
    """What it holds; None where that is larger than was asked for."""

    @property
    def kind(self) -> str:
        """Its WARC-Type."""
        return self.headers.get("warc-type", "").lower()

    @property
    def url(self) -> str:
        """Its WARC-Target-URI; some programs put it into brackets."""
        return self.headers.get("warc-target-uri", "").removeprefix("<").removesuffix(">")


@dataclass(frozen=True, slots=True)
class Fault:
    """What could not be read, in a word, and where it stands."""

    offset: int
    name: str


def read(file: BinaryIO, most: int, start: int = 0) -> Iterator[Record | Fault]:
    """The records of a file from a place on, with blocks of up to ``most`` bytes; raises only OSError."""
    found: Record | Fault | None = None
    for section in sections(file, start):
        for found in _Reading(section, most).records():
            yield found
        if section.broken and not isinstance(found, Fault):
            found = Fault(section.offset, section.broken)
            yield found
    if found is None and not start:
        yield Fault(start, "empty")


def head(content: bytes) -> tuple[str, list[tuple[str, str]]] | None:
    """The first line and the headers of a record or an answer; None for what has none, or too many."""
    if content.count(b"\n") > MOST_HEADERS:
        return None
    try:
        parsed = _HEAD.parse(BytesIO(content))
    except (StatusAndHeadersParserException, EOFError):
        return None
    return f"{parsed.protocol} {parsed.statusline}".strip(), parsed.headers


class _Reading:
    """A section while it is read."""

    def __init__(self, section: Section, most: int) -> None:
        self.section, self.most = section, most
        self.buffer = Buffered(section)

    def records(self) -> Iterator[Record | Fault]:
        while self.buffer.skip_blank():
            at = self.buffer.at
            found = self._record()
            if found == "cut":
                found = self.section.broken or found
            yield found if isinstance(found, Record) else Fault(self._offset(at), found)
            if isinstance(found, str) and not self._goes_on():
                break

    def _record(self) -> Record | str:
        at, line = self.buffer.at, self.buffer.peek(16).partition(b"\n")[0]
        if not _VERSION.fullmatch(line):
            return "no record"
        printed = self.buffer.head(MOST_HEAD)
        if printed is None:
            return "headers" if len(self.buffer.peek(MOST_HEAD)) == MOST_HEAD else "cut"
        known = head(printed)
        if known is None:
            return "headers"
        headers = {name.lower(): value for name, value in reversed(known[1])}
        length = headers.get("content-length", "")
        if not re.fullmatch(rf"[0-9]{{1,{MOST_LENGTH}}}", length):
            return "length"
        return self._block(at, headers, int(length))

    def _block(self, at: int, headers: dict[str, str], length: int) -> Record | str:
        left = self.section.left(self.buffer.at)
        if left is not None and length > left:
            return "cut"
        is_kept = length <= self.most
        block = self.buffer.take(length) if is_kept else None
        had = len(block) if block is not None else self.buffer.skip(length)
        if had < length:
            # A length that is wrong has swallowed what follows.
            self.buffer.put_back(block or b"")
            return "cut"
        if not self._is_closed():
            self.buffer.put_back(block or b"")
            return "length"
        is_first = at == 0 or not self.section.is_packed
        return Record(self._offset(at), is_first, headers, block)

    def _is_closed(self) -> bool:
        """Whether the record ends where it says."""
        behind = self.buffer.peek(len(_ENDS[0]))
        # Some programs leave the end out where a gzip member ends as well.
        return behind.startswith(_ENDS) or behind in (b"", b"\r\n")

    def _goes_on(self) -> bool:
        """Finds the next record behind a fault.

        Not in the rest of a member that is one of many, or cut: that is what a page holds, whatever it says.
        """
        packed = self.section.is_packed
        if packed and (self.section.number or self.section.broken):
            return False
        return self.buffer.find_line(b"WARC/1.")

    def _offset(self, at: int) -> int:
        return self.section.offset + (0 if self.section.is_packed else at)
