"""The files: completed where they lack what the store has, refused where they hold what it does not."""

from pathlib import Path

import pytest

from guancha.exceptions import DataDirectoryError
from guancha.store.scope import Scope
from guancha.store.store import Store
from tests.store.conftest import NOW, Opened
from tests.store.records import target, visit


@pytest.fixture
def path(opened: Opened, tmp_path: Path) -> Path:
    """A file of four lines."""
    store = opened()
    store.admit([target(n) for n in range(4)], Scope(), NOW)
    for number in range(4):
        store.commit(visit(number), NOW)
    return tmp_path / "data/articles/2026-10-05.jsonl"


def test_files_that_lack_their_end_are_completed(opened: Opened, path: Path) -> None:
    whole = path.read_bytes()
    line = whole.index(b"\n") + 1
    for size in (0, 1, line - 1, line, line + 1, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        opened()
        assert path.read_bytes() == whole
    path.unlink()
    opened()
    assert path.read_bytes() == whole


@pytest.mark.parametrize("more", [b"x", b'{"a": 1}\n'])
def test_bytes_that_the_store_does_not_know_are_refused(
    opened: Opened, path: Path, more: bytes
) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole + more)
    with pytest.raises(DataDirectoryError, match=r"of which the store knows.*scrapy rebuild"):
        opened()
    assert path.read_bytes() == whole + more
    path.write_bytes(whole)
    path.with_name("2020-01-01.jsonl").write_bytes(more)
    with pytest.raises(DataDirectoryError, match="2020-01-01"):
        opened()


def test_a_tail_of_another_archive_is_refused(opened: Opened, path: Path) -> None:
    whole = path.read_bytes()
    for foreign in (b'{"other": ', whole[:-9] + b"x" * 8 + b"\n"):
        path.write_bytes(foreign)
        with pytest.raises(DataDirectoryError, match="not that of the store"):
            opened()
        assert path.read_bytes() == foreign


def test_a_file_that_is_changed_in_mid_run_stops_it(opened: Opened, path: Path) -> None:
    store = opened()
    store.admit([target(9)], Scope(), NOW)
    with path.open("ab") as file:
        file.write(b"x")
    with pytest.raises(DataDirectoryError, match="where the store has"):
        store.commit(visit(9), NOW)


def test_a_folder_that_can_not_be_written_is_named(url: str | None, tmp_path: Path) -> None:
    (tmp_path / "articles").write_bytes(b"a file where a folder should be")
    with pytest.raises(DataDirectoryError, match="articles"):
        Store(url, tmp_path)
