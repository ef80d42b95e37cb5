"""The arguments of the spider hold what they say, and what is out of scope costs no request."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

SITE = "--articles 120 --era 2026"


def asked(run: Run) -> int:
    return run.figures().requests


@pytest.fixture
def replica(replica_run: Callable[..., Run]) -> Callable[..., Run]:
    """A crawl of one small site; each argument is given as NAME=VALUE."""

    def call(*arguments: str) -> Run:
        given = [word for argument in arguments for word in ("-a", argument)]
        return replica_run(SITE, *given)

    return call


def test_since_and_until_bound_what_is_asked_for(replica: Callable[..., Run]) -> None:
    run = replica("sections=mainnews-gd", "since=2026-09-20", "until=2026-09-25")

    days = {record["date"] for record in run.lines("articles")}
    assert days
    assert min(days) >= "2026-09-20"
    assert max(days) <= "2026-09-25"
    outcomes = [o for o in run.lines("outcomes") if o["article_id"]]
    listings_and_pieces = asked(run) - len(run.lines("articles")) - len(outcomes)
    assert listings_and_pieces < 30


def test_related_zero_stays_with_the_listing(replica: Callable[..., Run]) -> None:
    near, far = (replica("sections=qiche", "pages=1", f"related={hops}") for hops in (0, 1))

    assert 0 < len(near.lines("articles")) < len(far.lines("articles"))


def test_limit_bounds_the_articles(replica: Callable[..., Run]) -> None:
    run = replica("limit=7")

    found = [*run.lines("articles"), *(o for o in run.lines("outcomes") if o["article_id"])]
    assert len(found) == 7
    assert asked(run) < 40


def test_pages_bounds_the_walk(replica: Callable[..., Run]) -> None:
    run = replica("sections=mainnews-gd", "pages=2", "until=2001-01-01")

    assert asked(run) == 3, "robots.txt and two pages of the listing"


def test_urls_are_all_that_is_crawled(replica: Callable[..., Run], tmp_path: Path) -> None:
    known = [record["url"] for record in replica("limit=5").lines("articles")][:3]
    seeds = tmp_path / "seeds.txt"
    lines = [
        known[0].replace("www.", "m.") + "?s=zwytt#comment",
        f'cn,guancha)/x 20260930000000 {{"url": "{known[1]}"}}',
        f"cn,guancha)/x 20260930000000 {known[2]} text/html 200 - - 1 1 x.warc",
        known[0],
        "https://example.com/",
        "",
        "# a comment",
    ]
    seeds.write_text("\n".join(lines), "utf-8")

    run = replica(f"urls=@{seeds}")

    assert sorted(record["url"] for record in run.lines("articles")) == sorted(known)
    assert "line 5" in run.log
    assert "not an article" in run.log


def test_an_author_is_crawled_when_named(replica: Callable[..., Run]) -> None:
    columns = [r for r in replica().lines("articles") if r["authors"] and r["authors"][0]["url"]]
    slug = columns[0]["authors"][0]["url"].rsplit("/", 1)[1]
    run = replica(f"sections={slug}", "related=0")

    assert columns[0]["article_id"] in {record["article_id"] for record in run.lines("articles")}


def test_the_forecast_comes_first(replica: Callable[..., Run]) -> None:
    run = replica("sections=qiche", "pages=2", "limit=3")

    assert "expecting up to 2 pages of listings and 3 articles: 5 requests" in run.log


def test_a_section_that_is_not_there_fails_the_run(replica: Callable[..., Run]) -> None:
    run = replica("sections=Nobody")

    assert run.code == 1
    assert {outcome["kind"] for outcome in run.lines("outcomes")} == {"gone"}
