"""Takes all that a reader has written out of the archive, and sees that it never comes back."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import DBAPIError

from guancha.clock import stamp
from guancha.exceptions import DataDirectoryError, StoreError
from guancha.pseudonyms import Pseudonyms
from guancha.store import comments as comment_rows
from guancha.store.reading import open_reader
from guancha.store.removal import finish, remove
from guancha.store.schema import comments, forgotten, lines, posts
from guancha.store.states import ERASED
from guancha.store.store import Store
from guancha.streams import WRITERS

PSEUDONYM = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Forgotten:
    """What became of it."""

    comments: int
    """Comments that were there until now."""
    posts: int
    """Posts, likewise."""


def forget(url: str | None, root: Path, reader: str, now: datetime) -> Forgotten:
    """Forgets a reader: the site's number, an id of a record, or the name of one without a number.

    Where that was done already it finishes what was begun. Raises StoreError for a store that is not there
    or in use, and DataDirectoryError where another run writes.
    """
    open_reader(url, root).dispose()
    store = Store(url, root)
    try:
        pseudonyms = store.readers().pseudonyms
        with store.engine.begin() as connection:
            done = _forget(connection, _names(reader, pseudonyms), pseudonyms, stamp(now))
        finish(store.engine, root)
    except DBAPIError as error:
        raise StoreError(f"the store: {error.orig}") from error
    except OSError as error:
        raise DataDirectoryError(f"{error.filename or root}: {error.strerror}") from error
    finally:
        store.close()
    return done


def _names(reader: str, pseudonyms: Pseudonyms) -> set[str]:
    """Pseudonyms under which a reader may stand in records."""
    if PSEUDONYM.fullmatch(reader):
        return {reader}
    return {pseudonyms.of("id", reader), pseudonyms.of("name", reader)}


def _plain(connection: Connection, hidden: set[str], pseudonyms: Pseudonyms) -> set[str]:
    """Under which numbers and names the same stand where readers were kept plain."""
    found = {
        name
        for column in (comments.c.reader, posts.c.writer)
        for name in connection.scalars(select(column).where(column.is_not(None)).distinct())
    }
    return {name for name in found if hidden & _names(name, pseudonyms)}


def _forget(
    connection: Connection, hidden: set[str], pseudonyms: Pseudonyms, when: str
) -> Forgotten:
    known = set(
        connection.scalars(select(forgotten.c.reader).where(forgotten.c.reader.in_(hidden)))
    )
    for name in sorted(hidden - known):
        connection.execute(insert(forgotten).values(reader=name, erased=when))
    names = hidden | _plain(connection, hidden, pseudonyms)
    ours = comments.c.reader.in_(names)
    remove(connection, lines.c.comment_id.in_(select(comments.c.comment_id).where(ours)))
    # Their numbers stay: where a page hides who wrote it, nothing else would keep a comment from coming back.
    left = {"reader": None, "revision": comment_rows.ERASED, "shown": "{}"}
    number = connection.execute(update(comments).where(ours).values(**left)).rowcount
    theirs = posts.c.writer.in_(names)
    # Not the stubs of articles that lead to them: those are the site's.
    ours = lines.c.stream.in_(WRITERS["posts"])
    remove(connection, ours & lines.c.post_id.in_(select(posts.c.post_id).where(theirs)))
    nothing = {column.name: None for column in posts.columns if column.nullable}
    erased = connection.execute(
        update(posts).where(theirs).values(**nothing, state=ERASED, revision=0)
    )
    return Forgotten(number, erased.rowcount)
