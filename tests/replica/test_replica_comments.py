"""The JSON of readers' comments: found by the key that the article's page prints, page by page."""

import json
import re
from datetime import datetime
from typing import Any

import pytest

from replica.addresses import url_of
from replica.articles import doc_id
from replica.comments import PATH, comment_count, shown
from replica.site import Site
from replica.timeline import BEIJING, World

ERAS = ("2019", "2026", "mixed")


def listed(world: World, key: object, **others: object) -> dict[str, Any]:
    asked = {"codeId": key, "codeType": 1, "pageNo": 1, "order": 1, "ff": "www"} | others
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    answer = Site(world).answer("user.guancha.cn", f"{PATH}?{query}")
    assert answer.status == 200
    found: dict[str, Any] = json.loads(answer.body)
    return found


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
        assert len(found["items"]) == min(20, found["count"])


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
        assert pages[0]["hots"] == pages[0]["items"][:5]


def test_what_is_no_article_has_none() -> None:
    world = World(5, 60)
    stub = next(filter(world.is_stub, range(60)))
    for key in (doc_id(world, stub), doc_id(world, 22) + 1, 0, "x", "9" * 5000):
        assert listed(world, key)["code"] != 0
    assert listed(world, doc_id(world, 22), codeType=2)["code"] != 0
    assert listed(world, doc_id(world, 22), pageNo="x")["code"] == 0
    assert Site(world).answer("user.guancha.cn", "/main/content?id=1").status == 404


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
