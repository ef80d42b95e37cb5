"""Locks and logs of the jobs."""

from pathlib import Path

import pytest

from guancha.exceptions import DataDirectoryError
from guancha.jobs.folder import KEPT, Folder, last_words


def test_the_last_logs_are_kept(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for number in range(KEPT + 3):
        with folder.new_log("a") as log:
            log.write(f"run {number}\n".encode())
    with folder.new_log("b"):
        pass

    found = sorted(tmp_path.glob("jobs/a.log*"))
    assert [path.read_text("ascii") for path in found] == [
        f"run {number}\n" for number in range(KEPT + 2, 2, -1)
    ]
    assert folder.tail("a") == [f"run {KEPT + 2}"]
    assert folder.tail("none") == []


def test_a_lock_is_for_one(tmp_path: Path) -> None:
    first, second = Folder(tmp_path), Folder(tmp_path)
    with first.lock("a") as held, second.lock("a") as other, second.lock("b") as apart:
        assert held
        assert apart
        assert other is None
    with second.lock("a") as other:
        assert other


def test_a_folder_that_can_not_be(tmp_path: Path) -> None:
    (tmp_path / "jobs").touch()
    with pytest.raises(DataDirectoryError, match="jobs: "):
        Folder(tmp_path)
    with pytest.raises(DataDirectoryError, match="Not a directory"):
        Folder(tmp_path / "jobs")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], "it said nothing"),
        (["", " "], "it said nothing"),
        (["one", "two", ""], "two"),
        (["2026-10-05 20:00:00 ERROR    one", "2026-10-05 20:00:01 INFO     two"], "one"),
        (["usage: x", "scrapy: error: wrong"], "wrong"),
    ],
)
def test_last_words(lines: list[str], expected: str) -> None:
    assert last_words(lines) == expected
