"""A copy of the store that was whole at one moment, as a folder: database, manifest, key of pseudonyms."""

import fcntl
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.exc import DBAPIError

from guancha import __version__
from guancha.clock import stamp
from guancha.exceptions import DataDirectoryError, StoreError
from guancha.folders import sync_folder
from guancha.pseudonyms import FILE as KEY_FILE
from guancha.pseudonyms import Pseudonyms
from guancha.store import manifest
from guancha.store.engine import FILE, open_engine
from guancha.store.manifest import Manifest
from guancha.store.reading import open_reader, snapshot
from guancha.store.schema import archive, metadata
from guancha.store.transfer import count, transfer
from guancha.store.upgrade import steps, upgrade

logger = logging.getLogger(__name__)

LOCK, PART = ".lock", ".part"
WRITABLE = 0o222
UNFINISHED = f"????-??-??T??????{PART}"
Tell = Callable[[int, int], object]
"""Is told how many rows have been copied since, and how many there are in all."""


def backup(url: str | None, root: Path, into: Path, now: datetime, tell: Tell) -> Path:
    """Makes a folder below ``into`` and returns it; a crawl may run meanwhile.

    It appears whole or not at all, and no other backup is touched. Raises StoreError for a store that is
    not there or can't be copied, and DataDirectoryError for an ``into`` of no use.
    """
    if into.resolve().is_relative_to(root.resolve()):
        raise DataDirectoryError(f"{into}: expected a folder outside of the archive's, {root}")
    engine = open_reader(url, root)
    made = into / now.strftime("%Y-%m-%dT%H%M%S")
    try:
        with snapshot(engine) as source, _held(into):
            archive_id = str(source.scalar(select(archive.c.id)))
            _prepare(into, made, archive_id)
            _make(source, root, made, archive_id, stamp(now), tell)
    except OSError as error:
        raise DataDirectoryError(f"{error.filename or into}: {error.strerror}") from error
    finally:
        engine.dispose()
    return made


def _has_key(root: Path, fingerprint: str | None) -> bool:
    """Whether the archive's key of pseudonyms is there to be kept; where it is lost, that is said."""
    there = Pseudonyms.read(root)
    is_ours = there is not None and there.fingerprint == fingerprint
    if fingerprint and not is_ours:
        said = "%s is not there, or not the archive's own: the backup is without it"
        logger.warning(said, root / KEY_FILE)
    return is_ours


@contextmanager
def _held(into: Path) -> Iterator[None]:
    """The folder of backups for us alone, or a leftover could not be told from what is being written."""
    into.mkdir(parents=True, exist_ok=True)
    with (into / LOCK).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DataDirectoryError(f"{into}: another backup is being written here") from error
        yield


def _prepare(into: Path, made: Path, archive_id: str) -> None:
    """Refuses a folder of something else; removes what a backup left that was killed."""
    unfinished = set(into.glob(UNFINISHED))
    for old in sorted(set(into.iterdir()) - unfinished - {into / LOCK}):
        try:
            is_ours = manifest.read(old).archive == archive_id
        except StoreError as error:
            expected = "expected a new or empty folder, or one of backups"
            raise DataDirectoryError(f"{into}: {expected}, but {error}") from error
        if not is_ours:
            raise DataDirectoryError(f"{into}: {old.name} is a backup of another archive")
    if made.exists():
        raise DataDirectoryError(f"{made} is there already")
    for old in unfinished:
        shutil.rmtree(old)


def _make(
    source: Connection, root: Path, made: Path, archive_id: str, when: str, tell: Tell
) -> None:
    part = made.with_name(made.name + PART)
    part.mkdir()
    try:
        rows = count(source, metadata.sorted_tables)
        _copy(source, part, rows, tell)
        _seal(part / FILE)
        if _has_key(root, source.scalar(select(archive.c.reader_key))):
            Pseudonyms.copy(root, part)
        sha256 = manifest.digest(part)
        manifest.write(part, Manifest(archive_id, steps()[0], __version__, when, rows, sha256))
        sync_folder(part)
        part.rename(made)
        sync_folder(made.parent)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _copy(source: Connection, part: Path, rows: dict[str, int], tell: Tell) -> None:
    """Copies all rows into the tables of today, and verifies them."""
    engine, total = open_engine(None, part), sum(rows.values())
    event.listen(engine, "connect", _without_journal)
    try:
        with engine.begin() as target:
            upgrade(target)
            transfer(source, target, metadata.sorted_tables, lambda more: tell(more, total))
        _verify(engine, rows)
    except DBAPIError as error:
        raise StoreError(f"{part.parent}: the backup can't be made: {error.orig}") from error
    finally:
        engine.dispose()


def _without_journal(connection: Any, _: object) -> None:
    # What is not finished is thrown away: nobody rolls back, and all is synced at the end.
    for pragma in ("journal_mode=OFF", "synchronous=OFF"):
        connection.execute(f"PRAGMA {pragma}").close()


def _verify(engine: Engine, rows: dict[str, int]) -> None:
    with engine.connect() as connection:
        if count(connection, metadata.sorted_tables) != rows:
            raise StoreError("the backup: its rows are not those of the store")
        if (said := connection.exec_driver_sql("PRAGMA integrity_check").scalar()) != "ok":
            raise StoreError(f"the backup is damaged: {said}")


def _seal(path: Path) -> None:
    """Has a database on the disk; who opens it to write would change it, and make its digest a lie."""
    path.chmod(path.stat().st_mode & ~WRITABLE)
    with path.open("rb") as file:
        os.fsync(file.fileno())
