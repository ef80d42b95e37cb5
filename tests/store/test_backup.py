"""A backup is whole, from one moment, and never takes another with it."""

import fcntl
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from guancha.exceptions import DataDirectoryError, StoreError
from guancha.store import manifest
from guancha.store.backup import backup
from guancha.store.engine import FILE
from guancha.store.identity import read_id
from guancha.store.scope import Scope
from guancha.store.store import Store
from guancha.store.upgrade import STEPS
from tests.store.conftest import NOW, later
from tests.store.deaths import DIED, killed_at, kills
from tests.store.records import target, visit
from tests.store.samples import files, fill, held, rows

Opened = Callable[[], Store]


def quiet(*_: int) -> None:
    """Nobody looks on."""


def made(url: str | None, tmp_path: Path, now: datetime = NOW) -> Path:
    return backup(url, tmp_path / "data", tmp_path / "backups", now, quiet)


def test_it_holds_every_row_and_says_so(opened: Opened, url: str | None, tmp_path: Path) -> None:
    fill(opened())
    told: list[tuple[int, int]] = []
    folder = backup(
        url, tmp_path / "data", tmp_path / "backups", NOW, lambda *numbers: told.append(numbers)
    )
    said = manifest.read(folder)
    content = held(folder)

    assert folder == tmp_path / "backups/2026-10-05T200000"
    assert sorted(path.name for path in folder.iterdir()) == [manifest.NAME, FILE]
    assert content == rows(url, tmp_path / "data")
    assert said.rows == {name: len(found) for name, found in content.items()}
    assert said.archive == read_id(tmp_path / "data")
    assert said.step == ScriptDirectory(str(STEPS)).get_current_head()
    assert said.made == "2026-10-05T20:00:00+08:00"
    assert sum(more for more, _ in told) == sum(said.rows.values())
    assert {total for _, total in told} == {sum(said.rows.values())}


def test_its_file_needs_nothing_beside_it_and_is_not_touched_by_a_look(
    opened: Opened, url: str | None, tmp_path: Path
) -> None:
    fill(opened())
    folder = made(url, tmp_path)
    engine = create_engine(f"sqlite:///{folder / FILE}")
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
    engine.dispose()

    assert sorted(path.name for path in folder.iterdir()) == [manifest.NAME, FILE]
    assert not (folder / FILE).stat().st_mode & 0o222
    assert manifest.read(folder).sha256 == manifest.digest(folder)


def test_what_is_committed_meanwhile_is_not_in_it(
    opened: Opened, url: str | None, tmp_path: Path
) -> None:
    store = opened()
    fill(store)
    before = rows(url, tmp_path / "data")
    number = iter(range(100, 200))

    def commit(*_: int) -> None:
        another = next(number)
        store.admit([target(another)], Scope(), NOW)
        store.commit(visit(another), NOW)

    folder = backup(url, tmp_path / "data", tmp_path / "backups", NOW, commit)

    assert held(folder) == before
    assert len(rows(url, tmp_path / "data")["lines"]) > len(before["lines"])


def test_an_older_one_is_not_touched(opened: Opened, url: str | None, tmp_path: Path) -> None:
    fill(opened())
    first = made(url, tmp_path)
    content = {path.name: path.read_bytes() for path in first.iterdir()}
    second = made(url, tmp_path, later(seconds=1))

    assert first != second
    assert {path.name: path.read_bytes() for path in first.iterdir()} == content
    with pytest.raises(DataDirectoryError, match="is there already"):
        made(url, tmp_path)


def test_a_folder_of_something_else_is_refused(
    opened: Opened, url: str | None, tmp_path: Path
) -> None:
    fill(opened())
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "letters").mkdir()
    with pytest.raises(DataDirectoryError, match=r"expected a new or empty folder.*letters"):
        made(url, tmp_path)

    (folder / "letters").rmdir()
    (folder / "letters").touch()
    with pytest.raises(DataDirectoryError, match="expected a new or empty folder"):
        made(url, tmp_path)
    assert [path.name for path in folder.iterdir() if path.name != ".lock"] == ["letters"]


def test_backups_of_two_archives_do_not_mix(
    opened: Opened, url: str | None, tmp_path: Path
) -> None:
    fill(opened())
    made(url, tmp_path)
    Store(None, tmp_path / "other").close()

    with pytest.raises(DataDirectoryError, match="is a backup of another archive"):
        backup(None, tmp_path / "other", tmp_path / "backups", later(days=1), quiet)


def test_it_does_not_lie_in_what_it_is_of(opened: Opened, url: str | None, tmp_path: Path) -> None:
    fill(opened())
    (tmp_path / "link").symlink_to(tmp_path / "data")

    for into in ("data", "data/backups", "data/../data/x", "link/backups"):
        with pytest.raises(DataDirectoryError, match="outside of the archive"):
            backup(url, tmp_path / "data", tmp_path / into, NOW, quiet)


def test_two_at_once_are_refused(opened: Opened, url: str | None, tmp_path: Path) -> None:
    fill(opened())
    made(url, tmp_path)
    with (tmp_path / "backups/.lock").open() as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(DataDirectoryError, match="another backup is being written"):
            made(url, tmp_path, later(days=1))


def test_of_no_store_there_is_none(url: str | None, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        made(url, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_error_in_the_middle_leaves_nothing(
    opened: Opened, url: str | None, tmp_path: Path
) -> None:
    fill(opened())

    def interrupt(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup(url, tmp_path / "data", tmp_path / "backups", NOW, interrupt)
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [".lock"]


def test_killed_at_any_step_it_is_whole_or_not_there(
    opened: Opened, url: str | None, tmp_path: Path
) -> None:
    opened().close()
    fill(opened())
    opened().close()
    content, into = rows(url, tmp_path / "data"), tmp_path / "backups"
    first = made(url, tmp_path)

    def again() -> None:
        made(url, tmp_path, later(days=1))

    for step in kills(again):
        shutil.rmtree(into / "2026-10-06T200000", ignore_errors=True)
        died = killed_at(step, again) == DIED
        there = sorted(path for path in into.iterdir() if path.name[-1].isdigit())

        assert first in there
        for folder in there:
            assert manifest.read(folder).sha256 == manifest.digest(folder)
            assert held(folder) == content
        after = made(url, tmp_path, later(days=2))
        assert set(into.iterdir()) == {*there, after, into / ".lock"}
        shutil.rmtree(after)
        assert died


def test_the_files_are_not_in_the_way(opened: Opened, url: str | None, tmp_path: Path) -> None:
    fill(opened())
    before = files(tmp_path / "data")
    made(url, tmp_path)

    assert files(tmp_path / "data") == before
