"""Whether a database and a data directory are one archive, and who may write it."""

import fcntl
import hashlib
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from sqlalchemy import Connection, Engine, event, insert, select

from guancha.exceptions import DataDirectoryError, StoreError
from guancha.folders import sync_folder
from guancha.store.engine import database_file
from guancha.store.schema import archive, lines
from guancha.store.upgrade import upgrade
from guancha.streams import FOLDERS

ID_FILE, LOCK = "archive-id", ".lock"
LAST_BREATH = 10
"""Seconds for which the lock of a writer that was just killed may outlive it on a server."""


class Lock:
    """Keeps a second writer of the streams out, of the folder and of the database alike.

    Raises DataDirectoryError where there is a first one.
    """

    def __init__(self, root: Path, engine: Engine, streams: Sequence[str] = FOLDERS) -> None:
        self._files: list[BinaryIO] = []
        paths = [root / stream / LOCK for stream in streams]
        database = database_file(engine)
        if database:
            # Two folders may share it.
            names = (stream.replace("/", "-") for stream in streams)
            paths += [database.with_name(f".{database.name}.{name}{LOCK}") for name in names]
        try:
            for path in paths:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._files.append(path.open("ab"))
                fcntl.flock(self._files[-1], fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.release()
            taken = isinstance(error, BlockingIOError)
            said = "another run is writing here" if taken else error.strerror
            raise DataDirectoryError(f"{path.parent}: {said}") from error
        if database is None:
            # With each connection anew: a server that was away has forgotten its locks.
            event.listen(engine, "connect", lambda raw, _: _lock_database(raw, streams))

    def release(self) -> None:
        """Lets the next one in; the lock of a database goes with its connection."""
        for file in self._files:
            file.close()


def identify(engine: Engine, root: Path) -> None:
    """Upgrades the database and makes sure that it and the data directory are one archive.

    Raises StoreError or DataDirectoryError, in words, where they are not; then nothing has changed.
    """
    there = read_id(root)
    is_used = there is not None or any(any((root / s).glob("*.jsonl")) for s in FOLDERS)
    missing = StoreError(
        f"{root} holds an archive, but the store at {engine.url!r} does not: is STORE_URL right? "
        "If the store is lost, restore a backup, or move the folder away"
    )
    database = database_file(engine)
    if is_used and database and not database.exists():
        raise missing
    with engine.begin() as connection:
        upgrade(connection)
        known = connection.scalar(select(archive.c.id))
        if known is None and is_used:
            raise missing
        if there is None and known and (is_used or _has_lines(connection)):
            raise DataDirectoryError(
                f"the store at {engine.url!r} holds an archive, but {root} is not its folder: is DATA_DIR "
                "right? If the folder is lost, 'scrapy rebuild' makes it again"
            )
        if known is None:
            known = uuid4().hex
            connection.execute(insert(archive).values(id=known))
        _match(root, known)
    claim(root, known)


def claim(root: Path, archive_id: str) -> None:
    """Makes a data directory that of an archive; raises DataDirectoryError where it is another's."""
    if _match(root, archive_id) is None:
        path = root / ID_FILE
        part = path.with_name(path.name + ".part")
        with part.open("w", encoding="utf-8") as file:
            file.write(archive_id + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(root)


def read_id(root: Path) -> str | None:
    """The archive that a data directory belongs to; None where it does not say."""
    try:
        return (root / ID_FILE).read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise DataDirectoryError(f"{root / ID_FILE}: can't be read") from error


def _match(root: Path, archive_id: str) -> str | None:
    there = read_id(root)
    if there not in (None, archive_id):
        raise DataDirectoryError(f"{root} belongs to archive {there}, the store to {archive_id}")
    return there


def _has_lines(connection: Connection) -> bool:
    return connection.scalar(select(lines.c.line_id).limit(1)) is not None


def _lock_database(raw: Any, streams: Sequence[str]) -> None:
    for stream in streams:
        key = hashlib.sha256(f"guancha/{stream}".encode()).digest()[:8]
        for _ in range(LAST_BREATH * 5):
            query = "SELECT pg_try_advisory_lock(%s)"
            row = raw.execute(query, [int.from_bytes(key, signed=True)]).fetchone()
            raw.commit()
            if row[0]:
                break
            time.sleep(0.2)
        else:
            raise DataDirectoryError(f"the store: another run is writing its {stream}")
