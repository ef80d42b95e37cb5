"""What a backup says of itself: ``manifest.json``, beside its database."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from guancha.exceptions import StoreError
from guancha.store.engine import FILE

NAME = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """As written. One that was read is only believed where it is found to be true."""

    archive: str
    """The archive's id."""
    step: str
    """The schema of the database: a step of ``steps``."""
    version: str
    """Of this project, which has made it."""
    made: str
    """When: ISO 8601, ``+08:00``."""
    rows: dict[str, int]
    """Table -> its rows."""
    sha256: str
    """Of the database's file."""


def write(folder: Path, manifest: Manifest) -> None:
    """Writes it, and has it on the disk on return."""
    with (folder / NAME).open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path) -> Manifest:
    """The manifest of a backup; raises StoreError where there is none."""
    path = folder / NAME
    try:
        found = Manifest(**json.loads(path.read_text("utf-8")))
        if not isinstance(found.step, str) or not isinstance(found.rows, dict):
            raise TypeError
        if not all(isinstance(number, int) for number in found.rows.values()):
            raise TypeError
        return found
    except OSError as error:
        raise StoreError(f"{folder} is no backup: {NAME}: {error.strerror}") from error
    except (ValueError, TypeError, RecursionError) as error:
        raise StoreError(f"{folder} is no backup: {NAME} is not what a backup says") from error


def digest(folder: Path) -> str:
    """SHA-256 of a backup's database; raises StoreError where it can't be read."""
    path = folder / FILE
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error
