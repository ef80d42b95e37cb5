"""Lists of posts, in whichever form: every link that is a post's URL. Whole ones: tests/pages/post_list."""

import json
from typing import Any

import pytest

from guancha.exceptions import PageError
from guancha.pages.post_list import EMPTY, PostList
from tests.pages.post_builder import fragment, item

PIECE = fragment(1, 2)


def read(body: str | bytes) -> PostList:
    return PostList(body if isinstance(body, bytes) else body.encode())


def keys(body: str) -> list[str]:
    return [entry.key for entry in read(body).entries]


@pytest.mark.parametrize(
    "body",
    [
        PIECE,
        f"<!DOCTYPE html><html><body>{PIECE}</body></html>",
        json.dumps(PIECE),
        json.dumps({"code": 0, "html": PIECE}),
        json.dumps({"data": {"items": [item(1), item(2)]}}),
        f"callback({json.dumps({'html': PIECE})});",
        json.dumps([{"id": 1, "title": "一"}, {"id": "2", "title": "二"}]),
        '<a href="http://user.guancha.cn/main/content?id=1">一</a><a href="content?id=2">二</a>',
    ],
)
def test_each_form_names_the_same_posts(body: str) -> None:
    assert keys(body) == ["1", "2"]


@pytest.mark.parametrize(
    "href",
    [
        "https://example.com/main/content?id=1",
        "//user.guancha.cn@127.0.0.1/main/content?id=1",
        "/main/content?id=1x",
        "/main/content?id=",
        "http://[/main/content?id=1",
        "/user/personal-homepage?uid=1",
    ],
)
def test_what_is_no_post_is_passed_over(href: str) -> None:
    link = f'<div class="list-item"><h4><a href="{href}">题</a></h4></div>'

    assert keys(link + fragment(7)) == ["7"]


@pytest.mark.parametrize(
    "value",
    [
        {"id": 0, "title": "一"},
        {"id": True, "title": "一"},
        {"id": 10**30, "title": "一"},
        {"id": "1", "title": ""},
        {"id": "1", "title": "一", "post_url": "https://member.guancha.cn/post/view?id=1"},
        {"title": "一"},
        None,
        17,
    ],
)
def test_objects_that_are_no_posts_are_passed_over(value: Any) -> None:
    assert keys(json.dumps({"items": [value, {"id": 7, "title": "七"}]})) == ["7"]


def test_a_title_is_that_beside_the_picture_and_each_post_is_there_once() -> None:
    found = read(fragment(1, 2) + '<a href="/main/content?id=1">又</a>' + fragment(3))

    assert [entry.title for entry in found.entries] == ["标题1", "标题2", "标题3"]
    assert (found.placed, found.shown) == (3, {"items": 3})


def test_links_elsewhere_count_but_are_not_where_they_used_to_be() -> None:
    found = read('<p><a href="/main/content?id=1">一</a></p>')

    assert (len(found.entries), found.placed, found.shown) == (1, 0, {})
    assert found.hits["listing/posts/links/1"] == 1
    assert found.hits["listing/posts/items/1"] == 0


def test_nothing_at_all_says_so() -> None:
    with pytest.raises(PageError, match=EMPTY):
        read("  \n")


def test_deep_and_broken_json_is_no_error() -> None:
    deep = "[" * 900 + json.dumps(PIECE) + "]" * 900

    assert keys(deep) == ["1", "2"]
    with pytest.raises(PageError):
        read(b"\xff\xfe\x00\x01" * 50)
