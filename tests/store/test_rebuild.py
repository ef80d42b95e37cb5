"""``scrapy rebuild``: the files made again, and nothing lost that they replace."""

from pathlib import Path

import pytest

from guancha.exceptions import StoreError
from guancha.store.rebuild import rebuild
from guancha.store.scope import Scope
from tests.store.conftest import NOW, Opened, later
from tests.store.records import outcome, target, visit


@pytest.fixture
def files(opened: Opened, tmp_path: Path) -> dict[Path, bytes]:
    """The files of an archive, and what they hold."""
    store = opened()
    store.admit([target(n) for n in range(4)], Scope(), NOW)
    for number in range(3):
        store.commit(visit(number), NOW)
    store.commit(outcome(3, "stub"), later(days=1))
    store.close()
    return {path: path.read_bytes() for path in sorted((tmp_path / "data").glob("*/*.jsonl"))}


def test_files_are_made_again_byte_for_byte(
    opened: Opened, url: str | None, tmp_path: Path, files: dict[Path, bytes]
) -> None:
    data = tmp_path / "data"
    first, second = files
    first.write_bytes(b"nonsense that is longer than what was there before" * 99)
    second.unlink()
    (data / "articles/2020-01-01.jsonl").write_bytes(b"foreign")
    (data / "archive-id").unlink()

    assert list(rebuild(url, data)) == [str(path.relative_to(data)) for path in files]
    assert {path: path.read_bytes() for path in files} == files
    assert (data / "articles/2020-01-01.jsonl.foreign").read_bytes() == b"foreign"
    assert first.with_name(first.name + ".foreign").read_bytes().startswith(b"nonsense")
    opened()


def test_what_is_put_aside_replaces_nothing(
    url: str | None, tmp_path: Path, files: dict[Path, bytes]
) -> None:
    path = next(iter(files))
    for number, foreign in enumerate((b"one", b"two", b"three"), 1):
        path.write_bytes(foreign)
        list(rebuild(url, tmp_path / "data"))
        aside = path.with_name(path.name + ".foreign" + (f".{number}" if number > 1 else ""))
        assert aside.read_bytes() == foreign
    assert len(list(path.parent.glob("*.foreign*"))) == 3


def test_the_beginning_of_a_file_is_not_kept(
    url: str | None, tmp_path: Path, files: dict[Path, bytes]
) -> None:
    path = next(iter(files))
    path.write_bytes(files[path][:40])
    list(rebuild(url, tmp_path / "data"))

    assert path.read_bytes() == files[path]
    assert not list(path.parent.glob("*.foreign*"))


def test_nothing_is_made_from_a_store_that_is_empty_or_not_there(
    url: str | None, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match=r"empty|not there"):
        list(rebuild(url, tmp_path))
    assert not list(tmp_path.glob("store.sqlite3"))
