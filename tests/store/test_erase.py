"""What was erased is in no file any more, never comes back, and takes nothing of others with it."""

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from guancha.exceptions import DataDirectoryError, StoreError
from guancha.items import Visit
from guancha.store.engine import READING, open_engine
from guancha.store.erase import erase
from guancha.store.found import Source
from guancha.store.posts import behind_stubs
from guancha.store.rebuild import rebuild
from guancha.store.scope import Scope
from guancha.store.store import Store
from tests import postgres
from tests.store.conftest import NOW, later
from tests.store.deaths import DIED, killed_at, kills
from tests.store.post_records import stub
from tests.store.records import gone, target, visit
from tests.store.samples import files, fill, put_back, rows
from tests.warc import pages

Opened = Callable[[], Store]
SECRET = "秘密的话"
LONG = SECRET * 20_000
"""Longer than a page of a database."""


def secret(number: int, words: str = SECRET, page: str = "page") -> Visit:
    """An article that has something to hide in each part of it."""
    return visit(number, words, page, title=f"题{SECRET}", description=SECRET, tags=[SECRET])


def hide(store: Store, number: int, *, words: str = SECRET) -> None:
    """Has an article with several revisions and outcomes among others."""
    store.admit([target(number, list_title=f"题{SECRET}")], Scope(), NOW)
    store.commit(secret(number, words), NOW)
    store.commit(visit(2, "别的。", "edited"), NOW)
    store.commit(secret(number, words + "改", "edited"), NOW)
    for hours in (1, 8):
        store.commit(gone(number), later(hours=hours))
    store.commit(secret(number, words + "又改", "again"), later(hours=9))


def erased(url: str | None, tmp_path: Path, number: int = 9) -> list[Path]:
    return erase(url, tmp_path / "data", str(number), "a court", NOW).elsewhere


def without(content: dict[str, bytes], number: int) -> dict[str, bytes]:
    """The files without the lines of an article."""

    def keeps(line: bytes) -> bool:
        return json.loads(line)["article_id"] != str(number)

    return {
        name: b"".join(line for line in data.splitlines(keepends=True) if keeps(line))
        for name, data in content.items()
    }


def holding(folder: Path, words: str = SECRET) -> list[Path]:
    """All files that hold some words."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in found if words.encode() in path.read_bytes()]


@pytest.mark.parametrize("words", [SECRET, LONG], ids=["short", "long"])
def test_no_file_holds_it_any_more(
    opened: Opened, url: str | None, tmp_path: Path, words: str
) -> None:
    store = opened()
    fill(store)
    hide(store, 9, words=words)
    store.close()
    assert len(holding(tmp_path / "data")) >= 1
    before = files(tmp_path / "data")
    assert erased(url, tmp_path) == []

    assert holding(tmp_path) == []
    assert files(tmp_path / "data") == without(before, 9)
    assert SECRET not in repr(rows(url, tmp_path / "data"))
    assert list(rebuild(url, tmp_path / "data")) == sorted(before)
    assert files(tmp_path / "data") == without(before, 9)


def test_a_server_is_told_to_let_go_of_it(tmp_path: Path, server: postgres.Server) -> None:
    url = server.url("erased")
    store = Store(url, tmp_path / "data")
    fill(store)
    store.close()
    erased(url, tmp_path, 3)
    engine = open_engine(url, tmp_path)
    told = text("SELECT relname FROM pg_stat_user_tables WHERE vacuum_count > 0 ORDER BY 1")
    with engine.connect() as connection:
        tables = ["articles", "comments", "lines", "near_keys", "posts", "threads"]
        assert list(connection.scalars(told)) == tables
    engine.dispose()


@pytest.mark.parametrize("number", range(1, 7))
def test_others_close_up_wherever_it_stood(
    opened: Opened, url: str | None, tmp_path: Path, number: int
) -> None:
    store = opened()
    fill(store)
    store.close()
    before = files(tmp_path / "data")
    erased(url, tmp_path, number)
    content = rows(url, tmp_path / "data")

    assert files(tmp_path / "data") == without(before, number)
    assert not [row for row in content["near_keys"] if row[1] == str(number)]
    assert len(content["near_keys"]) == 5
    assert not [row for row in content["files"] if row[3]], "none is stale any more"


def test_a_file_may_be_left_empty_and_grow_again(
    opened: Opened, url: str | None, tmp_path: Path
) -> None:
    store = opened()
    store.admit([target(1), target(2)], Scope(), NOW)
    store.commit(visit(1), NOW)
    store.close()
    erased(url, tmp_path, 1)
    assert set(files(tmp_path / "data").values()) == {b""}

    store = opened()
    store.commit(visit(2), NOW)
    opened().close()
    (content,) = files(tmp_path / "data").values()
    assert json.loads(content)["article_id"] == "2"


def test_what_comes_after_stands_behind_the_others(
    opened: Opened, url: str | None, tmp_path: Path
) -> None:
    fill(opened())
    opened().close()
    erased(url, tmp_path, 3)
    before = files(tmp_path / "data")
    store = opened()
    store.commit(visit(7), NOW)
    store.commit(visit(1, "第三。", "third"), later(days=1))
    opened().close()
    after = files(tmp_path / "data")

    assert all(after[name].startswith(content) for name, content in before.items())
    assert sum(map(len, after.values())) > sum(map(len, before.values()))


def test_it_is_never_asked_for_again(opened: Opened, url: str | None, tmp_path: Path) -> None:
    fill(opened())
    opened().close()
    erased(url, tmp_path, 3)
    erased(url, tmp_path, 8)  # which has only been named
    store = opened()

    for source in (Source(), Source(is_user=True)):
        admission = store.admit([target(3), target(8)], Scope(), later(days=99), source)
        assert admission.wanted == []
    left = store.pending(Scope(), (-1, ""), 9, later(hours=1))
    assert [wanted.article.article_id for wanted in left] == ["9"]


def test_again_says_when_and_keeps_the_first_reason(
    opened: Opened, url: str | None, tmp_path: Path
) -> None:
    fill(opened())
    opened().close()
    root = tmp_path / "data"
    first = erase(url, root, "3", "first", NOW)
    second = erase(url, root, "3", "second", later(days=1))

    assert (first.is_new, second.is_new) == (True, False)
    assert second == replace(first, is_new=False)
    assert rows(url, root)["erasures"] == [("3", "first", "2026-10-05T20:00:00+08:00")]


def test_an_article_that_nobody_has_named_is_refused(
    opened: Opened, url: str | None, tmp_path: Path
) -> None:
    fill(opened())
    opened().close()
    before = rows(url, tmp_path / "data"), files(tmp_path / "data")

    with pytest.raises(StoreError, match="no article 99 is in the archive"):
        erased(url, tmp_path, 99)
    assert (rows(url, tmp_path / "data"), files(tmp_path / "data")) == before


def test_while_another_run_writes_it_is_refused(
    opened: Opened, url: str | None, tmp_path: Path
) -> None:
    fill(opened())
    before = files(tmp_path / "data")

    with pytest.raises(DataDirectoryError, match="another run is writing"):
        erased(url, tmp_path, 3)
    assert files(tmp_path / "data") == before
    assert rows(url, tmp_path / "data")["erasures"] == []


def test_where_there_is_no_store_none_is_made(url: str | None, tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        erased(url, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_its_pages_go_as_well(opened: Opened, url: str | None, tmp_path: Path) -> None:
    fill(opened())
    opened().close()
    root = tmp_path / "data"
    (path,) = pages.fill(root / "warc", map(pages.capture, (3, 2, 3, 33)))
    begun = erase(url, root, "3", "a court", NOW)
    # As where it was killed in between.
    pages.fill(root / "warc", [pages.capture(3)])
    finished = erase(url, root, "3", "a court", NOW)

    assert (begun.pages, finished.pages) == (2, 1)
    assert begun.elsewhere == finished.elsewhere == []
    assert pages.numbers(path) == [2, 33]


def test_where_its_pages_can_t_be_found_it_is_said(
    opened: Opened, url: str | None, tmp_path: Path
) -> None:
    fill(opened())
    opened().close()
    root = tmp_path / "data"
    (path,) = pages.fill(root / "warc", [pages.capture(3)])
    path.write_bytes(b"x" * 5000)

    with pytest.raises(DataDirectoryError, match=r"00001\.warc\.gz: expected a WARC file"):
        erased(url, tmp_path, 3)
    path.unlink()
    assert erased(url, tmp_path, 3) == []
    opened().close()
    assert not [line for line in files(root).values() if b'"3"' in line]


def test_other_files_that_name_it_are_told(opened: Opened, url: str | None, tmp_path: Path) -> None:
    fill(opened())
    opened().close()
    root = tmp_path / "data"
    names = ("articles/2026-10-05.jsonl.foreign", "outcomes/x.part", "exports/all.csv")
    (root / "exports").mkdir()
    for name in names:
        (root / name).write_text('…{"article_id": "3"}…')
    (root / "exports/other.csv").write_text("33 13 a3 3b")
    (root / "exports/empty.csv").touch()

    assert erased(url, tmp_path, 3) == sorted(root / name for name in names)


def test_files_of_pages_that_are_not_ours_are_told(
    opened: Opened, url: str | None, tmp_path: Path
) -> None:
    fill(opened())
    opened().close()
    root = tmp_path / "data"
    (of_three,) = pages.fill(tmp_path / "3", [pages.capture(3)])
    (of_others,) = pages.fill(tmp_path / "33", [pages.capture(33, b"x" * (3 << 20))])
    (root / "warc").mkdir()
    (root / "warc/others.warc.gz").write_bytes(of_three.read_bytes())
    (root / "warc/plain.warc").write_bytes(gzip.decompress(of_three.read_bytes()))
    (root / "cut.warc.gz").write_bytes(of_others.read_bytes()[:-9])
    (root / "whole.warc.gz").write_bytes(of_others.read_bytes())

    told = ["cut.warc.gz", "warc/others.warc.gz", "warc/plain.warc"]
    assert erased(url, tmp_path, 3) == [root / name for name in told]


def test_a_reader_that_keeps_the_log_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guancha.store.engine.BUSY_SECONDS", 0)
    store = Store(None, tmp_path / "data")
    fill(store)
    hide(store, 9)
    store.close()
    reader = open_engine(None, tmp_path / "data")
    with reader.connect().execution_options(**{READING: True}) as connection:
        connection.execute(text("SELECT count(*) FROM lines"))
        with pytest.raises(StoreError, match="while somebody reads"):
            erased(None, tmp_path)
    reader.dispose()

    assert erased(None, tmp_path) == []
    assert holding(tmp_path) == []


def test_killed_at_any_step_it_is_there_or_gone(
    opened: Opened, url: str | None, tmp_path: Path
) -> None:
    fill(opened())
    hide(opened(), 9)
    opened().close()
    root = tmp_path / "data"
    before, written = rows(url, root), files(root)
    ends = set()

    for step in kills(lambda: erased(url, tmp_path)):
        put_back(url, root, before, written)
        died = killed_at(step, lambda: erased(url, tmp_path)) == DIED
        opened().close()
        is_gone = bool(rows(url, root)["erasures"])
        assert files(root) == (without(written, 9) if is_gone else written)
        erased(url, tmp_path)
        assert files(root) == without(written, 9)
        assert holding(root) == []
        assert died
        ends.add(is_gone)
    assert ends == {True, False}


def test_a_stub_that_was_erased_leads_nowhere(
    opened: Opened, url: str | None, tmp_path: Path
) -> None:
    store = opened()
    store.admit([target(9)], Scope(), NOW)
    store.commit(stub(9, 1), NOW)
    store.close()
    erased(url, tmp_path)

    assert opened().read(behind_stubs, "", 9) == []
