"""What a URL of readers' posts has answered: told strictly, whatever comes."""

import json
from datetime import timedelta
from random import Random

import pytest
from scrapy.http import Response

from guancha import urls
from guancha.items import Outcome
from guancha.pages.answered import Moved, sent
from guancha.pages.classify_post import classify_post, classify_post_list
from guancha.pages.post import PostPage
from guancha.pages.post_list import EMPTY, PostList
from guancha.pages.post_parts import PostParts
from tests.pages.post_builder import NOW, POST, WRITER, PostHtml, fragment

URL = urls.post(POST) + "&page=0"
CHALLENGE = (
    b'<html><head></head><body><script>document.cookie="a";location.reload()</script></body></html>'
)
LETTERS = "".join(f"<dl><dt>{letter}</dt></dl>" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
WALL = "https://user.guancha.cn/user/login?uid=90210"
HOME = "https://www.guancha.cn/"
AUTHOR = f"https://app.guancha.cn/user/get-published-list?page_no=1&uid={WRITER}"


def answered(body: bytes = b"", status: int = 200, **headers: str) -> Response:
    return Response(URL, status=status, headers=headers, body=body)


def moved(target: str) -> Response:
    return answered(status=302, Location=target)


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (answered(status=404), "gone"),
        (answered(status=410), "gone"),
        (answered(status=500), "error"),
        (moved(HOME), "gone"),
        (moved("https://user.guancha.cn/"), "gone"),
        (moved("/main/index"), "gone"),
        (moved(WALL), "layout"),
        (moved("https://example.com/"), "offsite"),
        (moved(urls.post("9")), "stub"),
        (moved(""), "error"),
        (answered(f"<html><body>{LETTERS}</body></html>".encode()), "gone"),
        (answered(CHALLENGE), "challenge"),
        (answered(b""), "error"),
        (answered(b"\xff\xfe" * 99), "error"),
        (answered(PostHtml(title="").html), "layout"),
        (answered(b"<html><body><h1>404</h1></body></html>"), "layout"),
        (answered(PostHtml().html[:-9]), "error"),
        (answered(PostHtml().html[:300]), "error"),
    ],
)
def test_each_answer_has_its_kind(response: Response, kind: str) -> None:
    found = classify_post(response, POST, NOW)

    assert isinstance(found, Outcome)
    assert (found.kind, found.stream, found.post_id) == (kind, "posts", POST)
    assert found.url == urls.post(POST)
    assert WRITER not in f"{found}"


def test_a_post_is_a_post() -> None:
    assert isinstance(classify_post(answered(PostHtml().html), POST, NOW), PostPage)


def test_the_same_post_elsewhere_is_a_move() -> None:
    there = f"https://user.guancha.cn/main/content?id={POST}&s=x"

    assert classify_post(moved(there), POST, NOW) == Moved(there)


@pytest.mark.parametrize(
    ("printed", "hours"),
    [
        ("Mon, 05 Oct 2026 03:00:00 GMT", -1),
        ("Mon, 05 Oct 2026 04:00:01 GMT", 1 / 3600),
        ("Mon, 05 Oct 2026 09:00:00 GMT", 0),
        ("Mon, 05 Oct 2026 03:00:00", 0),
        ("yesterday", 0),
        ("", 0),
    ],
)
def test_the_word_of_the_site_on_the_time_counts_unless_it_lies_ahead(
    printed: str, hours: float
) -> None:
    assert sent(answered(Date=printed), NOW) == NOW + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("response", "kind", "detail"),
    [
        (answered(), "error", EMPTY),
        (answered(b"<ul></ul>"), "layout", "no listing/posts"),
        (answered(b'{"items": []}'), "layout", "no post in it"),
        (answered(b'{"code": 0, "items": []}'), "layout", "no post in it"),
        (answered(b'{"code": 40001, "msg": "x"}'), "error", "code 40001"),
        (answered(b'{"html": "<ul'), "error", "cut before its closing tag"),
        (answered(fragment(1).encode()[:-3]), "error", "cut before its closing tag"),
        (answered(b"<html><body>" + fragment(1).encode()), "error", "cut before its closing tag"),
        (answered(CHALLENGE), "challenge", None),
        (answered(status=404), "gone", None),
        (moved(HOME), "gone", None),
        (moved(WALL), "layout", "sent elsewhere than to the home page"),
    ],
)
def test_what_is_no_list_is_told_without_a_reader(
    response: Response, kind: str, detail: str | None
) -> None:
    found = classify_post_list(response, AUTHOR, NOW)

    assert isinstance(found, Outcome)
    assert (found.kind, found.detail, found.post_id) == (kind, detail, None)
    assert WRITER not in f"{found}"


@pytest.mark.parametrize(
    "body", [fragment(1), f"<html>{fragment(1)}</html>", json.dumps({"html": fragment(1)})]
)
def test_a_list_is_a_list(body: str) -> None:
    assert isinstance(classify_post_list(answered(body.encode()), AUTHOR, NOW), PostList)


def test_no_answer_is_too_odd() -> None:
    chance = Random(1)
    whole = (PostHtml().html, fragment(1, 2).encode(), json.dumps({"html": fragment(1)}).encode())
    for turn in range(300):
        body = bytearray(whole[turn % 3])
        for _ in range(chance.randint(1, 9)):
            place, length = chance.randrange(len(body)), chance.randint(1, 40)
            odd = chance.choice((b"", b"<", b"{", b'"', b"\xff", b"<h1>", b"</html>", b"&#0;"))
            body[place : place + length] = odd * chance.randint(1, 3)
        found = classify_post(answered(bytes(body)), POST, NOW)
        if isinstance(found, PostPage):
            PostParts(found).post()
        classify_post_list(answered(bytes(body)), AUTHOR, NOW)
