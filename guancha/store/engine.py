"""Opens the database: SQLite in the data directory by default, PostgreSQL where a URL says so."""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError as UrlSyntaxError
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from guancha.exceptions import StoreError

FILE = "store.sqlite3"
BUSY_SECONDS = 30
"""How long a writer waits for another one before it gives up."""
# All work of a store is done on one thread; a lock of the server belongs to one connection.
_ONE: dict[str, Any] = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
READING = "reading"
"""Execution option of a transaction that only reads: it is never refused, and keeps nobody waiting."""


def open_engine(url: str | None, data: Path) -> Engine:
    """The engine of ``url``, of a file in ``data`` without one; raises StoreError for a URL of no use."""
    parsed = _parse(url, data)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        waits = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        engine = create_engine(parsed, connect_args=waits, **_ONE)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin)
        return engine
    if backend == "postgresql":
        options = f"-c lock_timeout={BUSY_SECONDS}s -c idle_in_transaction_session_timeout=0"
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            connect_args={"options": options, "connect_timeout": BUSY_SECONDS},
            pool_pre_ping=True,
            **_ONE,
        )
    raise StoreError(f"STORE_URL: expected sqlite or postgresql, got {backend!r}")


def database_file(engine: Engine) -> Path | None:
    """Where a SQLite database is; None for a server."""
    name = engine.url.database
    return Path(name) if engine.dialect.name == "sqlite" and name else None


def _parse(url: str | None, data: Path) -> URL:
    if not url:
        return URL.create("sqlite", database=str(data / FILE))
    try:
        parsed = make_url(url)
    except (UrlSyntaxError, ValueError) as error:
        raise StoreError("STORE_URL: expected a database URL") from error
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise StoreError("STORE_URL: expected a file, for a database in memory keeps nothing")
    return parsed


def _prepare_sqlite(connection: Any, _: object) -> None:
    # Transactions begin where we say so, not where the driver guesses.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # a commit survives a loss of power
    cursor.execute("PRAGMA secure_delete=ON")  # what is erased is not left in free pages
    cursor.close()


def _begin(connection: Connection) -> None:
    # A writer that reads first and writes later could otherwise fail in the middle.
    reads = connection.get_execution_options().get(READING)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def is_away(error: SQLAlchemyError) -> bool:
    """Whether an error is that of a database server that is away; a file is there, or it is not."""
    # Here: a run on SQLite needs it not, and it takes its time to load.
    import psycopg

    if not isinstance(error, DBAPIError) or not isinstance(error.orig, psycopg.Error):
        return False
    if error.connection_invalidated:
        return True
    # Without a state no server has spoken; 08 is a lost connection, 57P a server that goes or comes.
    state = error.orig.sqlstate
    return isinstance(error, OperationalError) and (
        state is None or state.startswith(("08", "57P"))
    )


def in_words(error: SQLAlchemyError) -> str:
    """What the database has said, without the query: that may hold a whole article."""
    said = error.orig if isinstance(error, DBAPIError) else error
    return " ".join(str(said).split())
