"""The spider of posts on a small site of a test's making: every post once, and nobody's name anywhere."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from guancha.store.scope import Scope
from guancha.store.store import Store
from replica.answers import Answer
from tests.conftest import FAST, ONCE, Run
from tests.pages.post_builder import NAME, NOW, POST, WRITER, PostHtml, fragment, pager
from tests.spiders.post_site import HOME, HTML, PostSite, site
from tests.store import records
from tests.store.post_records import stub

POSTS = ("crawl", "posts")
INDEX = "user.guancha.cn/main/index-list.json?page={}&order=2"
PUBLISHED = f"app.guancha.cn/user/get-published-list?page_size=20&page_no={{}}&uid={WRITER}"
Crawl = Callable[..., Run]


@pytest.fixture
def crawl(site_run: Callable[..., Run]) -> Crawl:
    """Runs ``scrapy crawl posts ARGUMENTS`` against a site."""
    return lambda found, *arguments: site_run(found, *FAST, *arguments, command=POSTS)


def arguments(**given: str) -> list[str]:
    return [part for name, value in given.items() for part in ("-a", f"{name}={value}")]


def ids(run: Run) -> list[str]:
    return [line["post_id"] for line in run.lines("posts")]


def lists(found: PostSite) -> list[str]:
    return [url for url in found.asked if "/main/content" not in url and "robots" not in url]


def holding(root: Path, *words: str) -> set[str]:
    """Files in which one of the words stands."""
    files = [path for path in root.rglob("*") if path.is_file()]
    return {str(p) for p in files for word in words if word.encode() in p.read_bytes()}


def test_every_post_of_a_list_once_and_then_only_what_is_new(crawl: Crawl) -> None:
    found = site(45, time="3天前")
    run = crawl(found)

    assert run.code == 0, run.log
    assert sorted(ids(run)) == sorted(found.posts)
    assert lists(found) == [INDEX.format(page) for page in (1, 2, 3, 4)]
    (record, *_) = run.lines("posts")
    assert record["date_published"] == "2026-10-02"
    assert len(record["author_id"]) == len(record["author_name"]) == 32
    assert run.figures().listings["posts-newest"].placed == 45

    found.asked.clear()
    found.posts["2001"] = PostHtml()
    again = crawl(found)
    assert again.code == 0, again.log
    assert found.pages == ["2001"]
    assert lists(found) == [INDEX.format(1), INDEX.format(2)]


def test_what_is_left_over_waits_in_the_archive(crawl: Crawl) -> None:
    found = site(30)
    run = crawl(found, *arguments(limit="4"))
    assert len(ids(run)) == 4
    run = crawl(found, "-s", "MOST_QUEUED=2")

    assert sorted(ids(run)) == sorted(found.posts)
    assert len(found.pages) == len(set(found.pages)) == 30


def test_each_answer_of_a_post_is_told_and_the_run_goes_on(crawl: Crawl) -> None:
    found = site(12)
    content = "user.guancha.cn/main/content?id={}&page=0".format
    found.special = {
        content(1001): HOME,
        content(1002): Answer(404),
        content(1003): Answer(302, b"", {"Location": f"/user/personal-homepage?uid={WRITER}"}),
        content(1004): Answer(302, b"", {"Location": "/main/content?id=1004"}),
        content(1005): Answer(200, b"<html><body><h1>x</h1></body></html>", HTML),
        content(1006): Answer(500),
        content(1007): Answer(200, PostHtml().html[:-20], HTML),
    }
    run = crawl(found, *ONCE)
    told = {line["post_id"]: line["kind"] for line in run.lines("outcomes/posts")}

    assert told == {
        "1001": "gone",
        "1002": "gone",
        "1003": "layout",
        "1005": "layout",
        "1006": "error",
        "1007": "error",
    }
    assert sorted(ids(run)) == ["1004", *map(str, range(1008, 1013))]
    assert run.code == 3, run.log
    assert not run.figures().faults


def test_a_redirect_in_a_circle_is_an_error(crawl: Crawl) -> None:
    found = PostSite({})
    circle = {"Location": f"/main/content?id={POST}"}
    found.special = {
        f"user.guancha.cn/main/content?id={POST}{page}": Answer(302, b"", circle)
        for page in ("", "&page=0")
    }
    run = crawl(found, *ONCE, *arguments(urls=POST))

    (told,) = run.lines("outcomes/posts")
    assert (told["kind"], told["post_id"]) == ("error", POST)
    assert run.code == 1


def test_a_post_in_parts_is_had_whole_or_told_to_be_a_part(crawl: Crawl) -> None:
    first = PostHtml("<p>一</p>", after=pager(1, 2, 3))
    found = PostSite({POST: first})
    part = f"user.guancha.cn/main/content?id={POST}&page={{}}"
    second = replace(first, body="<p>二</p>").html
    found.special = {part.format(2): Answer(200, second, HTML), part.format(3): Answer(404)}
    run = crawl(found, *ONCE, *arguments(urls=POST))
    found.special[part.format(3)] = Answer(200, replace(first, body="<p>三</p>").html, HTML)
    run = crawl(found, *arguments(urls=POST))

    some, whole = run.lines("posts")
    assert (some["paragraphs"], some["is_complete"]) == (["一", "二"], False)
    assert (whole["paragraphs"], whole["is_complete"]) == (["一", "二", "三"], True)
    assert (whole["revision"], whole["revision_cause"]) == (2, "recovered")


def test_topics_and_named_posts_are_all_that_is_asked_for(crawl: Crawl, tmp_path: Path) -> None:
    found = site(9)
    found.topics["110"] = ["1001", "1002"]
    named = tmp_path / "named"
    named.write_text("# some\n1003\nnonsense\nhttps://user.guancha.cn/main/content?id=1004&s=x\n")
    run = crawl(found, *arguments(topics="110", urls=f"@{named}"))

    assert run.code == 0, run.log
    assert sorted(ids(run)) == ["1001", "1002", "1003", "1004"]
    assert {url.partition("?")[0] for url in lists(found)} == {"user.guancha.cn/topic/post-list"}
    assert set(run.figures().listings) == {"posts-topic-110"}


def test_a_reader_is_nowhere(crawl: Crawl) -> None:
    found = site(3)
    found.authors[WRITER] = ["1001", "1002"]
    found.special[PUBLISHED.format(1)] = Answer(503, b"", {"Retry-After": "1"})
    home = f"user.guancha.cn/user/personal-homepage?uid={WRITER}"
    found.special[home] = Answer(500)
    failed = crawl(found, *ONCE, *arguments(authors=WRITER))
    assert failed.code == 1, failed.log
    assert len(failed.lines("outcomes/posts")) == 2

    found.special[PUBLISHED.format(1)] = Answer(200, fragment(1).encode()[:-3], HTML)
    cut = crawl(found, *ONCE, *arguments(authors=WRITER))
    assert len(cut.lines("outcomes/posts")) == 2

    del found.special[PUBLISHED.format(1)]
    run = crawl(found, *arguments(authors=WRITER))

    assert run.code == 0, run.log
    assert sorted(ids(run)) == ["1001", "1002"]
    (name,) = run.figures().listings
    assert name.startswith("posts-author-")
    assert not holding(run.data, WRITER, NAME)
    assert not [word for word in (WRITER, NAME) if word in failed.log + cut.log + run.log]


def test_the_second_address_is_walked_where_the_first_names_nothing(crawl: Crawl) -> None:
    found = site(2)
    other = "user.guancha.cn/news-api/fengwen-index-list.json?page={}&order=2"
    objects = [
        {"id": each, "title": "题", "post_url": f"/main/content?id={each}"} for each in found.posts
    ]
    found.special = {
        INDEX.format(1): Answer(200, b"<html><body></body></html>", HTML),
        other.format(1): Answer(200, json.dumps(objects).encode(), {}),
        other.format(2): Answer(200, b"[]", {}),
    }
    run = crawl(found)

    assert sorted(ids(run)) == sorted(found.posts)
    assert [line["kind"] for line in run.lines("outcomes/posts")] == ["layout"]
    assert run.figures().listings["posts-newest"].state == "read"


def test_a_site_without_posts_fails_the_run(crawl: Crawl) -> None:
    run = crawl(site(0))

    assert run.code == 1, run.log
    assert "posts-newest" in run.log


def test_an_end_that_a_wall_stands_at_is_told(crawl: Crawl) -> None:
    found = site(40)
    wall = Answer(302, b"", {"Location": "/user/login"})
    found.special = {INDEX.format(page): wall for page in range(3, 9)}
    run = crawl(found)

    assert len(ids(run)) == 40
    assert [line["detail"] for line in run.lines("outcomes/posts")] == [
        "sent elsewhere than to the home page"
    ] * 2


def test_the_targets_of_stubs_are_had_and_both_name_each_other(
    crawl: Crawl, tmp_path: Path
) -> None:
    store = Store(None, tmp_path / "data")
    store.admit([records.target(7)], Scope(), NOW)
    store.commit(stub(7, 1002), NOW)
    store.close()
    found = site(3)
    run = crawl(found, *arguments(stubs="1"))

    (post,) = run.lines("posts")
    (told,) = run.lines("outcomes")
    assert run.code == 0, run.log
    assert (post["post_id"], post["stub_ids"]) == ("1002", ["7"])
    assert (told["post_id"], told["article_id"]) == ("1002", "7")
    assert lists(found) == []


def test_wrong_arguments_end_with_exit_code_2(crawl: Crawl) -> None:
    run = crawl(site(0), *arguments(topics="x"))

    assert run.code == 2
    assert "spider argument 'topics': expected numbers parted by commas, got 'x'" in run.log
