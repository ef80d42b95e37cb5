"""The bytes of a WARC file in sections: the members of a gzip file that open records, or a plain file whole."""

import os
import zlib
from collections.abc import Iterator
from typing import BinaryIO

GZIP, OPENING = b"\x1f\x8b\x08", b"WARC/"
CHUNK = 1 << 16
MOST_UNPACKED = 1 << 30
"""Bytes of one section, beyond which it is a bomb, and left; other people's records are as large."""


class Section:
    """A stretch of a file that is read in a row; ``broken`` says why it has ended early."""

    def __init__(self, offset: int, number: int) -> None:
        self.offset = offset
        """Where it begins in the file: reading may begin there anew."""
        self.number = number
        self.is_packed = True
        self.broken: str | None = None
        """``gzip`` or ``truncated`` or ``bomb``; None where all is well so far."""

    def chunk(self) -> bytes:
        """The next bytes; empty at the end."""
        raise NotImplementedError

    def left(self, _: int) -> int | None:
        """How many bytes stand behind so many of its own; None where nobody can tell yet."""
        return None

    def end(self) -> int | None:
        """Leaves it, and tells where the next one begins in the file; None where there is none."""
        raise NotImplementedError


class Plain(Section):
    """A file that is not packed."""

    def __init__(self, file: BinaryIO, offset: int) -> None:
        super().__init__(offset, 0)
        self.is_packed = False
        self._file = file
        file.seek(offset)

    def chunk(self) -> bytes:
        """The next bytes; empty at the end."""
        return self._file.read(CHUNK)

    def left(self, at: int) -> int | None:
        """How many bytes stand behind the first ``at``."""
        return os.fstat(self._file.fileno()).st_size - self.offset - at

    def end(self) -> int | None:
        """There is no next one."""
        return None


class Packed(Section):
    """A member of a gzip file, with those behind it that open no record: some cut a file into blocks."""

    def __init__(self, file: BinaryIO, offset: int, number: int) -> None:
        super().__init__(offset, number)
        self._file = file
        self._at, self._unpacked = offset, 0
        """Of the file, how much was given to zlib."""
        self._waiting, self._packed = b"", b""
        self._zlib: zlib._Decompress | None = None
        self._next: int | None = None
        self._is_over = False
        file.seek(offset)

    def chunk(self) -> bytes:
        """Raises nothing: what is no gzip ends it."""
        while not self._is_over:
            if self._zlib is None and not self._open():
                break
            found, self._waiting = self._waiting or self._unpack(), b""
            if found:
                return found
        return b""

    def end(self) -> int | None:
        """Reads on to its end; behind a broken one, the next member that opens a record is looked for."""
        while self.chunk():
            pass
        return find_member(self._file, self.offset + 1) if self.broken else self._next

    def _open(self) -> bool:
        """The next member, if it belongs to this section."""
        start = self._at - len(self._packed)
        if not self._fill() or not self._packed.strip(b"\0"):
            self._is_over = True
            return False
        self._zlib = zlib.decompressobj(31)
        if start == self.offset:
            return True
        while self._zlib and not self._is_over and len(self._waiting) < len(OPENING):
            self._waiting += self._unpack()
        if self._waiting.startswith(OPENING):
            self._next, self._is_over, self._waiting = start, True, b""
            return False
        return True

    def _unpack(self) -> bytes:
        assert self._zlib is not None
        is_more = self._fill()
        try:
            found = self._zlib.decompress(self._packed, CHUNK)
        except zlib.error:
            self.broken, self._is_over = "gzip", True
            return b""
        if not is_more and not found:
            self.broken, self._is_over = "truncated", True
        self._packed = self._zlib.unconsumed_tail
        if self._zlib.eof:
            self._packed, self._zlib = self._zlib.unused_data, None
        self._unpacked += len(found)
        if self._unpacked > MOST_UNPACKED:
            self.broken, self._is_over = "bomb", True
        return found

    def _fill(self) -> bool:
        if not self._packed:
            self._packed = self._file.read(CHUNK)
            self._at += len(self._packed)
        return bool(self._packed)


def sections(file: BinaryIO, start: int = 0) -> Iterator[Section]:
    """The sections of a file from a place on; each is left when the next one is asked for."""
    file.seek(0)
    if file.read(len(GZIP)) != GZIP:
        yield Plain(file, start)
        return
    offset: int | None = start
    if start and not _opens_record(file, start):
        offset = find_member(file, start)
    number = 0
    while offset is not None:
        section = Packed(file, offset, number)
        yield section
        offset, number = section.end(), number + 1


def find_member(file: BinaryIO, start: int) -> int | None:
    """Where the next member begins that opens a record, from a place on; None where there is none."""
    file.seek(start)
    window = b""
    while more := file.read(CHUNK):
        begin, window = file.tell() - len(more) - len(window), window + more
        at = window.find(GZIP)
        while at >= 0:
            here = file.tell()
            if _opens_record(file, begin + at):
                return begin + at
            file.seek(here)
            at = window.find(GZIP, at + 1)
        window = window[-len(GZIP) + 1 :]
    return None


def _opens_record(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    try:
        return zlib.decompressobj(31).decompress(file.read(512), 64).startswith(OPENING)
    except zlib.error:
        return False
