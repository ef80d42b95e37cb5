"""A reader's post: what is read where, and what can't be lost. Whole pages stand in tests/pages/post."""

from datetime import timedelta

import pytest

from guancha.items import Post
from guancha.loaders import post_content
from guancha.pages.document import parse
from guancha.pages.post import RULES, PostPage
from tests.pages.post_builder import NAME, NOW, POST, WRITER, PostHtml, pager


def test_head_of_a_plain_post() -> None:
    post = PostHtml().post()

    assert (post.post_id, post.title) == (POST, "磨坊开门了")
    assert (post.author_id, post.author_name) == (WRITER, NAME)
    assert (post.date_published, post.date_published_raw) == (
        "2026-10-04T18:30+08:00",
        "昨天 18:30",
    )
    assert (post.view_count, post.counts_at, post.topics) == (None, None, [])


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("15小时前", "2026-10-04T21:00+08:00"),
        ("02-01 13:20", "2026-02-01T13:20+08:00"),
        ("12-31 13:20", "2025-12-31T13:20+08:00"),
        ("2019-11-29 16:31", "2019-11-29T16:31+08:00"),
        ("3天前", "2026-10-02"),
        ("很久以前", None),
    ],
)
def test_times_are_as_precise_as_shown(printed: str, expected: str | None) -> None:
    post = PostHtml(time=printed).post()

    assert (post.date_published, post.date_published_raw) == (expected, printed)


def test_a_relative_time_counts_back_from_the_answer() -> None:
    page = PostPage(POST, parse(PostHtml(time="2小时前").html), NOW, NOW - timedelta(hours=5))

    assert page.post().date_published == "2026-10-05T05:00+08:00"
    assert page.post().date_crawled == "2026-10-05T12:00:00+08:00"


def test_text_of_every_kind_of_block_is_kept_once() -> None:
    words = (
        "【文/某】 本文系观察者网独家稿件，未经授权，不得转载。 责任编辑：某 散 格 引 末".split()
    )
    notice, byline = words[1], words[0]
    body = (
        f"<p>{byline}</p><p>{notice}</p><p>{words[2]}</p>{words[3]}<table><tr><td>{words[4]}</td>"
        f"</tr></table><blockquote>{words[5]}</blockquote><p>{words[6]}</p>"
    )

    assert PostHtml(body).post().paragraphs == words


def test_what_is_said_in_the_body_is_no_count_and_no_topic() -> None:
    body = '<p>评论 99</p><p>赞 3</p><p><a href="/topic/main?id=5">题</a></p>'
    post = PostHtml(body).post()

    assert (post.comment_count, post.praise_count, post.topics) == (None, None, [])


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        (PostHtml(title=" "), "no post/title"),
        (PostHtml(), None),
    ],
)
def test_a_page_without_its_parts_says_which(html: PostHtml, fault: str | None) -> None:
    assert html.read().fault == fault


def test_a_page_without_a_body_says_so_and_counts_its_rules() -> None:
    renamed = PostHtml().html.replace(b"article-txt-content", b"new")
    page = PostPage(POST, parse(renamed), NOW)

    assert page.fault == "no post/body"
    assert page.hits["post/title/1"] == 1
    assert page.hits["post/body/1"] == 0


@pytest.mark.parametrize(
    "around", [b'class="content"', b'class="content"><p class="article-content"']
)
def test_a_head_in_another_place_is_found(around: bytes) -> None:
    moved = PostHtml().html.replace(b'class="article-content"', around)
    page = PostPage(POST, parse(moved), NOW)
    post = page.post()

    assert (post.title, post.author_id) == ("磨坊开门了", WRITER)
    assert post.date_published == "2026-10-04T18:30+08:00"
    assert page.hits["post/node/1"] + page.hits["post/title/1"] == 1


@pytest.mark.parametrize(
    ("after", "count"),
    [
        ("", 1),
        (pager(1), 1),
        (pager(2), 2),
        (pager(1, 2, 3), 3),
        ('<a href="/main/content?id=9&amp;page=2">别的</a>', 1),
        ('<a href="/main/content?id=170204&amp;page=99999999">2</a>', 1),
    ],
)
def test_the_pager_tells_how_many_pages_there_are(after: str, count: int) -> None:
    page = PostHtml(after=after).read()

    assert page.count == count
    assert page.post().is_complete is (count == 1)


def test_counts_and_topics_of_others_are_none_of_the_post() -> None:
    beside = '<b>赞 9</b><a href="/topic/main?id=5">题</a></body>'.encode()
    plain = PostHtml().html.replace(b"</body>", beside)
    lost = plain.replace(b"article-content", b"new")
    for html in (plain, lost):
        post = PostPage(POST, parse(html), NOW).post()
        assert (post.praise_count, post.topics) == (None, [])


def hashes(html: PostHtml) -> str:
    return html.post().content_hash


def test_neither_counts_nor_times_nor_the_writer_are_content() -> None:
    renamed = PostPage(POST, parse(PostHtml().html.replace(NAME.encode(), "别名".encode())), NOW)
    same = hashes(PostHtml())

    assert hashes(PostHtml(time="2小时前")) == same
    assert hashes(PostHtml(head="<p><span>阅读 7</span></p>")) == same
    assert renamed.post().content_hash == same
    assert hashes(PostHtml(title="别题")) != same
    assert hashes(PostHtml("<p>别的。</p>")) != same
    assert hashes(PostHtml(head='<a href="/topic/main?id=5">题</a>')) != same


def test_nothing_of_a_reader_is_hashed() -> None:
    assert not {"author_id", "author_name"} & set(post_content(vars(Post())))


def test_the_rules_are_named_by_their_page() -> None:
    assert all(rule.name.startswith("post/") for rule in RULES)


@pytest.mark.parametrize("href", ["http://[", "?uid=", "?uid=abc", "?uid=0", "?x=1"])
def test_a_writer_without_a_number_keeps_the_name(href: str) -> None:
    html = PostHtml().html.replace(f"/user/personal-homepage?uid={WRITER}".encode(), href.encode())
    post = PostPage(POST, parse(html), NOW).post()

    assert (post.author_id, post.author_name) == (None, NAME)
