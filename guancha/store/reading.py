"""Opens an archive to read: nothing is created or upgraded, and no writer is kept waiting."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from guancha.exceptions import StoreError
from guancha.store.engine import READING, database_file, in_words, open_engine
from guancha.store.upgrade import current, steps


def open_reader(url: str | None, data: Path) -> Engine:
    """The engine of a store that is there and has today's schema; the caller disposes of it.

    Raises StoreError, in words, for one that is missing, empty, out of reach or of another version.
    """
    engine = open_engine(url, data)
    try:
        _find(database_file(engine))
        with snapshot(engine):
            pass
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the store as it is now, whatever is committed in the meantime.

    Raises StoreError for a schema that is not today's, and for whatever the database refuses inside.
    """
    try:
        with engine.connect() as connection:
            connection.execution_options(**_options(engine))
            # The first look is what fixes the moment.
            _check(current(connection))
            yield connection
    except SQLAlchemyError as error:
        raise StoreError(f"the store: {in_words(error)}") from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction for what needs no lock of a stream; it waits for other writers, with a bound.

    Raises StoreError for whatever the database refuses.
    """
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise StoreError(f"the store: {in_words(error)}") from error


def _options(engine: Engine) -> dict[str, Any]:
    if engine.dialect.name == "sqlite":
        return {READING: True}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _find(database: Path | None) -> None:
    """Looks for the file of SQLite, which would make one that is not there."""
    try:
        if database and not (database.is_file() and database.stat().st_size):
            raise StoreError(f"{database}: there is no store; a crawl makes one")
    except OSError as error:
        raise StoreError(f"{database}: {error.strerror}") from error


def _check(step: str | None) -> None:
    known = steps()
    if step is None:
        raise StoreError("the store is empty: a crawl fills it")
    if step not in known:
        raise StoreError(
            f"a newer version of this project has written the store: upgrade (it is at step {step!r}, "
            f"expected {known[0]!r})"
        )
    if step != known[0]:
        raise StoreError(
            f"an older version of this project has written the store (it is at step {step!r}, expected "
            f"{known[0]!r}): the next crawl upgrades it"
        )
