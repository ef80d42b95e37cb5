"""Threads: counts, states, whose comments to ask for, and that nothing outlives its article."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from guancha.clock import stamp
from guancha.items import Headline, Related, Snapshot
from guancha.store import threads as threads_room
from guancha.store.erase import erase
from guancha.store.scope import Scope
from guancha.store.store import Store
from guancha.store.threads import WantedThread
from tests.store.comment_records import comment, counts, thread, told
from tests.store.conftest import NOW, Opened, later, written
from tests.store.records import URL, target, visit
from tests.store.samples import files, rows

SCOPE = Scope(hops=9)


@pytest.fixture
def store(opened: Opened) -> Store:
    """An archive of three articles, the newest first, and one that was not had."""
    found = opened()
    found.admit([target(number) for number in (1, 2, 3, 4)], Scope(), NOW)
    for number in (1, 2, 3):
        published = f"2026-10-04T1{number}:00:00+08:00"
        found.commit(visit(number, doc_id=f"{number}1", date_published=published), NOW)
    return found


def table(store: Store) -> list[tuple[Any, ...]]:
    with store.engine.connect() as connection:
        names = "article_id, comment_count, checked, is_whole"
        query = text(f"SELECT {names} FROM threads ORDER BY article_id")
        return [tuple(row) for row in connection.execute(query)]


def test_counts_are_a_line_each_time(store: Store) -> None:
    for hours, number in ((0, 7), (1, 7), (2, None)):
        at = later(hours=hours)
        store.commit(thread(counts=counts(number, at)), at)

    assert [line["comment_count"] for line in written(store, "counts")] == [7, 7, None]
    assert table(store) == [("1", 7, stamp(later(hours=2)), False)]


def test_a_thread_is_whole_at_the_end_of_a_walk_alone(store: Store) -> None:
    def is_whole() -> bool:
        return store.read(threads_room.wanted, ["1"])[0].is_whole

    store.commit(thread(comment(1), counts=counts(2)), NOW)
    assert not is_whole()
    store.commit(thread(comment(2), is_whole=True), NOW)
    assert is_whole()
    store.commit(thread(counts=counts(2)), NOW)
    assert not is_whole()
    store.commit(thread(counts=counts(2), is_whole=True), NOW)
    assert is_whole()


def test_an_outcome_is_told_once_until_the_thread_answers(store: Store) -> None:
    for item in (told("error"), told("error"), thread(counts=counts(1)), told("error")):
        store.commit(item, NOW)
    for kind in ("disabled", "disabled"):
        store.commit(told(kind), NOW)
        store.commit(thread(counts=counts(1, comments=kind)), NOW)

    kinds = [line["kind"] for line in written(store, "outcomes/comments")]
    assert kinds == ["error", "error", "disabled"]


def related(number: int, count: int | None) -> Related:
    return Related("headline", str(number), URL.format("x", number), "题", None, None, count)


def test_pages_beside_tell_how_much_is_said(store: Store) -> None:
    beside = [related(2, 5), related(9, 6), related(2, 7), related(3, None), related(8, 2**40)]
    store.commit(visit(1, related=beside), NOW)
    assert [row[:2] for row in table(store)] == [("2", 7), ("9", 6)]

    store.commit(thread(counts=counts(1), is_whole=True), NOW)
    shown = Headline(date_crawled=stamp(NOW), box="hot", rank=1, title="题", url="x")
    shown.article_id, shown.comment_count = "1", 3
    store.commit(Snapshot(stamp(NOW), [shown]), NOW)
    assert table(store)[0] == ("1", 3, stamp(NOW), True)


def test_the_most_discussed_first_then_the_newest(store: Store) -> None:
    assert store.read(threads_room.discussed, SCOPE, None) == ["3", "2", "1"]
    store.commit(visit(3, related=[related(1, 10), related(9, 99)]), NOW)

    assert store.read(threads_room.discussed, SCOPE, None) == ["1", "3", "2"]
    assert store.read(threads_room.discussed, SCOPE, 2) == ["1", "3"]
    assert store.read(threads_room.discussed, Scope(since="2026-10-05"), None) == []
    assert store.read(threads_room.discussed, Scope(origins=["CaiJing"]), None) == []


def test_whose_comments_can_be_asked_for(store: Store) -> None:
    store.commit(visit(2, "新。", "other", doc_id="22"), later(hours=1))
    store.commit(visit(3, "新。", "other", doc_id=None), later(hours=1))
    found = store.read(threads_room.wanted, ["9", "2", "4", "3", "1"])

    assert found == [
        WantedThread("2", URL.format("CaiJing", 2), "22", False),
        WantedThread("3", URL.format("CaiJing", 3), None, False),
        WantedThread("1", URL.format("CaiJing", 1), "11", False),
    ]


@pytest.mark.parametrize("doc_id", ["", "x", "1&codeType=3", "٣", "1" * 17])
def test_a_key_that_is_none_is_not_asked_for(store: Store, doc_id: str) -> None:
    store.commit(visit(2, "新。", "other", doc_id=doc_id), later(hours=1))

    assert store.read(threads_room.wanted, ["2"])[0].doc_id is None


def test_an_erased_article_takes_all_that_is_said_below_it_along(
    store: Store, url: str | None, tmp_path: Path
) -> None:
    other = comment(9, article_id="2", doc_id="21")
    store.commit(thread(comment(5), comment(6), counts=counts(2), is_whole=True), NOW)
    store.commit(thread(other), NOW)
    store.commit(thread(comment(5, text="改了")), later(days=1))
    store.commit(told("error"), NOW)
    store.close()
    root = tmp_path / "data"
    erase(url, root, "1", "a court", NOW)
    content, left = rows(url, root), files(root)

    assert [row[0] for row in content["comments"]] == ["9"]
    assert content["threads"] == []
    assert {name for name, data in left.items() if data} == {
        "articles/2026-10-05.jsonl",
        "comments/2026-10-05.jsonl",
    }
    assert b'"article_id": "1"' not in b"".join(left.values())
