"""The boxes of the home page: what each puts forward, in which order, with which numbers."""

import json
import re
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from scrapy.http import HtmlResponse, Response

from guancha.items import Headline, Outcome
from guancha.pages.box_feeds import FEEDS, classify_feed
from guancha.pages.boxes import BOXES, Box, HomePage, classify_home
from tests import shared

HOME = "https://www.guancha.cn/"
NOW = datetime.fromisoformat("2026-10-05T20:00:00+08:00")


def home(body: str | bytes, status: int = 200, **headers: str) -> HomePage | Outcome:
    content = body.encode() if isinstance(body, str) else body
    return classify_home(HtmlResponse(HOME, status, headers=headers, body=content), NOW)


def read(body: str) -> dict[str, Box]:
    page = home(f"<html><body>{LEAD}{body}</body></html>")
    assert isinstance(page, HomePage)
    return page.boxes


LEAD = '<div class="content-headline"><h3><a href="/a/2026_10_05_1.shtml">头条</a></h3></div>'


def shown(box: Box) -> list[tuple[Any, ...]]:
    return [(e.rank, e.title, e.url, e.view_count, e.comment_count) for e in box.entries]


def entries_of_2020(markup: str) -> list[tuple[Any, ...]]:
    """The middle column as a regular expression reads it, headline by headline."""
    column = markup[markup.index('<li class="middle">') : markup.index('<ul class="fengwen-list">')]
    found = []
    for part in column.split('<h4 class="module-title">')[1:]:
        link = re.search(r'href="([^"]+)"[^>]*>([^<]*)<', part)
        assert link
        address = re.sub(r"^(?:https?://www.guancha.cn)?/", HOME, link[1]).partition("?")[0]
        numbers = [
            int(number[1])
            if (number := re.search(rf'interact-{what}"[^>]*>(\d+)<', part))
            else None
            for what in ("attention", "comment")
        ]
        found.append((len(found) + 1, " ".join(unescape(link[2]).split()), address, *numbers))
    return found


def test_the_middle_column_of_2020_is_read_entry_by_entry() -> None:
    content = shared.page("home-2020")
    page = home(content)
    assert isinstance(page, HomePage)
    expected = entries_of_2020(re.sub(r"(?s)<!--.*?-->", "", content.decode()))

    assert len(expected) == 55
    found = [
        (r, t, re.sub("_[0-9s]{1,2}.shtml", ".shtml", u), *n)
        for r, t, u, *n in shown(page.boxes["main"])
    ]
    assert found == expected
    assert all(e.article_id for e in page.boxes["main"].entries if "/2020_" in e.url)


def test_the_headline_of_2020_and_its_further_lines() -> None:
    page = home(shared.page("home-2020"))
    assert isinstance(page, HomePage)
    found = [
        (e.rank, e.article_id, e.view_count, e.comment_count)
        for e in page.boxes["headline"].entries
    ]

    assert found == [
        (1, "558127", 169056, 1310),
        (2, "557302", None, None),
        (3, "556778", None, None),
    ]
    assert [name for name, box in page.boxes.items() if not box.entries] == list(FEEDS)
    assert page.hits["home/main/1"] == 1
    assert page.hits["home/fast/1"] == 0


def test_links_that_2026_repeats_count_once() -> None:
    # The excerpt ends where its keeper cut it, with the closing tag.
    page = home(shared.page("home-2026-excerpt"))
    assert isinstance(page, HomePage)

    found = [(e.rank, e.article_id, e.view_count) for e in page.boxes["headline"].entries]
    assert found == [(1, "902413", 60761), (2, "902423", None), (3, "902426", None)]
    assert [(e.article_id, e.view_count) for e in page.boxes["main"].entries] == [
        ("902427", 30892),
        ("902428", None),
    ]


def test_numbers_are_those_of_their_own_entry() -> None:
    boxes = read("""<ul><li class="middle"><ul class="img-List">
      <li><h4 class="module-title"><a href="/a/2026_10_05_2.shtml">甲</a></h4>
      <li><h4 class="module-title"><a href="/a/2026_10_05_3.shtml?s=zwyw">乙</a></h4>
        <div class="module-interact"><a class="interact-attention">3.5万</a>
        <a class="interact-comment">7</a></div></li>
      <li><h4 class="module-title"><a href="/a/2026_10_05_3.shtml">乙，又一次</a></h4></li>
      <li><h4 class="module-title"><a href="http://m.guancha.cn/a/2026_10_05_4_s.shtml#c"> 丙 </a></h4></li>
      <li><h4 class="module-title"><a href="javascript:x()">丁</a></h4></li>
      <li><h4 class="module-title"><a href="/ZhuanTi/index.html">戊</a></h4></li></ul></li></ul>""")

    assert shown(boxes["main"]) == [
        (1, "甲", HOME + "a/2026_10_05_2.shtml", None, None),
        (2, "乙", HOME + "a/2026_10_05_3.shtml", 35000, 7),
        (3, "丙", HOME + "a/2026_10_05_4.shtml", None, None),
        (4, "戊", HOME + "ZhuanTi/index.html", None, None),
    ]


def test_boxes_that_scripts_have_filled() -> None:
    boxes = read("""<div id="news-focus"><ul><li><a href="/a/2026_10_05_2.shtml">快</a>
        <span class="time">10-05 16:50</span></li></ul></div>
      <div id="post-fengwen"><div><a href="//user.guancha.cn/main/content?id=7&s=x"><span>1</span></a>
        <a class="fenwen24-title" href="//user.guancha.cn/main/content?id=7&s=y">帖</a>
        <span>评论 196&nbsp;赞 408</span></div></div>
      <div id="hot-comments"><div data-id="9"><a class="user-nick" href="?uid=5">某人</a>
        <a class="hot-comment-txt" href="/a/2026_10_05_2.shtml#comment">一<br>二</a>
        <span class="praise">赞 79</span></div></div>""")
    (fast,), (post,), (remark,) = (boxes[n].entries for n in ("fast", "hot_posts", "hot_comments"))

    assert (fast.article_id, fast.date_published) == ("2", "2026-10-05T16:50+08:00")
    assert (post.post_id, post.url) == ("7", "https://user.guancha.cn/main/content?id=7")
    assert (post.title, post.comment_count, post.praise_count) == ("帖", 196, 408)
    assert (remark.comment_id, remark.title, remark.praise_count) == ("9", "一 二", 79)
    assert "某人" not in repr(remark)


@pytest.mark.parametrize(
    ("body", "status", "headers", "kind"),
    [
        ("<html><body>nothing</body></html>", 200, {}, "layout"),
        (f"<html><body>{LEAD}", 200, {}, "error"),
        (b"\xff" * 99, 200, {}, "error"),
        ("<html><script>location.reload()</script></html>", 200, {}, "challenge"),
        ("", 503, {}, "error"),
        ("", 404, {}, "gone"),
        ("", 302, {"Location": "https://example.com/"}, "offsite"),
        ("", 302, {"Location": "/index.shtml"}, "gone"),
    ],
)
def test_what_is_no_home_page_is_an_outcome(
    body: str | bytes, status: int, headers: dict[str, str], kind: str
) -> None:
    outcome = home(body, status, **headers)

    assert isinstance(outcome, Outcome)
    assert (outcome.kind, outcome.stream, outcome.url) == (kind, "headlines", HOME)


def feed(name: str, body: object) -> Box | Outcome:
    text = body if isinstance(body, str) else json.dumps(body)
    return classify_feed(Response(FEEDS[name].url, body=text.encode()), name, NOW)


def test_the_json_behind_a_box() -> None:
    items = [
        {
            "TITLE": "甲 & 乙",
            "HTTP_URL": "/a/2026_10_05_2.shtml",
            "CREATE_TIME": "2026-10-05 16:50:48",
        },
        {"TITLE": "又", "HTTP_URL": "http://www.guancha.cn/a/2026_10_05_2.shtml?s=1"},
        {"TITLE": "丙", "HTTP_URL": "//user.guancha.cn/main/content?id=7", "COMMENT_COUNT": "6"},
        {"TITLE": 5, "HTTP_URL": ["x"]},
        {"TITLE": "", "HTTP_URL": "/a/2026_10_05_9.shtml"},
        {"TITLE": "\ud800\0", "HTTP_URL": "http://[::1"},
        "no object",
    ]
    box = feed("fast", {"items": items})
    assert isinstance(box, Box)

    assert box.entries == [
        Headline(
            box="fast",
            rank=1,
            title="甲 & 乙",
            source="json",
            url=HOME + "a/2026_10_05_2.shtml",
            article_id="2",
            date_published="2026-10-05T16:50:48+08:00",
            extractor_version=box.entries[0].extractor_version,
        ),
        Headline(
            box="fast",
            rank=2,
            title="丙",
            source="json",
            comment_count=6,
            url="https://user.guancha.cn/main/content?id=7",
            post_id="7",
            extractor_version=box.entries[0].extractor_version,
        ),
    ]


def test_hot_comments_are_told_by_their_own_number() -> None:
    link = "//www.guancha.cn/a/2026_10_05_2.shtml"
    said = {"content": "一<br>二 <b>三</b>", "url": link, "praise_num": 3, "user_nick": "某人"}
    box = feed("hot_comments", {"items": [said | {"id": 8}, said | {"id": 9}, said | {"id": 8}]})
    assert isinstance(box, Box)

    assert [(e.comment_id, e.title, e.article_id, e.praise_count) for e in box.entries] == [
        ("8", "一 二 三", "2", 3),
        ("9", "一 二 三", "2", 3),
    ]
    assert "某人" not in repr(box.entries)


def test_json_that_is_none_is_an_outcome_and_an_empty_one_an_empty_box() -> None:
    outcome, empty = feed("hot", "<html>no</html>"), feed("hot", {"items": []})

    assert isinstance(outcome, Outcome)
    assert (outcome.stream, outcome.url) == ("headlines", FEEDS["hot"].url)
    assert isinstance(empty, Box)
    assert not empty.entries


def test_every_box_has_a_name_that_a_stat_can_bear() -> None:
    assert set(FEEDS) < set(BOXES)
    assert not [name for name in BOXES if "/" in name]
