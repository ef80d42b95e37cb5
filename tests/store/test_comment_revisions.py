"""When a comment that is met again is a new revision, and when it is nothing."""

from typing import Any

import pytest
from sqlalchemy import text

from guancha.exceptions import StoreError
from guancha.store import comments as comments_room
from guancha.store.store import Store
from tests.store.comment_records import comment, thread
from tests.store.conftest import NOW, Opened, later, written

LATER = later(days=1)


@pytest.fixture
def store(opened: Opened) -> Store:
    """An archive that knows one comment."""
    found = opened()
    found.commit(thread(comment(5, parent_id="4")), NOW)
    return found


def met(store: Store, **changed: Any) -> list[dict[str, Any]]:
    """Meets the comment again; returns the later revisions."""
    again = comment(5, LATER, **({"parent_id": "4"} | changed))
    store.commit(thread(again), LATER)
    return written(store, "comments")[1:]


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"text": "改了"}, ["text"]),
        ({"status": "folded", "tread_count": 100}, ["status", "tread_count"]),
        ({"parent_id": "3"}, ["parent_id"]),
        ({"praise_count": 2, "reply_count": 1}, ["praise_count", "reply_count"]),
        ({"praise_count": 0}, ["praise_count"]),
    ],
)
def test_what_has_changed_is_a_revision(
    store: Store, changed: dict[str, Any], fields: list[str]
) -> None:
    (revision,) = met(store, **changed)

    assert revision["revision"] == 2
    assert revision["changed_fields"] == fields
    assert {name: revision[name] for name in changed} == changed
    assert revision["date_first_crawled"] == "2026-10-05T20:00:00+08:00"
    assert revision["date_crawled"] == "2026-10-06T20:00:00+08:00"
    assert store.read(comments_room.known, ["5", "6"]) == {"5"}
    assert met(store, **changed) == [revision]


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"is_member": True},
        {"is_hot": True},
        {"praise_count": None, "tread_count": None, "reply_count": None},
        {"parent_id": None},
        {"is_quoted": True, "text": "…", "praise_count": None},
        {"text": ""},
        {"source": "page", "extractor_version": "2"},
        {"date_published": "2026-10-05T05:21+08:00", "date_published_raw": "10-05 05:21"},
    ],
)
def test_what_says_nothing_new_is_nothing(store: Store, changed: dict[str, Any]) -> None:
    assert met(store, **changed) == []


def test_a_deletion_is_news_even_where_it_is_only_quoted(store: Store) -> None:
    gone = {"text": "该评论已被删除", "status": "deleted"}
    (revision,) = met(store, is_quoted=True, praise_count=None, **gone)

    assert (revision["status"], revision["changed_fields"]) == ("deleted", ["text", "status"])


def test_a_count_that_is_not_shown_stays(store: Store) -> None:
    (revision,) = met(store, text="改了", praise_count=None, parent_id=None)

    assert (revision["praise_count"], revision["parent_id"]) == (1, "4")
    assert revision["changed_fields"] == ["text"]


@pytest.mark.parametrize(
    ("seen", "kept"),
    [
        (["10-05 05:21", "2小时前"], "10-05 05:21"),
        (["2小时前", "10-05 05:21", "昨天 05:22"], "10-05 05:21"),
        (["2小时前", "3小时前"], "15小时前"),
        ([None], "15小时前"),
    ],
)
def test_the_better_time_is_kept(store: Store, seen: list[str | None], kept: str) -> None:
    for printed in seen:
        met(store, date_published=printed and f"time of {printed}", date_published_raw=printed)
    (revision,) = met(store, text="改了", date_published=None, date_published_raw="?")

    assert revision["date_published_raw"] == kept
    assert revision["date_published"] in (f"time of {kept}", "2026-10-05T05:00+08:00")


def test_one_that_was_only_quoted_is_completed_where_it_is_listed(store: Store) -> None:
    store.commit(thread(comment(7, is_quoted=True)), NOW)
    store.commit(thread(comment(7, LATER, parent_id="5")), LATER)
    (_, quoted, listed) = written(store, "comments")

    assert (quoted["is_quoted"], listed["is_quoted"]) == (True, False)
    assert (listed["parent_id"], listed["changed_fields"]) == ("5", ["parent_id"])


def test_a_comment_twice_in_one_answer(store: Store) -> None:
    store.commit(thread(comment(8), comment(8), comment(8, text="二")), NOW)
    lines = [line for line in written(store, "comments") if line["comment_id"] == "8"]

    assert [(line["revision"], line["text"]) for line in lines] == [(1, "第8条"), (2, "二")]


def test_more_than_a_query_takes(store: Store) -> None:
    many = [comment(number) for number in range(1000, 1600)]
    for _ in range(2):
        store.commit(thread(*many), NOW)

    assert len(written(store, "comments")) == 601


@pytest.mark.parametrize("shown", ["", "[]", "{", "[" * 100_000])
def test_what_is_no_json_in_the_store_is_told(store: Store, shown: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE comments SET shown = :shown"), {"shown": shown})
    with pytest.raises(StoreError, match="comment 5 can't be read"):
        met(store)
