"""A backup becomes the same archive again, on either database, or nothing at all."""

import fcntl
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from guancha.exceptions import DataDirectoryError, GuanchaError, StoreError
from guancha.store import manifest
from guancha.store.backup import backup
from guancha.store.engine import FILE, open_engine
from guancha.store.restore import restore
from guancha.store.runs import Begun
from guancha.store.scope import Scope
from guancha.store.store import Store
from guancha.store.upgrade import upgrade
from tests.store.conftest import NOW, later
from tests.store.deaths import DIED, killed_at, kills
from tests.store.records import target, visit
from tests.store.samples import Rows, files, fill, rows

New = Callable[[], str | None]
_numbers = count()


@pytest.fixture
def new(url: str | None, request: pytest.FixtureRequest) -> New:
    """Makes one more empty database of the kind of ``url``."""
    if url is None:
        return lambda: None
    return lambda: request.getfixturevalue("server").url(f"restored{next(_numbers)}")


@pytest.fixture
def other(url: str | None, request: pytest.FixtureRequest) -> str | None:
    """An empty database of the other kind."""
    if url is not None:
        return None
    return str(request.getfixturevalue("server").url(f"restored{next(_numbers)}"))


def quiet(*_: int) -> None:
    """Nobody looks on."""


def made(url: str | None, tmp_path: Path) -> tuple[Path, Rows, dict[str, bytes]]:
    """A backup, and the rows and files that were there."""
    store = Store(url, tmp_path / "data")
    fill(store)
    store.close()
    folder = backup(url, tmp_path / "data", tmp_path / "backups", NOW, quiet)
    return folder, rows(url, tmp_path / "data"), files(tmp_path / "data")


def cleared(url: str | None, root: Path) -> None:
    """Makes a place empty again."""
    shutil.rmtree(root, ignore_errors=True)
    if url:
        engine = open_engine(url, root)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()


def is_untouched(url: str | None, root: Path) -> bool:
    """Whether there is neither a folder nor a table."""
    engine = open_engine(url, root)
    try:
        return not root.exists() and (url is None or not inspect(engine).get_table_names())
    finally:
        engine.dispose()


def forge(folder: Path, **changes: object) -> None:
    """Writes other words into a manifest."""
    said = asdict(manifest.read(folder)) | changes
    (folder / manifest.NAME).write_text(json.dumps(said), "utf-8")


@pytest.mark.parametrize("into", ["new", "other"])
def test_the_same_archive_on_either_database(
    url: str | None, tmp_path: Path, request: pytest.FixtureRequest, into: str
) -> None:
    folder, content, written = made(url, tmp_path)
    found = request.getfixturevalue(into)
    restored = found() if callable(found) else found
    names = list(restore(folder, restored, tmp_path / "restored", quiet))

    assert rows(restored, tmp_path / "restored") == content
    assert files(tmp_path / "restored") == written
    assert names == sorted(written)


def test_it_goes_on_where_it_was(url: str | None, other: str | None, tmp_path: Path) -> None:
    folder, content, written = made(url, tmp_path)
    list(restore(folder, other, tmp_path / "restored", quiet))
    store = Store(other, tmp_path / "restored")
    run = store.begin(Begun("articles", {}), later(days=1))
    store.admit([target(50)], Scope(), later(days=1))
    store.commit(visit(50), later(days=1))
    store.close()
    after = rows(other, tmp_path / "restored")

    assert run == 1 + len(content["runs"])
    assert len(after["lines"]) == 1 + len(content["lines"])
    now = files(tmp_path / "restored")
    assert all(now[name].startswith(before) for name, before in written.items())


def test_there_and_back_again(url: str | None, other: str | None, new: New, tmp_path: Path) -> None:
    folder, content, written = made(url, tmp_path)
    list(restore(folder, other, tmp_path / "there", quiet))
    second = backup(other, tmp_path / "there", tmp_path / "backups", later(days=1), quiet)
    back = new()
    list(restore(second, back, tmp_path / "back", quiet))

    assert rows(back, tmp_path / "back") == content
    assert files(tmp_path / "back") == written


def test_where_it_is_already_only_the_files_are_made(
    url: str | None, new: New, tmp_path: Path
) -> None:
    folder, content, written = made(url, tmp_path)
    restored = new()
    for _ in range(2):
        list(restore(folder, restored, tmp_path / "restored", quiet))
        assert rows(restored, tmp_path / "restored") == content
        assert files(tmp_path / "restored") == written
        next((tmp_path / "restored").glob("*/*.jsonl")).unlink()


def test_an_archive_that_went_on_is_not_put_back(url: str | None, tmp_path: Path) -> None:
    folder, *_ = made(url, tmp_path)
    store = Store(url, tmp_path / "data")
    store.begin(Begun("articles", {}), NOW)
    store.close()
    before = rows(url, tmp_path / "data"), files(tmp_path / "data")

    with pytest.raises(StoreError, match="expected an empty database"):
        restore(folder, url, tmp_path / "data", quiet)
    assert (rows(url, tmp_path / "data"), files(tmp_path / "data")) == before


def test_a_database_of_something_else_is_refused(url: str | None, new: New, tmp_path: Path) -> None:
    folder, *_ = made(url, tmp_path)
    theirs = new() or f"sqlite:///{tmp_path}/theirs"
    engine = create_engine(theirs.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE letters (letter TEXT)"))
    engine.dispose()

    with pytest.raises(StoreError, match="expected an empty database"):
        restore(folder, theirs, tmp_path / "restored", quiet)
    assert not (tmp_path / "restored").exists()


@pytest.mark.parametrize("name", ["archive-id", "articles/2026-10-05.jsonl", "outcomes/x.jsonl"])
def test_a_folder_with_an_archive_is_refused(
    url: str | None, new: New, tmp_path: Path, name: str
) -> None:
    folder, *_ = made(url, tmp_path)
    theirs = tmp_path / "restored" / name
    theirs.parent.mkdir(parents=True)
    theirs.write_text("theirs")

    with pytest.raises(DataDirectoryError, match="expected an empty folder"):
        restore(folder, new(), tmp_path / "restored", quiet)
    assert [path for path in (tmp_path / "restored").rglob("*") if path.is_file()] == [theirs]


def _flip(folder: Path) -> None:
    path = folder / FILE
    path.chmod(0o600)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _cut(folder: Path) -> None:
    (folder / FILE).unlink()
    (folder / FILE).touch()


def _other_rows(folder: Path) -> None:
    forge(folder, rows=manifest.read(folder).rows | {"lines": 1})


TAMPERED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a bit": (_flip, "is not the file that manifest.json tells of"),
    "cut": (_cut, "is not the file"),
    "no database": (lambda folder: (folder / FILE).unlink(), "No such file"),
    "no manifest": (lambda folder: (folder / manifest.NAME).unlink(), "is no backup"),
    "nonsense": (lambda folder: (folder / manifest.NAME).write_text("[1]"), "is no backup"),
    "bytes": (lambda folder: (folder / manifest.NAME).write_bytes(b"\xff"), "is no backup"),
    "deep": (lambda folder: (folder / manifest.NAME).write_text("[" * 99999), "is no backup"),
    "a word for rows": (lambda folder: forge(folder, rows={"lines": "1"}), "is no backup"),
    "more words": (lambda folder: forge(folder, more=1), "is no backup"),
    "newer": (lambda folder: forge(folder, step="9999"), "a newer version"),
    "an odd step": (lambda folder: forge(folder, step="head"), "a newer version"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_backup_that_is_damaged_or_newer_is_refused(
    url: str | None, new: New, tmp_path: Path, name: str
) -> None:
    folder, *_ = made(url, tmp_path)
    tamper, word = TAMPERED[name]
    tamper(folder)
    restored = new()

    with pytest.raises(StoreError, match=word):
        restore(folder, restored, tmp_path / "restored", quiet)
    assert is_untouched(restored, tmp_path / "restored")


@pytest.mark.parametrize("forged", ["rows", "archive", "step"])
def test_a_forged_manifest_brings_no_row_in(
    url: str | None, new: New, tmp_path: Path, forged: str
) -> None:
    folder, *_ = made(url, tmp_path)
    other_rows = manifest.read(folder).rows | {"lines": 1}
    forge(folder, **{forged: {"rows": other_rows, "archive": "0" * 32, "step": "1"}[forged]})
    restored = new()

    with pytest.raises(StoreError):
        restore(folder, restored, tmp_path / "restored", quiet)
    engine = open_engine(restored, tmp_path / "restored")
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_an_older_backup_is_upgraded(url: str | None, new: New, tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    engine = open_engine(None, folder)
    with engine.begin() as connection:
        upgrade(connection, "1")
        connection.execute(text("INSERT INTO archive VALUES ('theirs')"))
        for number, offset in ((7, 0), (8, 2)):
            connection.execute(
                text(
                    'INSERT INTO lines (line_id, stream, day, "offset", content) '
                    f"VALUES ({number}, 'articles', '2026-10-05', {offset}, CAST('1\n' AS BLOB))"
                )
            )
        connection.execute(text("INSERT INTO files VALUES ('articles', '2026-10-05', 4)"))
        connection.execute(text("INSERT INTO listings (slug, finished) VALUES ('CaiJing', 1)"))
    engine.dispose()
    tables = "archive articles batches files lines links listed listings runs states".split()
    counts = dict.fromkeys(tables, 0) | {"archive": 1, "lines": 2, "files": 1, "listings": 1}
    sha256 = manifest.digest(folder)
    manifest.write(folder, manifest.Manifest("theirs", "1", "0", "", counts, sha256))
    restored = new()
    list(restore(folder, restored, tmp_path / "restored", quiet))

    assert files(tmp_path / "restored") == {"articles/2026-10-05.jsonl": b"1\n1\n"}
    assert [row[2] for row in rows(restored, tmp_path / "restored")["files"]] == [4]
    store = Store(restored, tmp_path / "restored")
    store.admit([target(1)], Scope(), NOW)
    store.commit(visit(1), NOW)
    store.close()


def test_rows_without_files_are_refused_to_a_run_and_gone_on_with(
    url: str | None, new: New, tmp_path: Path
) -> None:
    folder, _, written = made(url, tmp_path)
    restored = new()
    restore(folder, restored, tmp_path / "restored", quiet)  # which has made no file yet

    with pytest.raises(DataDirectoryError, match="scrapy rebuild"):
        Store(restored, tmp_path / "restored")
    list(restore(folder, restored, tmp_path / "restored", quiet))
    assert files(tmp_path / "restored") == written


def test_not_while_another_run_writes(url: str | None, new: New, tmp_path: Path) -> None:
    folder, *_ = made(url, tmp_path)
    restored = new()
    (tmp_path / "restored/articles").mkdir(parents=True)
    with (tmp_path / "restored/articles/.lock").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(DataDirectoryError, match="another run is writing"):
            restore(folder, restored, tmp_path / "restored", quiet)


def test_killed_at_any_step_it_can_be_done_again(url: str | None, new: New, tmp_path: Path) -> None:
    folder, content, written = made(url, tmp_path)
    root, restored = tmp_path / "restored", new()

    def again() -> None:
        list(restore(folder, restored, root, quiet))

    for step in kills(again):
        cleared(restored, root)
        died = killed_at(step, again) == DIED
        again()
        assert rows(restored, root) == content
        assert files(root) == written
        assert died


def test_killed_at_any_step_no_run_begins_on_a_half(
    url: str | None, new: New, tmp_path: Path
) -> None:
    folder, content, written = made(url, tmp_path)
    root, restored, ends = tmp_path / "restored", new(), set()

    def again() -> None:
        list(restore(folder, restored, root, quiet))

    for step in kills(again):
        cleared(restored, root)
        assert killed_at(step, again) == DIED
        try:
            Store(restored, root).close()
        except GuanchaError as error:
            ends.add("refused" if "scrapy rebuild" in str(error) else str(error))
        else:
            whole = rows(restored, root) == content and files(root) == written
            assert whole or not any(rows(restored, root)["lines"])
            ends.add("whole" if whole else "empty")
    assert {"empty", "whole"} <= ends <= {"empty", "refused", "whole"}
