"""The JSON of comments: what each key becomes, and that nothing hostile gets through."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import TextResponse

from guancha.items import Comment, Outcome
from guancha.jsonlines import line
from guancha.pages.answered import sent
from guancha.pages.comment import Place, Reading
from guancha.pages.comments import classify_comments

NOW = datetime.fromisoformat("2026-10-05T20:00:00+08:00")
PLACE = Place("516891", "423467", "json", NOW, NOW)
URL = "https://user.guancha.cn/comment/cmt-list.json?codeId=423467&codeType=1"
ITEM: dict[str, Any] = {
    "id": 17058989,
    "root_id": 17040040,
    "parent_id": 17046510,
    "parent": [],
    "content": "第一行<br>第二行",
    "created_at": " 15小时前",
    "user_id": 900001,
    "user_nick": " 甲 乙",
    "praise_num": "2",
    "tread_num": 1,
    "reply_count": 0,
    "status": 2,
    "is_member": True,
    "from_weibo": 0,
    "fold": 0,
}
PARENT = {**ITEM, "id": 17046510, "parent_id": 5, "root_id": 5, "status": 4, "content": "已删除"}


def read(found: Any, *, status: int = 200, **how: bool) -> Reading | Outcome:
    body = found if isinstance(found, bytes) else json.dumps(found).encode()
    return classify_comments(TextResponse(URL, status, body=body), PLACE, **how)


def thread(*items: Any, **others: Any) -> dict[str, Any]:
    return {"code": 0, "status": 1, "count": len(items), "items": list(items)} | others


def reading(*items: Any, **others: Any) -> Reading:
    found = read(thread(*items, **others))
    assert isinstance(found, Reading)
    return found


def one(**changed: Any) -> Comment:
    (comment,) = reading({**ITEM, **changed}).listed
    return comment


def test_each_key_of_a_comment() -> None:
    known = asdict(one())

    assert known.pop("extractor_version")
    assert known == {
        "schema_version": 1,
        "comment_id": "17058989",
        "article_id": "516891",
        "doc_id": "423467",
        "root_id": "17040040",
        "parent_id": "17046510",
        "text": "第一行\n第二行",
        "date_published": "2026-10-05T05:00+08:00",
        "date_published_raw": "15小时前",
        "reader_id": "900001",
        "reader_name": "甲 乙",
        "is_member": True,
        "praise_count": 2,
        "tread_count": 1,
        "reply_count": 0,
        "status": "shown",
        "is_hot": False,
        "is_quoted": False,
        "source": "json",
        "revision": 1,
        "changed_fields": [],
        "date_first_crawled": "2026-10-05T20:00:00+08:00",
        "date_crawled": "2026-10-05T20:00:00+08:00",
    }


@pytest.mark.parametrize(
    ("changed", "name", "value"),
    [
        ({"root_id": 0}, "root_id", None),
        ({"root_id": ITEM["id"]}, "root_id", None),
        ({"parent_id": 0}, "parent_id", None),
        ({"parent_id": str(ITEM["id"])}, "parent_id", None),
        ({"parent": [{"id": 7}]}, "parent_id", "7"),
        ({"fold": 1}, "status", "folded"),
        ({"praise_num": 0, "tread_num": 100}, "status", "folded"),
        ({"praise_num": 26, "tread_num": 100}, "status", "shown"),
        ({"status": 4}, "status", "deleted"),
        ({"status": None}, "status", "shown"),
        ({"from_weibo": 1}, "reader_id", None),
        ({"created_at": "昨天 18:30"}, "date_published", "2026-10-04T18:30+08:00"),
        ({"created_at": "不久"}, "date_published", None),
        ({"created_at": ["x"]}, "date_published_raw", None),
        ({"praise_num": -1}, "praise_count", None),
        ({"praise_num": 10**40}, "praise_count", None),
        ({"praise_num": True}, "praise_count", None),
        ({"user_id": "x' or 1"}, "reader_id", None),
        ({"content": None}, "text", ""),
        ({"content": "<img src=x>"}, "text", ""),
        ({"is_member": "no"}, "is_member", False),
    ],
)
def test_what_a_key_becomes(changed: dict[str, Any], name: str, value: object) -> None:
    assert getattr(one(**changed), name) == value


def test_a_parent_is_known_as_quoted_unless_it_is_listed() -> None:
    (quoted,) = reading({**ITEM, "parent": [PARENT]}).quoted

    assert (quoted.comment_id, quoted.parent_id, quoted.root_id) == ("17046510", "5", "5")
    assert (quoted.status, quoted.text, quoted.is_quoted) == ("deleted", "已删除", True)
    assert not reading({**ITEM, "parent": [PARENT]}, {**PARENT, "status": 2}).quoted


def test_hot_ones_and_counts() -> None:
    hot = {**ITEM, "id": 3}
    found = reading(ITEM, hot, ITEM, hots=[hot], all_hot_count=4, count=41)

    assert [(each.comment_id, each.is_hot) for each in found.comments] == [
        ("3", True),
        ("17058989", False),
    ]
    assert (found.counts.comment_count, found.counts.hot_count) == (41, 4)
    hots = read(thread(hot, count=17), is_hot=True)
    assert isinstance(hots, Reading)
    assert (hots.counts.comment_count, hots.counts.hot_count) == (None, 17)
    assert hots.listed[0].is_hot


def test_what_has_no_id_is_counted_and_dropped() -> None:
    found = reading(ITEM, {}, None, {**ITEM, "id": 0}, {**ITEM, "id": 4, "parent": [{"a": 1}]}, [])

    assert [each.comment_id for each in found.listed] == ["17058989", "4"]
    assert found.nameless == 5


@pytest.mark.parametrize(
    ("answer", "kind", "detail"),
    [
        ({"code": 1, "msg": "参数\x1b错误"}, "error", "code 1: 参数\\x1b错误"),
        ({"code": [1]}, "error", "code None: None"),
        (thread(count=None), "layout", "no thread/count"),
        (thread(items={}), "layout", "no thread/items"),
        (thread(count=3), "layout", "no comment in 0 items of 3"),
        (thread({"cid": 1}, {"cid": 2}), "layout", "no comment in 2 items of 2"),
        ({}, "layout", "no thread/count"),
        (
            thread(*({**ITEM, "id": number, "content": None} for number in (1, 2, 3))),
            "layout",
            "no thread/text",
        ),
        (b'{"code": 0, "items": [', "error", None),
        (b"\x89PNG\xff\xfe", "error", None),
        (b"", "error", None),
        (b"[" * 100_000, "error", None),
    ],
)
def test_what_is_no_thread(answer: Any, kind: str, detail: str | None) -> None:
    outcome = read(answer, is_first=True)

    assert isinstance(outcome, Outcome)
    assert (outcome.kind, outcome.stream, outcome.url) == (kind, "comments", URL)
    assert outcome.article_id == "516891"
    assert detail is None or outcome.detail == detail


@pytest.mark.parametrize(("status", "kind"), [(503, "error"), (404, "gone"), (302, "error")])
def test_a_status_that_is_no_answer(status: int, kind: str) -> None:
    outcome = read(thread(ITEM), status=status)
    assert isinstance(outcome, Outcome)
    assert (outcome.kind, outcome.http_status) == (kind, status)


def test_closed_and_disabled_threads_are_told() -> None:
    closed, disabled = (reading(ITEM, status=status) for status in (3, "2"))

    assert closed.outcome
    assert disabled.outcome
    assert (closed.outcome.kind, closed.counts.comments, closed.listed) == ("closed", "closed", [])
    assert (disabled.outcome.kind, disabled.counts.comments) == ("disabled", "disabled")
    assert len(disabled.listed) == 1


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from([2**70, -1]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
KEYS = st.sampled_from([*ITEM, "status", "parent"])
HEADS = st.sampled_from(["code", "status", "count", "hots", "all_hot_count"])
HOSTILE = st.dictionaries(KEYS, ANY, max_size=5).map(lambda changed: {**ITEM, **changed})


@given(st.lists(HOSTILE | ANY, max_size=4), st.dictionaries(HEADS, ANY))
def test_whatever_comes_becomes_sound_records(items: list[Any], others: dict[str, Any]) -> None:
    found = read(thread(*items, **others))
    if isinstance(found, Outcome):
        line(found)
        return
    for comment in (*found.comments, *found.quoted):
        line(comment)
        assert comment.comment_id.isdigit()
        counts = (comment.praise_count, comment.tread_count, comment.reply_count)
        assert all(count is None or 0 <= count < 2**63 for count in counts)
    numbers = [each.comment_id for each in (*found.comments, *found.quoted)]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Mon, 05 Oct 2026 11:58:00 GMT", "2026-10-05T19:58:00+08:00"),
        ("Mon, 05 Oct 2020 11:58:00 GMT", NOW.isoformat()),
        ("Mon, 05 Oct 2026 11:58:00 -0000", NOW.isoformat()),
        ("Mon, 99 Oct 2026 11:58:00 GMT", NOW.isoformat()),
        ("Mon, 05 Oct 9999999999 11:58:00 +9999", NOW.isoformat()),
        ("yesterday", NOW.isoformat()),
        ("", NOW.isoformat()),
    ],
)
def test_times_count_back_from_the_date_of_the_answer(printed: str, expected: str) -> None:
    response = TextResponse(URL, headers={"Date": printed})

    assert sent(response, NOW) == datetime.fromisoformat(expected)
