"""The JSON of readers' comments: found by the key that the article's page prints, page by page."""

import json
import re
from collections import Counter
from datetime import datetime
from typing import Any

import pytest

from replica.addresses import url_of
from replica.articles import doc_id
from replica.comment_truth import comments as true_comments
from replica.comments import PATH
from replica.readers import TRACE, reader, reader_number
from replica.remarks import shown
from replica.site import Site
from replica.threads import comment_count
from replica.timeline import BEIJING, World
from replica.truth import records

ERAS = ("2019", "2026", "mixed")


def told(world: World, path: str, **asked: object) -> dict[str, Any]:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    answer = Site(world).answer("user.guancha.cn", f"{path}?{query}")
    assert answer.status == 200
    found: dict[str, Any] = json.loads(answer.body)
    return found


def listed(world: World, key: object, **others: object) -> dict[str, Any]:
    asked = {"codeId": key, "codeType": 1, "pageNo": 1, "order": 1, "ff": "www"} | others
    return told(world, PATH, **asked)


def crawled(world: World, key: object) -> list[dict[str, Any]]:
    """All comments of an article, and those that they quote."""
    pages = -(-listed(world, key)["count"] // 20)
    items = [item for page in range(pages) for item in listed(world, key, pageNo=page + 1)["items"]]
    return items + [item["parent"][0] for item in items if item["parent"]]


@pytest.mark.parametrize("era", ERAS)
def test_each_article_has_its_comments_under_the_key_on_its_page(era: str) -> None:
    world = World(5, 60, era=era)
    for entry in filter(lambda turn: not world.is_stub(turn), range(60)):
        path = url_of(world, entry).removeprefix("https://www.guancha.cn")
        page = Site(world).answer("www.guancha.cn", path).body.decode()
        printed = re.search(r'id="comments-container" data-id="(\d+)"', page)
        assert printed
        found = listed(world, printed[1])
        assert found["code"] == 0
        assert found["count"] == comment_count(world, entry)
        closed = found["status"] == 3
        assert len(found["items"]) == (0 if closed else min(20, found["count"]))


@pytest.mark.parametrize("order", [1, 2, 3])
def test_the_pages_hold_every_comment_once(order: int) -> None:
    world = World(5, 60)
    key = doc_id(world, 22)
    count = comment_count(world, 22)
    pages = [listed(world, key, pageNo=page, order=order) for page in range(1, count // 20 + 3)]
    ids = [item["id"] for page in pages for item in page["items"]]

    assert len(ids) == len(set(ids)) == count > 40
    assert pages[-1]["items"] == []
    assert (ids == sorted(ids)) is (order == 3)
    if order == 2:
        praises = [item["praise_num"] for page in pages for item in page["items"]]
        assert praises == sorted(praises, reverse=True)
        assert pages[0]["hots"] == pages[0]["items"][:10]
        assert "hots" not in pages[1]


def test_what_is_no_article_has_none() -> None:
    world = World(5, 60)
    stub = next(filter(world.is_stub, range(60)))
    for key in (doc_id(world, stub), doc_id(world, 22) + 1, 0, "x", "9" * 5000):
        assert listed(world, key)["code"] != 0
    assert listed(world, doc_id(world, 22), codeType=2)["code"] != 0
    assert listed(world, doc_id(world, 22), pageNo="x")["code"] == 0
    assert Site(world).answer("user.guancha.cn", "/comment/add.json").status == 404


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-10-05T19:59:50", "1分钟前"),
        ("2026-10-05T19:20:00", "40分钟前"),
        ("2026-10-05T05:00:00", "15小时前"),
        ("2026-10-04T18:30:00", "昨天 18:30"),
        ("2026-02-01T13:20:00", "02-01 13:20"),
        ("2025-11-29T16:31:00", "2025-11-29 16:31"),
    ],
)
def test_times_are_shown_as_the_site_shows_them(moment: str, words: str) -> None:
    now = World(5, 60, era="2026").now

    assert shown(datetime.fromisoformat(moment).replace(tzinfo=BEIJING), now) == words


@pytest.mark.parametrize(("era", "day"), [("2019", 0), ("2026", 3), ("mixed", 9)])
def test_the_truth_is_what_the_pages_hold(era: str, day: int) -> None:
    world = World(5, 60, day, era)
    lines = {line["comment_id"]: line for line in true_comments(world)}
    keys = {line["doc_id"] for line in lines.values()}
    found = {str(item["id"]): item for key in sorted(keys) for item in crawled(world, key)}

    assert found.keys() == lines.keys()
    for key, line in lines.items():
        item = found[key]
        assert line["root_id"] == (str(item["root_id"]) if item["root_id"] else None)
        assert line["parent_id"] == (str(item["parent_id"]) if item["parent_id"] else None)
        assert line["user_id"] == str(item["user_id"])
        assert (line["status"] == "deleted") == (item["status"] != 2) == line["is_quoted"]
        assert line["praise_count"] == item["praise_num"]
        assert "<" in line["text"] or item["content"].count("<br") >= line["text"].count("\n")
    assert {line["status"] for line in lines.values()} == {"shown", "folded", "deleted"}
    answers = sum(line["parent_id"] is not None for line in lines.values())
    assert 0.2 < answers / len(lines) < 0.4


def test_conversations_have_several_floors() -> None:
    world = World(5, 60)
    items = crawled(world, doc_id(world, 22))
    floors = Counter[int]()
    for item in items:
        asked = {"id": item["id"], "root_id": item["root_id"], "ff": "www"}
        if item["status"] == 2:
            above = told(world, "/comment/all-floor.json", **asked)["items"]
            floors[len(above)] += 1
            assert above[-1]["id"] == item["id"]
            assert [floor["parent_id"] for floor in above] == [0, *(f["id"] for f in above[:-1])]
            assert {floor["root_id"] for floor in above[1:]} <= {above[0]["id"]}
    assert floors[1] > floors[2] > floors[3] > 0
    assert max(floors) > 3


def test_hot_ones_come_ten_a_page() -> None:
    world = World(5, 60)
    key = doc_id(world, 22)
    asked = {"codeId": key, "codeType": 1, "ff": "www"}
    first = told(world, "/comment/hot-cmt-list.json", pageNo=1, **asked)
    second = told(world, "/comment/hot-cmt-list.json", pageNo=2, **asked)
    assert first["count"] == listed(world, key)["all_hot_count"] > 10
    assert len(first["items"]) == 10
    assert not {item["id"] for item in first["items"]} & {item["id"] for item in second["items"]}


def test_some_articles_are_silent_disabled_or_closed() -> None:
    world = World(5, 120)
    entries = [entry for entry in range(120) if not world.is_stub(entry)]
    found = [listed(world, doc_id(world, entry)) for entry in entries]
    assert {thread["status"] for thread in found} == {1, 2, 3}
    assert all(not thread["items"] for thread in found if thread["status"] == 3)
    assert any(thread["items"] for thread in found if thread["status"] == 2)
    assert any(thread["count"] and thread["status"] == 3 for thread in found)
    assert any(not thread["count"] for thread in found)


def test_days_bring_comments_praise_and_deletions() -> None:
    before, after = World(5, 60), World(5, 60, 3)
    first = {line["comment_id"]: line for line in true_comments(before)}
    later = {line["comment_id"]: line for line in true_comments(after)}
    assert later.keys() - first.keys()
    both = [(line, later[key]) for key, line in first.items() if key in later]
    assert any(old["praise_count"] < new["praise_count"] for old, new in both)
    assert any(old["status"] != new["status"] == "deleted" for old, new in both)


def test_scripts_of_the_sites_pages_may_ask() -> None:
    world = World(5, 60)
    target = f"{PATH}?codeId={doc_id(world, 22)}&codeType=1&pageNo=1"
    plain = Site(world).answer("user.guancha.cn", target)
    padded = Site(world).answer("user.guancha.cn", f"{target}&callback=jQuery1_2&_=3")
    odd = Site(world).answer("user.guancha.cn", f"{target}&callback=alert(1)")
    assert plain.headers["Access-Control-Allow-Origin"] == "https://www.guancha.cn"
    assert padded.body == b"jQuery1_2(" + plain.body + b");"
    assert padded.headers["Content-Type"].startswith("application/javascript")
    assert odd == plain


def test_a_reader_leaves_a_trace() -> None:
    world = World(5, 60)
    someone = reader(world, 1234)
    assert reader_number(someone.user_id) == someone.number == 234
    assert reader_number(someone.user_id + 1) is None
    for text in (someone.name, str(someone.user_id), f"uid={someone.user_id}&"):
        assert TRACE.search(text)
    articles = json.dumps(list(records(world)), ensure_ascii=False)
    assert not TRACE.search(articles)
