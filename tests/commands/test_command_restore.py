"""``scrapy restore``: says what it refuses, and why."""

from collections.abc import Callable
from pathlib import Path

import pytest

from guancha.store.store import Store
from tests.conftest import Run
from tests.store.samples import files, fill


@pytest.fixture
def backup(scrapy: Callable[..., Run], tmp_path: Path) -> Path:
    """A backup of ``tmp_path/data``."""
    store = Store(None, tmp_path / "data")
    fill(store)
    store.close()
    return Path(scrapy("backup", str(tmp_path / "backups")).out.strip())


def test_it_prints_the_files_that_it_made(
    scrapy: Callable[..., Run], backup: Path, tmp_path: Path
) -> None:
    run = scrapy("restore", str(backup), GUANCHA_DATA=str(tmp_path / "restored"))

    assert (run.code, run.log) == (0, "")
    assert run.out.splitlines() == sorted(files(tmp_path / "data"))
    assert files(tmp_path / "restored") == files(tmp_path / "data")


def test_what_is_tampered_with_exits_1(
    scrapy: Callable[..., Run], backup: Path, tmp_path: Path
) -> None:
    (backup / "store.sqlite3").chmod(0o600)
    with (backup / "store.sqlite3").open("ab") as file:
        file.write(b"\0")
    run = scrapy("restore", str(backup), GUANCHA_DATA=str(tmp_path / "restored"))

    assert run.code == 1
    assert run.log == f"{backup}: store.sqlite3 is not the file that manifest.json tells of\n"
    assert not (tmp_path / "restored").exists()


def test_over_an_archive_exits_1(scrapy: Callable[..., Run], backup: Path, tmp_path: Path) -> None:
    store = Store(None, tmp_path / "restored")
    fill(store)
    store.close()
    before = files(tmp_path / "restored")
    run = scrapy("restore", str(backup), GUANCHA_DATA=str(tmp_path / "restored"))

    assert run.code == 1
    assert "expected an empty database" in run.log
    assert files(tmp_path / "restored") == before


@pytest.mark.parametrize("arguments", [[], ["a", "b"]])
def test_wrong_use_exits_2(scrapy: Callable[..., Run], arguments: list[str]) -> None:
    run = scrapy("restore", *arguments)

    assert run.code == 2
    assert "expected one BACKUP" in run.out + run.log
