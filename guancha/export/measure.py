"""Counts and hashes what goes into a file."""

import hashlib
from typing import IO


class Measure:
    """A file to write to, which passes on; ``size`` in bytes, ``sha256`` in hex.

    After an error, or ``drop``, it takes what comes and passes nothing on: writers that are thrown
    away still write their end.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.size = 0
        self.closed = False
        self._file: IO[bytes] | None = file
        self._hash = hashlib.sha256()

    @property
    def sha256(self) -> str:
        """Of all bytes up to now."""
        return self._hash.hexdigest()

    def write(self, data: bytes) -> int:
        """Passes all of it on; raises OSError."""
        if self._file is not None:
            file, self._file = self._file, None
            left = memoryview(data)
            while left:
                # A file without a buffer may take a part.
                left = left[file.write(left) :]
            self._file = file
            self._hash.update(data)
            self.size += len(data)
        return len(data)

    def drop(self) -> None:
        """Lets go of the file."""
        self._file = None

    def tell(self) -> int:
        """Where the next byte goes."""
        return self.size

    def flush(self) -> None:
        """Nothing is held back here."""

    def close(self) -> None:
        """The file belongs to another."""
