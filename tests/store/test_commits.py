"""What an answer changes: revisions, outcomes, deletions."""

from typing import Any

import pytest

from guancha.exceptions import BatchError, StoreError
from guancha.store.found import Source
from guancha.store.listings import Page, Validators
from guancha.store.scope import Scope
from guancha.store.store import Store
from tests.store.conftest import NOW, Opened, later, written
from tests.store.records import URL, gone, listing_outcome, outcome, sighting, target, visit

SCOPE = Scope()


@pytest.fixture
def store(opened: Opened) -> Store:
    """An archive that knows one article, by one URL."""
    found = opened()
    found.admit([target(1, list_title="名")], SCOPE, NOW)
    return found


def told(store: Store) -> list[str]:
    return [line["kind"] for line in written(store, "outcomes")]


def is_pending(store: Store) -> bool:
    return bool(store.pending(SCOPE, (-1, ""), 9, later(days=9)))


def test_each_revision_is_one_line(store: Store) -> None:
    store.admit([target(1, slug="WangWu")], SCOPE, NOW)
    store.commit(visit(1), NOW)
    store.commit(visit(1), later(hours=1))
    store.commit(visit(1, "新的正文。", "other page"), later(hours=2))

    first, second = written(store, "articles")
    assert (first["revision"], first["revision_cause"], first["list_title"]) == (1, "first", "名")
    assert first["alternate_urls"] == [URL.format("WangWu", 1)]
    assert (second["revision"], second["revision_cause"]) == (2, "edit")
    assert second["changed_fields"] == ["paragraphs"]


def test_where_the_site_sent_us_on_to_is_an_address_too(store: Store) -> None:
    there = URL.format("WangWu", 1)
    store.commit(visit(1, url=there, section="WangWu"), NOW)
    store.commit(visit(1, "新。", "other"), later(hours=1))
    store.commit(visit(1, "再新。", "third", url=there), later(hours=2))

    lines = written(store, "articles")
    assert [line["url"] for line in lines] == [there] * 3
    assert [line["alternate_urls"] for line in lines] == [[URL.format("CaiJing", 1)]] * 3


@pytest.mark.parametrize(
    ("before", "after", "cause"),
    [
        ({"is_complete": False}, {"is_complete": True}, "recovered"),
        ({"is_complete": True}, {"is_complete": False, "text": "短。"}, None),
        ({"is_complete": False}, {"is_complete": False, "text": "另。", "page": "other"}, None),
        (
            {"is_complete": False},
            {"is_complete": False, "paragraphs": ["正文。", "又。"], "page": "other"},
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
    store.commit(visit(1, **before), NOW)
    store.commit(visit(1, **after), later(hours=1))

    causes = [line["revision_cause"] for line in written(store, "articles")[1:]]
    assert causes == ([cause] if cause else [])


def test_better_rules_are_told_from_an_edit_by_the_page_seen_last(store: Store) -> None:
    store.commit(visit(1, page="first"), NOW)
    # The page changes where no reader sees it; then rules of another version read the same page.
    store.commit(visit(1, page="second"), later(hours=1))
    store.commit(visit(1, "新。", "second", extractor_version="2"), later(hours=2))

    assert [line["revision_cause"] for line in written(store, "articles")] == [
        "first",
        "extraction",
    ]


def test_an_outcome_is_a_line_when_it_changes(store: Store) -> None:
    for kind in ("layout", "layout", "stub", "stub"):
        store.commit(outcome(1, kind), NOW)

    assert told(store) == ["layout", "stub"]


def test_only_the_last_try_is_an_outcome(store: Store) -> None:
    for minutes in (0, 1, 2):
        store.commit(outcome(1, "error"), later(minutes=minutes))
    assert told(store) == []
    assert is_pending(store)

    store.commit(outcome(1, "error"), later(hours=2))
    assert told(store) == ["error"]
    assert not is_pending(store)
    assert len(store.due(SCOPE, None, 9, later(hours=27))) == 1


@pytest.mark.parametrize("kind", ["stub", "offsite", "layout", "error", "challenge"])
def test_one_odd_answer_does_not_undo_an_article(store: Store, kind: str) -> None:
    store.commit(visit(1), NOW)
    for _ in range(3):
        store.commit(outcome(1, kind), later(hours=1))
    assert told(store) == [kind]
    (known,) = store.all_known(SCOPE, ("", ""), later(days=1), 9)
    assert known.target.article.article_id == "1"
    assert store.due(SCOPE, later(days=3) - NOW, 9, later(hours=2)) == []

    store.commit(visit(1), later(hours=30))
    store.commit(outcome(1, kind), later(hours=31))
    assert told(store) == ([kind] if kind in ("error", "challenge") else [kind, kind])


def test_a_deletion_is_told_when_every_url_was_gone_twice(store: Store) -> None:
    store.admit([target(1, slug="WangWu")], SCOPE, NOW)
    store.commit(visit(1), NOW)
    # An address beside a living one proves nothing.
    store.commit(gone(1, "WangWu"), later(hours=1))
    steps = [("CaiJing", 1), ("CaiJing", 2), ("WangWu", 2), ("CaiJing", 9), ("WangWu", 9)]
    kinds = []
    for slug, hours in steps:
        store.commit(gone(1, slug), later(hours=hours))
        kinds.append(told(store))
    assert kinds == [[], [], [], [], ["deleted"]]
    assert written(store, "outcomes")[0]["last_alive"] == "2026-10-05T20:00:00+08:00"

    store.commit(gone(1), later(hours=40))
    assert told(store) == ["deleted"]
    store.commit(visit(1), later(hours=50))
    assert told(store) == ["deleted", "restored"]
    assert len(written(store, "articles")) == 1


def test_an_address_that_a_move_has_left_counts_as_one(store: Store) -> None:
    store.commit(visit(1, url=URL.format("WangWu", 1), section="WangWu"), NOW)
    for hours in (1, 8):
        store.commit(gone(1, "WangWu"), later(hours=hours))
    assert told(store) == []
    for hours in (8, 15):
        store.commit(gone(1, "CaiJing"), later(hours=hours))
    assert told(store) == ["deleted"]


def test_an_article_that_was_had_in_part_is_due_however_old(store: Store) -> None:
    store.commit(visit(1, is_complete=False, date_published="2020-10-05T19:00:00+08:00"), NOW)
    assert store.due(SCOPE, None, 9, later(hours=9)) == []
    assert len(store.due(SCOPE, None, 9, later(hours=25))) == 1

    store.commit(visit(1, date_published="2020-10-05T19:00:00+08:00"), later(hours=25))
    assert store.due(SCOPE, None, 9, later(days=25)) == []


def test_an_answer_in_between_clears_the_suspicion(store: Store) -> None:
    store.commit(visit(1), NOW)
    for hours, item in ((1, gone(1)), (8, sighting(1)), (15, gone(1))):
        store.commit(item, later(hours=hours))

    assert told(store) == []


def test_a_listing_tells_each_change(store: Store) -> None:
    for kind in ("error", "error", "layout"):
        store.commit(listing_outcome(kind), NOW)
    assert told(store) == ["error", "layout"]

    page = Page("CaiJing", listing_outcome("layout").url, True, Validators())
    store.admit([target(1)], SCOPE, NOW, Source(page))
    store.commit(listing_outcome("layout"), NOW)
    assert told(store) == ["error", "layout", "layout"]


def test_an_answer_for_an_article_that_nobody_found_is_refused(store: Store) -> None:
    for item in (visit(7), sighting(7), outcome(7, "gone")):
        with pytest.raises(StoreError, match="7, which nobody found"):
            store.commit(item, NOW)


def test_many_answers_are_one_batch(store: Store) -> None:
    store.admit([target(2), target(3)], SCOPE, NOW)
    items = [visit(1), outcome(2, "layout"), visit(3), visit(1, "新的正文。", "other page")]
    done = store.commit_all(items, NOW)

    assert done is not None
    assert [len(each.records) for each in done] == [1, 1, 1, 1]
    lines = written(store, "articles")
    assert [(line["article_id"], line["revision"]) for line in lines] == [
        ("1", 1),
        ("3", 1),
        ("1", 2),
    ]
    assert told(store) == ["layout"]


def test_a_batch_is_taken_in_as_a_whole_or_not_at_all(store: Store) -> None:
    with pytest.raises(BatchError):
        store.commit_all([visit(1), visit(7)], NOW)
    assert written(store, "articles") == []

    assert store.commit(visit(1), NOW)
    assert [line["revision"] for line in written(store, "articles")] == [1]
