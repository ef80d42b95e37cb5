"""Takes lines out of the archive for good: out of the store, the files, and the free space of both."""

from contextlib import closing
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Engine, bindparam, delete, func, select, update

from guancha.exceptions import StoreError
from guancha.store.rebuild import remake
from guancha.store.schema import files, lines


def remove(connection: Connection, which: ColumnElement[bool]) -> int:
    """Removes lines and has those behind them close up; returns how many. The files are stale then."""
    touched = connection.execute(select(lines.c.stream, lines.c.day).where(which).distinct()).all()
    number = connection.execute(delete(lines).where(which)).rowcount
    for stream, day in touched:
        _close_up(connection, stream, day)
    return number


def finish(engine: Engine, root: Path) -> None:
    """Makes stale files anew, and has the database let go of the space of what is no longer in it.

    Raises StoreError where a reader of SQLite holds it.
    """
    remake(engine, root)
    _let_go(engine)


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


def _let_go(engine: Engine) -> None:
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(
                "VACUUM lines, articles, near_keys, comments, posts, threads"
            )
        return
    with closing(engine.raw_connection()) as raw, closing(raw.cursor()) as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy, *_ = cursor.fetchone() or [False]
    if is_busy:
        raise StoreError(
            "it is erased, but SQLite's log holds it while somebody reads: do it again then"
        )
