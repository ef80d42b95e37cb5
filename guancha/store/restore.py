"""An archive made again from a backup, in a place where there is none."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    MetaData,
    Table,
    create_engine,
    event,
    inspect,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from guancha.exceptions import DataDirectoryError, StoreError
from guancha.pseudonyms import FILE as KEY_FILE
from guancha.pseudonyms import Pseudonyms
from guancha.store import manifest
from guancha.store.backup import Tell
from guancha.store.engine import FILE, READING, database_file, in_words, open_engine
from guancha.store.identity import Lock, read_id
from guancha.store.manifest import Manifest
from guancha.store.rebuild import rebuild
from guancha.store.schema import archive, metadata
from guancha.store.transfer import count, transfer
from guancha.store.upgrade import steps, upgrade
from guancha.streams import FOLDERS


def restore(folder: Path, url: str | None, root: Path, tell: Tell) -> Iterator[str]:
    """Fills an empty database from a backup, and returns what makes the files and yields their names.

    All rows come in one transaction, so that what is killed before its end can be begun again, and what
    is killed later can be gone on with. Raises StoreError for a backup that is damaged or a newer version's
    and for a database that holds anything else, and DataDirectoryError for such a data directory; then
    nothing has changed.
    """
    said = _verified(folder)
    _refuse_another_key(folder, root)
    try:
        if not _is_filled(url, root, said):
            _fill(folder, url, root, said, tell)
        Pseudonyms.copy(folder, root)
    except SQLAlchemyError as error:
        raise StoreError(f"the store: {in_words(error)}") from error
    except OSError as error:
        raise DataDirectoryError(f"{error.filename or root}: {error.strerror}") from error
    return rebuild(url, root)


def _refuse_another_key(folder: Path, root: Path) -> None:
    ours, theirs = Pseudonyms.read(root), Pseudonyms.read(folder)
    if ours and theirs and ours.fingerprint != theirs.fingerprint:
        raise DataDirectoryError(f"{root / KEY_FILE} is another key than that of the backup")


def _verified(folder: Path) -> Manifest:
    said = manifest.read(folder)
    if said.step not in steps():
        raise StoreError(f"{folder}: a newer version of this project has made it: upgrade")
    if said.sha256 != manifest.digest(folder):
        raise StoreError(f"{folder}: {FILE} is not the file that {manifest.NAME} tells of")
    return said


def _is_filled(url: str | None, root: Path, said: Manifest) -> bool:
    """Whether this very backup is in the database already; refuses one, and a folder, of anything else."""
    engine = open_engine(url, root)
    try:
        file = database_file(engine)
        there = (file is None or file.exists()) and _holds(engine, said)
    finally:
        engine.dispose()
    if read_id(root) not in ({None, said.archive} if there else {None}):
        raise DataDirectoryError(f"{root} holds another archive: expected an empty folder")
    if not there and any(any((root / stream).glob("*.jsonl")) for stream in FOLDERS):
        raise DataDirectoryError(f"{root} holds records already: expected an empty folder")
    return there


def _holds(engine: Engine, said: Manifest) -> bool:
    """Whether a database holds the rows of a backup; raises StoreError where it holds others."""
    with engine.connect().execution_options(**{READING: True}) as connection:
        found = set(inspect(connection).get_table_names())
        if not found:
            return False
        ours = [table for table in metadata.sorted_tables if table.name in said.rows]
        if {table.name for table in ours} <= found:
            known = connection.scalar(select(archive.c.id))
            if known == said.archive and count(connection, ours) == said.rows:
                return True
    raise StoreError(f"the store at {engine.url!r} is in use: expected an empty database")


def _fill(folder: Path, url: str | None, root: Path, said: Manifest, tell: Tell) -> None:
    total = sum(said.rows.values())
    source_engine, engine = _read_only(folder / FILE), open_engine(url, root)
    lock = Lock(root, engine)
    if database_file(engine):
        event.listen(engine, "connect", _with_small_journal)
    try:
        with source_engine.connect() as source, engine.begin() as target:
            upgrade(target, said.step)
            tables = _tables(target)
            transfer(source, target, tables, lambda more: tell(more, total))
            known = target.scalar(select(archive.c.id))
            if known != said.archive or count(target, tables) != said.rows:
                raise StoreError(f"{folder}: its rows are not those that {manifest.NAME} tells of")
            upgrade(target)
    finally:
        source_engine.dispose()
        engine.dispose()
        lock.release()


def _tables(target: Connection) -> list[Table]:
    """Those of the backup's own step, which need not be those of today."""
    found = MetaData()
    found.reflect(target)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _read_only(path: Path) -> Engine:
    # Even to look into a file may change it otherwise, and then it were no longer what its digest says.
    query = {"mode": "ro", "immutable": "1", "uri": "true"}
    return create_engine(
        URL.create("sqlite", database=f"file:{quote(str(path.resolve()))}", query=query)
    )


def _with_small_journal(connection: Any, _: object) -> None:
    # SQLite's log would hold all that is copied once more; to undo the filling of an empty file takes none.
    connection.execute("PRAGMA journal_mode=DELETE").close()
