"""Takes an article out of the archive for good, and leaves its id and a reason."""

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from guancha.clock import stamp
from guancha.exceptions import DataDirectoryError, StoreError
from guancha.store import stubs
from guancha.store.engine import database_file
from guancha.store.reading import open_reader
from guancha.store.removal import finish, remove
from guancha.store.schema import articles, comments, erasures, lines, near_keys, threads
from guancha.store.states import ERASED
from guancha.store.store import Store
from guancha.streams import FOLDERS
from guancha.warc import erasing
from guancha.warc.files import FOLDER, names

CHUNK = 1 << 20
"""Bytes that are searched at a time: a line of others may be of any length."""
GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Erasure:
    """What became of it."""

    erased: str
    """When, ISO 8601; before now where it had been erased already."""
    is_new: bool
    """Whether it was there until now."""
    pages: int
    """How many answers of the site for it were in the archive of pages until now."""
    elsewhere: list[Path]
    """Files below the data directory, not the archive's own, that name the article or can't be read."""


def erase(url: str | None, root: Path, article_id: str, reason: str, now: datetime) -> Erasure:
    """Erases an article; where that was done already it finishes what was begun.

    Raises StoreError for an article that is not in the archive and a store that is not there or in use,
    and DataDirectoryError where another run writes, or a file of pages is damaged.
    """
    open_reader(url, root).dispose()
    store = Store(url, root)
    try:
        with store.engine.begin() as connection:
            before = _erased(connection, article_id)
            if before is None:
                _erase(connection, article_id, reason, stamp(now))
        pages = erasing.erase(root / FOLDER, article_id)
        finish(store.engine, root)
        elsewhere = list(_naming(root, article_id, database_file(store.engine)))
    except DBAPIError as error:
        raise StoreError(f"the store: {error.orig}") from error
    except OSError as error:
        raise DataDirectoryError(f"{error.filename or root}: {error.strerror}") from error
    finally:
        store.close()
    return Erasure(before or stamp(now), before is None, pages, elsewhere)


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
    # Lines of comments name their article nowhere but in the text.
    below = select(comments.c.comment_id).where(comments.c.article_id == article_id)
    remove(connection, (lines.c.article_id == article_id) | lines.c.comment_id.in_(below))
    for table in (comments, threads):
        connection.execute(delete(table).where(table.c.article_id == article_id))


def _naming(root: Path, article_id: str, database: Path | None) -> Iterator[Path]:
    """Files of others that hold the id as a word of its own, packed or not, or that can't be read."""
    word = re.compile(rb"(?<![0-9A-Za-z])%s(?![0-9A-Za-z])" % article_id.encode())
    own = {path for stream in FOLDERS for path in (root / stream).glob("*.jsonl")}
    own |= set((root / FOLDER).glob(names()))
    if database:
        own |= {database.with_name(database.name + end) for end in ("", "-wal", "-shm")}
    for path in sorted(p for p in root.rglob("*") if p.is_file() and p not in own):
        try:
            is_named = _holds(path, word, len(article_id))
        except (OSError, EOFError, zlib.error):
            is_named = True
        if is_named:
            yield path


def _holds(path: Path, word: re.Pattern[bytes], length: int) -> bool:
    with path.open("rb") as content:
        is_packed = content.read(len(GZIP)) == GZIP
        content.seek(0)
        file = gzip.GzipFile(fileobj=content) if is_packed else content
        held = b""
        # What stands across an edge is found as well; there rather once too often.
        while chunk := file.read(CHUNK):
            held = held[-length - 1 :] + chunk
            if word.search(held):
                return True
    return False
