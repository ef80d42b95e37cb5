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
MOST_FAULTS = 1000
"""Of one section; the rest of it is one more. Each may cost a look at as much as a record may hold."""
_HEAD = StatusAndHeadersParser([], verify=False)
_ENDS = (b"\r\n\r\n", b"\n\n")
_OPENING = b"WARC/1."
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
        faults = 0
        while self.buffer.skip_blank():
            at = self.buffer.at
            found = self._record()
            if isinstance(found, Record):
                yield found
                continue
            faults += 1
            if found == "cut":
                found = self.section.broken or found
            yield Fault(self._offset(at), found if faults <= MOST_FAULTS else "too many faults")
            if faults > MOST_FAULTS or not self._goes_on(at):
                break

    def _record(self) -> Record | str:
        at, line = self.buffer.at, self.buffer.peek(16).partition(b"\n")[0]
        if not _VERSION.fullmatch(line):
            return "no record"
        printed = self.buffer.head(MOST_HEAD)
        if printed is None:
            return self._endless()
        known = head(printed)
        if known is None:
            return "headers"
        headers = {name.lower(): value for name, value in reversed(known[1])}
        length = headers.get("content-length", "")
        if not re.fullmatch(rf"[0-9]{{1,{MOST_LENGTH}}}", length):
            return "length"
        return self._block(at, headers, int(length))

    def _endless(self) -> str:
        is_long = len(self.buffer.peek(MOST_HEAD)) == MOST_HEAD
        # What was searched is not searched again: all but the last of its lines have no end in it either.
        self.buffer.pass_to_last(_OPENING, MOST_HEAD)
        return "headers" if is_long else "cut"

    def _block(self, at: int, headers: dict[str, str], length: int) -> Record | str:
        left = self.section.left(self.buffer.at)
        if left is not None and length > left:
            return "cut"
        # Not taken before its end is seen: a length that is wrong would swallow what follows.
        kept = length if length <= self.most else 0
        if self.buffer.skip(length - kept) < length - kept:
            return "cut"
        behind = self.buffer.look(kept, len(_ENDS[0]))
        if behind is None:
            return "cut"
        # Some programs leave the end out where a gzip member ends as well.
        if not behind.startswith(_ENDS) and behind not in (b"", b"\r\n"):
            return "length"
        block = self.buffer.take(length) if length <= self.most else None
        is_first = at == 0 or not self.section.is_packed
        return Record(self._offset(at), is_first, headers, block)

    def _goes_on(self, at: int) -> bool:
        """Finds the next record behind a fault of what began at ``at``.

        Not in the rest of a member that is one of many, or cut: that is what a page holds, whatever it says.
        """
        packed = self.section.is_packed
        if packed and (self.section.number or self.section.broken):
            return False
        # Right behind headers of no use.
        if self.buffer.at > at and self.buffer.peek(len(_OPENING)) == _OPENING:
            return True
        return self.buffer.find_line(_OPENING)

    def _offset(self, at: int) -> int:
        return self.section.offset + (0 if self.section.is_packed else at)
