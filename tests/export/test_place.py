"""Where an export may not go."""

from pathlib import Path

import pytest

from guancha.exceptions import ArgumentError
from guancha.export.place import find_place


def test_a_place_is_free_or_holds_a_file(tmp_path: Path) -> None:
    (tmp_path / "old.csv").touch()
    for name in ("new.csv", "old.csv"):
        assert find_place(str(tmp_path / name), tmp_path / "data", None) == tmp_path / name


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("nowhere/a.csv", "expected a folder that is there, got .*nowhere"),
        ("file/a.csv", "expected a folder that is there, got .*file"),
        ("data", "expected a file or nothing at .*data"),
        ("link", "expected a file or nothing at .*link"),
        ("dangling", "expected a file or nothing at .*dangling"),
        ("b", r"expected a file or nothing at .*b\.manifest\.json"),
        ("a.csv.manifest.json", "expected another ending"),
        ("data/articles/2026-10-04.jsonl", "expected a place outside of the data directory"),
        ("alias/archive-id", "expected a place outside of the data directory"),
        ("db/store.sqlite3", "expected another file than the store's"),
        ("db/store.sqlite3-wal", "expected another file than the store's"),
    ],
)
def test_a_place_that_does_not_fit_is_refused(tmp_path: Path, name: str, word: str) -> None:
    for folder in ("data/articles", "db", "b.manifest.json"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "dangling").symlink_to(tmp_path / "none")
    (tmp_path / "alias").symlink_to(tmp_path / "data")
    database = tmp_path / "db/store.sqlite3"

    with pytest.raises(ArgumentError, match=word):
        find_place(str(tmp_path / name), tmp_path / "data", database)


def test_a_device_is_no_place(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="expected a file or nothing at /dev/null"):
        find_place("/dev/null", tmp_path, None)
