"""Readers under names that only the holder of a key can tie to them."""

import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path
from typing import Literal, Self

from guancha.exceptions import DataDirectoryError

FILE = "reader-key"
MODE = 0o600
_KEY = re.compile(r"[0-9a-f]{64}\n?")


class Pseudonyms:
    """HMAC-SHA256 of ids and names, cut to 128 bits; the same reader has the same one as long as the key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def read(cls, root: Path) -> Self | None:
        """By the key in a data directory; None without one. Raises DataDirectoryError for what is no key."""
        path = root / FILE
        try:
            printed = path.read_text("ascii")
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise DataDirectoryError(f"{path}: can't be read") from error
        if not _KEY.fullmatch(printed):
            raise DataDirectoryError(f"{path}: expected a key of 64 hexadecimal digits")
        return cls(bytes.fromhex(printed))

    @classmethod
    def make(cls, root: Path) -> Self:
        """By a new key, which is on the disk on return; by that of another process that was quicker."""
        write(root / FILE, secrets.token_hex(32) + "\n")
        made = cls.read(root)
        assert made is not None
        return made

    @classmethod
    def copy(cls, source: Path, root: Path) -> None:
        """Has the key of one folder in another as well, if there is one and the other has none."""
        there = cls.read(source)
        if there:
            write(root / FILE, there._key.hex() + "\n")

    @property
    def fingerprint(self) -> str:
        """Tells keys apart and gives none away."""
        return hashlib.sha256(b"guancha reader key" + self._key).hexdigest()

    def of(self, what: Literal["id", "name"], value: str) -> str:
        """The pseudonym of an id or a name: 32 hexadecimal digits.

        >>> someone = Pseudonyms(bytes(32))
        >>> someone.of("id", "17")
        '1bc2f3d35ff1cda9e570dd7edff96a1e'
        >>> someone.of("id", "17") == someone.of("name", "17")
        False
        """
        said = f"{what}:{value}".encode("utf-8", "surrogatepass")
        return hmac.new(self._key, said, hashlib.sha256).hexdigest()[:32]


def write(path: Path, printed: str) -> None:
    """Writes a file that only its owner reads, whole or not at all; one that is there stays as it is."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(printed)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)
        except FileExistsError:
            return
        finally:
            part.unlink()
    except OSError as error:
        raise DataDirectoryError(f"{path}: {error.strerror}") from error
