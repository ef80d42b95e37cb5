"""A small archive with something in every table that a run fills, and what it holds."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, delete, insert, select

from guancha.clock import stamp
from guancha.store.engine import FILE, open_engine
from guancha.store.runs import Begun, Ended
from guancha.store.schema import metadata, near_keys
from guancha.store.scope import Scope
from guancha.store.store import Store
from guancha.streams import FOLDERS
from guancha.verdict.reasons import OK
from tests.store.conftest import NOW, later
from tests.store.records import gone, target, visit

Rows = dict[str, list[tuple[Any, ...]]]
TOMORROW = {"date_crawled": stamp(later(days=1))}


def fill(store: Store, count: int = 6) -> None:
    """Adds articles with a second revision on the next day, and an outcome each day."""
    run = store.begin(Begun("articles", {}), NOW)
    numbers = range(1, count + 1)
    store.admit([target(n, list_title=f"题{n}") for n in range(1, count + 4)], Scope(), NOW)
    for number in numbers:
        store.commit(visit(number, f"正文{number}。"), NOW)
    store.commit(gone(count + 1), NOW)
    for number in numbers:
        store.commit(visit(number, f"新的正文{number}。", "new", **TOMORROW), later(days=1))
    with store.engine.begin() as connection:
        keys = [{"key": -number, "article_id": str(number)} for number in numbers]
        connection.execute(insert(near_keys), keys)
    store.end(run, Ended("finished", OK, [], {"articles": count}), later(days=1))


def files(root: Path) -> dict[str, bytes]:
    """Name of each file of the archive -> its bytes."""
    found = (path for stream in FOLDERS for path in sorted((root / stream).glob("*.jsonl")))
    return {str(path.relative_to(root)): path.read_bytes() for path in found}


def rows(url: str | None, root: Path) -> Rows:
    """Table -> all rows of an archive."""
    return _rows(open_engine(url, root))


def held(backup: Path) -> Rows:
    """Table -> all rows of a backup, which is only looked at."""
    return _rows(create_engine(f"sqlite:///{backup / FILE}"))


def _rows(engine: Engine) -> Rows:
    try:
        with engine.connect() as connection:
            return {
                table.name: sorted(
                    (tuple(row) for row in connection.execute(select(table))), key=repr
                )
                for table in metadata.sorted_tables
            }
    finally:
        engine.dispose()


def put_back(url: str | None, root: Path, content: Rows, written: dict[str, bytes]) -> None:
    """Makes an archive what it was."""
    engine = open_engine(url, root)
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            connection.execute(delete(table))
            names = [column.name for column in table.columns]
            if values := [dict(zip(names, row, strict=True)) for row in content[table.name]]:
                connection.execute(insert(table), values)
    engine.dispose()
    for name, data in written.items():
        (root / name).write_bytes(data)
