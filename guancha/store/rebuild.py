"""The files made again from the store, or completed from it."""

import os
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine, Row, func, inspect, select, update
from sqlalchemy.exc import SQLAlchemyError

from guancha.exceptions import DataDirectoryError, StoreError
from guancha.folders import sync_folder
from guancha.store.engine import READING, database_file, in_words, open_engine
from guancha.store.identity import Lock, claim
from guancha.store.projection import Line, Projection, file_name
from guancha.store.schema import archive, files, lines
from guancha.store.upgrade import upgrade
from guancha.streams import FOLDERS

FOREIGN = ".foreign"
CHUNK = 1 << 20


def recover(engine: Engine, projection: Projection, streams: Sequence[str] = FOLDERS) -> None:
    """Completes the files, where a run was ended between its commit and the end of a line.

    Raises DataDirectoryError for files that hold what the store does not know.
    """
    with _reading(engine) as connection:
        query = select(files).where(files.c.stream.in_(streams)).order_by(files.c.day)
        rows = connection.execute(query).all()
        sizes = {file_name(row.stream, row.day): row.size for row in rows}
        projection.check(sizes, streams)
        newest = {row.stream: row.day for row in rows}
        for row in rows:
            had = projection.size(file_name(row.stream, row.day))
            if had < row.size or row.day == newest[row.stream]:
                projection.complete(_lines(connection, row, had))


def remake(engine: Engine, root: Path, streams: Sequence[str] = FOLDERS) -> None:
    """Makes the files anew that an erasure has left stale."""
    query = select(files).where(files.c.is_stale, files.c.stream.in_(streams))
    with _reading(engine) as connection:
        stale = connection.execute(query).all()
    for row in stale:
        _write(engine, root / file_name(row.stream, row.day), row)
        with engine.begin() as connection:
            this = (files.c.stream == row.stream) & (files.c.day == row.day)
            connection.execute(update(files).where(this).values(is_stale=False))


def rebuild(url: str | None, root: Path) -> Iterator[str]:
    """Makes every file that the store knows anew, and yields their names.

    Each replaces the old one in one step. What the old one held that the new one does not, and files
    that the store does not know, are kept as ``<name>.foreign``. Raises StoreError for a store that is
    not there, and DataDirectoryError for a folder that belongs to another archive or can't be written.
    """
    engine = open_engine(url, root)
    database = database_file(engine)
    if database and not database.exists():
        raise StoreError(f"the store: {database} is not there")
    lock = Lock(root, engine)
    try:
        claim(root, _archive_id(engine))
        with _reading(engine) as connection:
            rows = connection.execute(select(files).order_by(files.c.stream, files.c.day)).all()
        known = {root / file_name(row.stream, row.day): row for row in rows}
        for path in sorted(p for s in FOLDERS for p in (root / s).glob("*.jsonl")):
            if path not in known:
                _put_aside(path)
        for path, row in known.items():
            _write(engine, path, row)
            yield str(path.relative_to(root))
        with engine.begin() as connection:
            connection.execute(update(files).values(is_stale=False))
    except SQLAlchemyError as error:
        raise StoreError(f"the store: {in_words(error)}") from error
    except OSError as error:
        raise DataDirectoryError(f"{error.filename}: {error.strerror}") from error
    finally:
        engine.dispose()
        lock.release()


def _reading(engine: Engine) -> Connection:
    return engine.connect().execution_options(**{READING: True})


def _archive_id(engine: Engine) -> str:
    if not inspect(engine).has_table(archive.name):
        raise StoreError("the store is empty: there is nothing to make files from")
    with engine.begin() as connection:
        upgrade(connection)
        return str(connection.scalar(select(archive.c.id)))


def _lines(connection: Connection, file: Row[tuple[str, str]], had: int) -> Iterator[Line]:
    """From the line on in which the first ``had`` bytes end."""
    end = lines.c.offset + func.length(lines.c.content)
    query = select(lines).where(lines.c.stream == file.stream, lines.c.day == file.day, end >= had)
    streamed = connection.execution_options(yield_per=100)
    for row in streamed.execute(query.order_by(lines.c.offset)):
        yield Line(file_name(row.stream, row.day), row.offset, row.content)


def _write(engine: Engine, path: Path, file: Row[tuple[str, str]]) -> None:
    part = path.with_name(path.name + ".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    with _reading(engine) as connection, part.open("wb") as out:
        for line in _lines(connection, file, 0):
            out.write(line.content)
        out.flush()
        os.fsync(out.fileno())
    if path.exists() and not file.is_stale and not _begins_with(part, path):
        _put_aside(path)
    part.replace(path)
    sync_folder(path.parent)


def _begins_with(whole: Path, start: Path) -> bool:
    """Whether all that one file holds is at the start of another."""
    with whole.open("rb") as ours, start.open("rb") as theirs:
        while chunk := theirs.read(CHUNK):
            if ours.read(len(chunk)) != chunk:
                return False
    return True


def _put_aside(path: Path) -> None:
    """Renames a file to the first free ``.foreign``; never onto another."""
    for number in count(1):
        free = path.with_name(path.name + FOREIGN + (f".{number}" if number > 1 else ""))
        try:
            os.link(path, free)
        except FileExistsError:
            continue
        path.unlink()
        return
