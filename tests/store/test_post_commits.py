"""What an answer for a reader's post changes: revisions, outcomes, deletions, stubs that lead to it."""

from typing import Any

import pytest

from guancha.exceptions import StoreError
from guancha.store import posts as posts_room
from guancha.store.found import NEARBY
from guancha.store.scope import Scope
from guancha.store.store import Store
from tests.store import post_records, records
from tests.store.conftest import NOW, Opened, later, written
from tests.store.post_records import outcome, stub, visit


@pytest.fixture
def store(opened: Opened) -> Store:
    """An archive that knows one post, and two articles."""
    found = opened()
    found.admit_posts(["1"], NOW, NEARBY)
    found.admit([records.target(7), records.target(8)], Scope(), NOW)
    return found


def told(store: Store) -> list[str]:
    return [line["kind"] for line in written(store, "outcomes/posts")]


def revisions(store: Store) -> list[tuple[int, str, list[str]]]:
    return [
        (line["revision"], line["revision_cause"], line["changed_fields"])
        for line in written(store, "posts")
    ]


def is_pending(store: Store) -> bool:
    return bool(store.read(posts_room.pending, None, "", 9))


def test_each_revision_is_one_line(store: Store) -> None:
    store.commit(visit(1), NOW)
    store.commit(visit(1, page="other bytes", view_count="7"), later(hours=1))
    changed = visit(1, "新的正文。", "third", author_name="c" * 32)
    changed.post.date_first_crawled = "2026-10-06T20:00:00+08:00"
    store.commit(changed, later(days=1))

    assert revisions(store) == [(1, "first", []), (2, "edit", ["paragraphs"])]
    assert [line["date_first_crawled"] for line in written(store, "posts")] == [
        "2026-10-05T20:00:00+08:00"
    ] * 2
    assert not is_pending(store)


@pytest.mark.parametrize(
    ("before", "after", "cause"),
    [
        ({"is_complete": False}, {"is_complete": True}, "recovered"),
        ({}, {"is_complete": False, "text": "短。"}, None),
        ({"is_complete": False}, {"is_complete": False, "text": "另。"}, None),
        (
            {"is_complete": False},
            {"is_complete": False, "paragraphs": ["又。"], "page": "other"},
            "recovered",
        ),
        ({}, {"text": "新。", "extractor_version": "2"}, "extraction"),
        ({}, {"text": "新。", "extractor_version": "2", "page": "other"}, "edit"),
        ({}, {"extractor_version": "2"}, None),
    ],
)
def test_the_cause_of_a_revision(
    store: Store, before: dict[str, Any], after: dict[str, Any], cause: str | None
) -> None:
    first, second = visit(1, **before), visit(1, **after)
    if "paragraphs" in after:
        second.post.paragraphs = [*first.post.paragraphs, *after["paragraphs"]]
    store.commit(first, NOW)
    store.commit(second, later(hours=1))

    assert [found for _, found, _ in revisions(store)[1:]] == ([cause] if cause else [])


def test_what_was_had_in_part_waits_but_not_for_ever(store: Store) -> None:
    store.commit(visit(1, is_complete=False), NOW)
    assert is_pending(store)
    store.commit(visit(1, is_complete=False), later(hours=2))
    assert not is_pending(store)
    assert len(revisions(store)) == 1


def test_an_outcome_is_a_line_when_it_changes(store: Store) -> None:
    for kind in ("layout", "layout", "stub", "stub"):
        store.commit(outcome(1, kind), NOW)

    assert told(store) == ["layout", "stub"]
    assert not is_pending(store)


def test_only_the_last_try_is_an_outcome(store: Store) -> None:
    for minutes in (0, 1, 2):
        store.commit(outcome(1, "error"), later(minutes=minutes))
    assert told(store) == []
    assert is_pending(store)

    store.commit(outcome(1, "error"), later(hours=2))
    assert told(store) == ["error"]
    assert not is_pending(store)


def test_what_was_never_there_is_told_at_once(store: Store) -> None:
    store.commit(outcome(1, "gone"), NOW)
    assert told(store) == ["gone"]
    assert not is_pending(store)

    store.commit(visit(1), later(days=2))
    assert (told(store), len(revisions(store))) == (["gone"], 1)


@pytest.mark.parametrize("kind", ["offsite", "layout", "error", "challenge"])
def test_one_odd_answer_does_not_undo_a_post(store: Store, kind: str) -> None:
    store.commit(visit(1), NOW)
    for _ in range(3):
        store.commit(outcome(1, kind), later(hours=1))
    assert told(store) == [kind]
    assert not is_pending(store)

    store.commit(visit(1), later(hours=30))
    store.commit(outcome(1, kind), later(hours=31))
    assert told(store) == ([kind] if kind in ("error", "challenge") else [kind, kind])
    assert len(revisions(store)) == 1


def test_a_deletion_is_told_when_the_post_was_gone_twice(store: Store) -> None:
    store.commit(visit(1), NOW)
    kinds = []
    for hours in (1, 2, 6.5, 7.1):
        store.commit(outcome(1, "gone"), later(hours=hours))
        kinds.append(told(store))
    assert kinds == [[], [], [], ["deleted"]]
    (deleted,) = written(store, "outcomes/posts")
    assert (deleted["post_id"], deleted["last_alive"]) == ("1", "2026-10-05T20:00:00+08:00")

    store.commit(outcome(1, "gone"), later(hours=40))
    store.commit(visit(1), later(hours=50))
    assert told(store) == ["deleted", "restored"]
    assert len(revisions(store)) == 1


def test_an_answer_in_between_clears_the_suspicion(store: Store) -> None:
    store.commit(visit(1), NOW)
    for hours, item in ((1, outcome(1, "gone")), (8, visit(1)), (15, outcome(1, "gone"))):
        store.commit(item, later(hours=hours))

    assert told(store) == []


def test_a_list_tells_each_change_and_a_page_of_it_clears_that(store: Store) -> None:
    for kind in ("error", "error", "layout"):
        found = outcome(1, kind)
        found.post_id, found.url = None, "https://user.guancha.cn/main/index-list.json"
        store.commit(found, NOW)

    assert told(store) == ["error", "layout"]


def test_an_answer_for_a_post_that_nobody_found_is_refused(store: Store) -> None:
    for item in (visit(9), outcome(9, "gone")):
        with pytest.raises(StoreError, match="post 9, which nobody found"):
            store.commit(item, NOW)


def test_a_post_and_its_stubs_name_each_other(store: Store) -> None:
    for article in (8, 7):
        store.commit(stub(article, 1), NOW)
    store.commit(visit(1), NOW)

    assert written(store, "posts")[0]["stub_ids"] == ["7", "8"]
    assert {line["post_id"] for line in written(store, "outcomes")} == {"1"}


def test_a_stub_that_becomes_known_is_a_revision_at_the_next_visit(store: Store) -> None:
    store.commit(visit(1), NOW)
    store.commit(stub(7, 1), NOW)
    for hours in (1, 2):
        store.commit(visit(1, page=f"at {hours}"), later(hours=hours))
    store.commit(stub(8, 1), later(hours=3))
    store.commit(visit(1, "新的正文。", "edited"), later(hours=4))

    assert revisions(store) == [
        (1, "first", []),
        (2, "recovered", ["stub_ids"]),
        (3, "edit", ["paragraphs", "stub_ids"]),
    ]


def test_the_last_answer_of_an_article_says_where_it_leads(store: Store) -> None:
    found = stub(7, 1)
    for item in (found, post_records.stub(7, None), stub(7, 1), records.outcome(7, "error")):
        store.commit(item, NOW)
    assert store.read(posts_room.behind_stubs, "", 9) == ["1"]
    store.commit(stub(7, 2), later(hours=1))
    assert store.read(posts_room.behind_stubs, "", 9) == ["2"]
    store.commit(records.gone(7), later(hours=2))
    assert store.read(posts_room.behind_stubs, "", 9) == []


def test_an_article_that_is_had_is_no_stub(store: Store) -> None:
    store.commit(stub(7, 1), NOW)
    store.commit(records.visit(7), later(hours=1))
    store.commit(visit(1), later(hours=2))

    assert written(store, "posts")[0]["stub_ids"] == []
