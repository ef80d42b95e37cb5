"""Reading a store: nothing is made, changed or kept waiting, and one look is one moment."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select, text

from guancha.exceptions import StoreError
from guancha.store.engine import FILE, open_engine
from guancha.store.reading import open_reader, snapshot
from guancha.store.schema import runs
from guancha.store.upgrade import upgrade

RUN = insert(runs).values(spider="articles", started="2026-10-05T20:00:00+08:00")
COUNT = select(func.count()).select_from(runs)


@pytest.fixture
def writer(url: str | None, tmp_path: Path) -> Iterator[Engine]:
    """Of a store that has one run."""
    engine = open_engine(url, tmp_path)
    with engine.begin() as connection:
        upgrade(connection)
        connection.execute(RUN)
    yield engine
    engine.dispose()


@pytest.fixture
def reader(writer: Engine, url: str | None, tmp_path: Path) -> Iterator[Engine]:
    engine = open_reader(url, tmp_path)
    yield engine
    engine.dispose()


def test_a_snapshot_is_one_moment_and_keeps_no_writer_waiting(
    writer: Engine, reader: Engine
) -> None:
    with snapshot(reader) as connection:
        with writer.begin() as writing:
            writing.execute(RUN)
        assert connection.scalar(COUNT) == 1
        with writer.begin() as writing:
            writing.execute(RUN)
        assert connection.scalar(COUNT) == 1
    with snapshot(reader) as connection:
        assert connection.scalar(COUNT) == 3


def test_a_snapshot_does_not_wait_for_a_writer(writer: Engine, reader: Engine) -> None:
    with writer.begin() as writing:
        writing.execute(RUN)
        with snapshot(reader) as connection:
            assert connection.scalar(COUNT) == 1


def test_what_the_database_refuses_is_said_in_words(reader: Engine) -> None:
    with pytest.raises(StoreError, match="nowhere"), snapshot(reader) as connection:
        connection.execute(text("SELECT * FROM nowhere"))


@pytest.mark.parametrize(("step", "word"), [("1", "an older version"), ("99", "a newer version")])
def test_another_schema_is_refused(
    writer: Engine, reader: Engine, url: str | None, tmp_path: Path, step: str, word: str
) -> None:
    with writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :step"), {"step": step})

    with pytest.raises(StoreError, match=word):
        open_reader(url, tmp_path)
    # A store that is upgraded after it was opened, too.
    with pytest.raises(StoreError, match=word), snapshot(reader):
        pass


def test_a_store_without_tables_is_empty(url: str | None, tmp_path: Path) -> None:
    engine = open_engine(url, tmp_path)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE other (x INTEGER)"))
    engine.dispose()

    with pytest.raises(StoreError, match="the store is empty"):
        open_reader(url, tmp_path)


def test_a_file_that_is_missing_is_not_made(tmp_path: Path) -> None:
    for data in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(StoreError, match=f"{data / FILE}: there is no store"):
            open_reader(None, data)
    with pytest.raises(StoreError, match="there is no store"):
        open_reader(f"sqlite:///{tmp_path}/other.sqlite3", tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_empty_stays_empty(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    with pytest.raises(StoreError, match="there is no store"):
        open_reader(None, tmp_path)

    assert [(path.name, path.stat().st_size) for path in tmp_path.iterdir()] == [(FILE, 0)]


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 1000)
    with pytest.raises(StoreError, match="not a database"):
        open_reader(None, tmp_path)


def test_a_server_that_is_not_there_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="the store: "):
        open_reader(f"postgresql://nobody@/none?host={tmp_path}", tmp_path)
