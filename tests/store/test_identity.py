"""Whether a store and a folder are one archive, and that only one run writes it."""

import os
import shutil
from pathlib import Path

import pytest

from guancha.exceptions import DataDirectoryError, StoreError
from guancha.store.rebuild import rebuild
from guancha.store.scope import Scope
from guancha.store.store import Store
from tests.store.conftest import NOW, Opened
from tests.store.records import target, visit


@pytest.fixture
def data(opened: Opened, tmp_path: Path) -> Path:
    """The folder of an archive of one article."""
    store = opened()
    store.admit([target(1)], Scope(), NOW)
    store.commit(visit(1), NOW)
    store.close()
    return tmp_path / "data"


def content(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*.jsonl"))}


def test_a_second_writer_is_refused(url: str | None, tmp_path: Path) -> None:
    store = Store(url, tmp_path)
    with pytest.raises(DataDirectoryError, match="another run is writing"):
        Store(url, tmp_path)
    store.close()
    Store(url, tmp_path).close()


def test_a_second_writer_of_the_database_alone_is_refused_too(
    url: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guancha.store.identity.LAST_BREATH", 1)
    url = url or f"sqlite:///{tmp_path}/shared.sqlite3"
    store = Store(url, tmp_path / "one")
    with pytest.raises(DataDirectoryError, match="another run is writing"):
        Store(url, tmp_path / "two")
    store.close()


def test_a_folder_without_its_store_is_refused(data: Path, tmp_path: Path) -> None:
    before = content(data)
    new = tmp_path / "new.sqlite3"
    with pytest.raises(StoreError, match="restore a backup"):
        Store(f"sqlite:///{new}", data)
    assert not new.exists()
    assert content(data) == before


def test_lines_without_a_store_are_refused(url: str | None, tmp_path: Path) -> None:
    path = tmp_path / "articles/2026-10-05.jsonl"
    path.parent.mkdir()
    path.write_bytes(b"{}\n")
    for _ in range(2):
        with pytest.raises(StoreError, match="or move the folder away"):
            Store(url, tmp_path)
    assert path.read_bytes() == b"{}\n"
    assert not (tmp_path / "archive-id").exists()


def test_a_store_without_its_folder_is_refused(url: str | None, data: Path, tmp_path: Path) -> None:
    if url is None:
        (tmp_path / "other").mkdir()
        shutil.copy(data / "store.sqlite3", tmp_path / "other")
    with pytest.raises(DataDirectoryError, match="is not its folder"):
        Store(url, tmp_path / "other")
    assert not list((tmp_path / "other").rglob("*.jsonl"))

    assert list(rebuild(url, tmp_path / "other")) == ["articles/2026-10-05.jsonl"]
    Store(url, tmp_path / "other").close()


def test_the_store_of_another_archive_is_refused(data: Path, tmp_path: Path) -> None:
    before = content(data)
    other = f"sqlite:///{tmp_path}/other.sqlite3"
    Store(other, tmp_path / "elsewhere").close()
    with pytest.raises(DataDirectoryError, match="belongs to archive"):
        Store(other, data)
    assert content(data) == before


def test_a_database_that_vanishes_in_mid_run_stops_it(tmp_path: Path) -> None:
    store = Store(None, tmp_path)
    store.admit([target(1), target(2)], Scope(), NOW)
    store.commit(visit(1), NOW)
    (tmp_path / "store.sqlite3").unlink()
    with pytest.raises(StoreError, match="not there any more"):
        store.commit(visit(2), NOW)
    with pytest.raises(StoreError, match="not there any more"):
        store.close()


def test_a_database_that_is_replaced_in_mid_run_stops_it(tmp_path: Path) -> None:
    store = Store(None, tmp_path)
    copy = shutil.copy(tmp_path / "store.sqlite3", tmp_path / "copy")
    os.replace(copy, tmp_path / "store.sqlite3")
    with pytest.raises(StoreError, match="was replaced"):
        store.admit([target(1)], Scope(), NOW)
    with pytest.raises(StoreError, match="was replaced"):
        store.close()


@pytest.mark.parametrize(
    "url", ["mysql://x/y", "nonsense", "sqlite://", "postgresql://127.0.0.1:1/none"]
)
def test_a_database_that_is_none_is_named(tmp_path: Path, url: str) -> None:
    with pytest.raises(StoreError, match=r"STORE_URL|the store: "):
        Store(url, tmp_path)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite3").write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match="not a database"):
        Store(None, tmp_path)


def test_a_password_is_not_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Store("postgresql://me:secret@127.0.0.1:1/none", tmp_path, patience=0)

    assert "secret" not in str(caught.value)
