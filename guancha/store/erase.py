"""Takes an article out of the archive for good, and leaves its id and a reason."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from guancha.clock import stamp
from guancha.exceptions import DataDirectoryError, StoreError
from guancha.store import stubs
from guancha.store.engine import database_file
from guancha.store.reading import open_reader
from guancha.store.rebuild import remake
from guancha.store.schema import articles, erasures, files, lines, near_keys
from guancha.store.states import ERASED
from guancha.store.store import Store
from guancha.streams import FOLDERS


@dataclass(frozen=True)
class Erasure:
    """What became of it."""

    erased: str
    """When, ISO 8601; before now where it had been erased already."""
    is_new: bool
    """Whether it was there until now."""
    elsewhere: list[Path]
    """Files below the data directory, not the archive's own, that name the article."""


def erase(url: str | None, root: Path, article_id: str, reason: str, now: datetime) -> Erasure:
    """Erases an article; where that was done already it finishes what was begun.

    Raises StoreError for an article that is not in the archive and a store that is not there or in use,
    and DataDirectoryError where another run writes.
    """
    open_reader(url, root).dispose()
    store = Store(url, root)
    try:
        with store.engine.begin() as connection:
            before = _erased(connection, article_id)
            if before is None:
                _erase(connection, article_id, reason, stamp(now))
        remake(store.engine, root)
        _forget(store.engine)
        elsewhere = list(_naming(root, article_id, database_file(store.engine)))
    except DBAPIError as error:
        raise StoreError(f"the store: {error.orig}") from error
    except OSError as error:
        raise DataDirectoryError(f"{error.filename or root}: {error.strerror}") from error
    finally:
        store.close()
    return Erasure(before or stamp(now), before is None, elsewhere)


def _erased(connection: Connection, article_id: str) -> str | None:
    """When it was erased, None if it was not; raises StoreError for one that nobody has named."""
    known = select(articles.c.article_id).where(articles.c.article_id == article_id)
    if connection.scalar(known) is None:
        raise StoreError(f"no article {article_id} is in the archive")
    same = erasures.c.article_id == article_id
    return connection.scalar(select(erasures.c.erased).where(same))


def _erase(connection: Connection, article_id: str, reason: str, when: str) -> None:
    values = {"article_id": article_id, "reason": reason, "erased": when}
    connection.execute(insert(erasures).values(**values))
    same = articles.c.article_id == article_id
    nothing = {column.name: None for column in articles.columns if column.nullable}
    connection.execute(update(articles).where(same).values(**nothing, state=ERASED, revision=0))
    connection.execute(delete(near_keys).where(near_keys.c.article_id == article_id))
    stubs.forget(connection, article_id)
    ours = lines.c.article_id == article_id
    touched = connection.execute(select(lines.c.stream, lines.c.day).where(ours).distinct()).all()
    connection.execute(delete(lines).where(ours))
    for stream, day in touched:
        _close_up(connection, stream, day)


def _close_up(connection: Connection, stream: str, day: str) -> None:
    """Moves the lines of a file to where they stand without those that are gone."""
    here = (lines.c.stream == stream) & (lines.c.day == day)
    length = func.length(lines.c.content).label("length")
    query = select(lines.c.line_id, lines.c.offset, length).where(here).order_by(lines.c.offset)
    moved, end = [], 0
    for row in connection.execute(query):
        if row.offset != end:
            moved.append({"row": row.line_id, "place": end})
        end += row.length
    if moved:
        # From the first to the last, each to where none is any more: no two ever have one place.
        place = update(lines).where(lines.c.line_id == bindparam("row"))
        connection.execute(place.values(offset=bindparam("place")), moved)
    file = (files.c.stream == stream) & (files.c.day == day)
    connection.execute(update(files).where(file).values(size=end, is_stale=True))


def _forget(engine: Engine) -> None:
    """Has the database let go of the space of what is no longer in it."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM lines, articles, near_keys")
        return
    with closing(engine.raw_connection()) as raw, closing(raw.cursor()) as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy, *_ = cursor.fetchone() or [False]
    if is_busy:
        raise StoreError(
            "the article is erased, but SQLite's log holds it while somebody reads: do it again then"
        )


def _naming(root: Path, article_id: str, database: Path | None) -> Iterator[Path]:
    """Files of others that hold the id as a word of its own."""
    word = re.compile(rb"(?<![0-9A-Za-z])%s(?![0-9A-Za-z])" % article_id.encode())
    own = {path for stream in FOLDERS for path in (root / stream).glob("*.jsonl")}
    if database:
        own |= {database.with_name(database.name + end) for end in ("", "-wal", "-shm")}
    for path in sorted(p for p in root.rglob("*") if p.is_file() and p not in own):
        with path.open("rb") as content:
            if any(word.search(line) for line in content):
                yield path
