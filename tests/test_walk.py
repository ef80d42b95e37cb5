"""A walk: where it goes on, where it ends, and when it tries another address."""

import pytest

from guancha.arguments.articles import ArticlesArguments
from guancha.items import Outcome
from guancha.pages.listing import Entry
from guancha.sections import Address, Section
from guancha.store.listings import LastWalk, Validators
from guancha.urls import ArticleUrl
from guancha.walk import MOST_PAGES, Walk

SECTION = Section(
    "x", "x", (Address("/column/x", "/column/x/{page}"), Address("/x/list_1.shtml", None))
)

GONE, ERROR = Outcome(kind="gone"), Outcome(kind="error")


def entries(*ids: int, day: str = "2026-10-04") -> list[Entry]:
    return [Entry(ArticleUrl(str(article_id), "x", day)) for article_id in ids]


def walk(**given: str) -> Walk:
    arguments = ArticlesArguments.parse(given)
    return Walk(SECTION, arguments.pages, arguments.since)


def test_it_goes_on_while_pages_offer_something_new() -> None:
    going = walk()

    assert going.url == "https://www.guancha.cn/column/x"
    going.advance(entries(1, 2))
    assert going.url == "https://www.guancha.cn/column/x/2"
    going.advance(entries(2, 3))
    assert going.url == "https://www.guancha.cn/column/x/3"
    going.advance(entries(1, 3))
    assert going.url is None
    assert going.is_finished


def test_it_ends_after_the_pages_wanted() -> None:
    going = walk(pages="1")
    going.advance(entries(1))

    assert going.url is None
    assert not going.is_finished


def test_it_ends_where_all_of_a_page_is_too_old() -> None:
    going = walk(since="2026-10-04")

    going.advance(entries(1) + entries(2, day="2026-10-01"))
    assert going.url
    # An older one that was on the page before says nothing.
    going.advance(entries(1) + entries(3, 4, day="2026-10-01"))
    assert going.url is None
    assert not going.is_finished


def test_it_tries_the_next_address_where_one_offers_nothing() -> None:
    going = walk()

    going.skip(GONE)
    assert going.url == "https://www.guancha.cn/x/list_1.shtml"
    going.skip(GONE)
    assert going.url is None
    assert not going.is_finished


def test_it_stays_with_an_address_that_has_offered_something() -> None:
    going = walk()
    going.advance(entries(1))
    going.skip(Outcome(kind="layout"))
    assert going.url == "https://www.guancha.cn/column/x/3"
    going.skip(Outcome(kind="layout"))

    assert going.url is None
    assert not going.is_finished


def test_going_home_is_the_end_only_behind_a_page() -> None:
    going, gone = walk(), Outcome(kind="gone")

    assert not going.is_end(gone)
    going.advance(entries(1))
    assert going.is_end(gone)
    assert not going.is_end(Outcome(kind="layout"))


def test_a_page_that_fails_is_passed_over_once() -> None:
    going = walk()
    going.advance(entries(1))

    going.skip(ERROR)
    assert going.url == "https://www.guancha.cn/column/x/3"
    going.skip(ERROR)
    assert going.url is None


def test_a_first_page_that_fails_is_given_up_for_the_next_address() -> None:
    going = walk()

    going.skip(ERROR)

    assert going.url == "https://www.guancha.cn/x/list_1.shtml"


def test_a_listing_without_end_is_left() -> None:
    going = walk()
    pages = 0
    while going.url:
        pages += 1
        going.advance(entries(pages))

    assert pages == MOST_PAGES
    assert going.is_at_end


def test_it_is_sent_on_once_a_page() -> None:
    going = walk()

    assert going.move("https://www.guancha.cn/column/x/")
    assert going.url == "https://www.guancha.cn/column/x/"
    assert not going.move("https://www.guancha.cn/column/x")
    going.advance(entries(1))
    assert going.url == "https://www.guancha.cn/column/x/2"


def test_a_failing_page_does_not_lead_beyond_the_last_one_wanted() -> None:
    going = walk(pages="2")
    going.advance(entries(1))
    going.skip(ERROR)

    assert going.url is None


def test_going_elsewhere_is_not_the_end() -> None:
    going = walk()
    going.advance(entries(1))

    assert going.is_end(Outcome(kind="gone", target_url="https://www.guancha.cn/"))
    assert not going.is_end(Outcome(kind="gone", target_url="https://www.guancha.cn/login"))


def finished(url: str | None = None) -> LastWalk:
    return LastWalk(is_finished=True, url=url, validators=Validators('"a"'))


def test_a_page_without_news_ends_it_where_the_last_walk_was_finished() -> None:
    going, unfinished, everything = walk(), walk(), walk(pages="all")
    going.last = everything.last = finished()
    for each in (going, unfinished, everything):
        each.advance(entries(1), unlisted=0)

    assert (going.url, going.is_finished, going.is_at_end) == (None, True, False)
    assert (bool(unfinished.url), unfinished.is_finished) == (True, False)
    assert (bool(everything.url), everything.is_finished) == (True, True)


def test_with_news_it_goes_on_until_a_page_has_none() -> None:
    going = walk()
    going.last = finished()
    going.advance(entries(2, 1), unlisted=1)
    assert going.url
    assert not going.is_finished
    going.advance(entries(3), unlisted=0)
    assert going.url is None
    assert going.is_finished


@pytest.mark.parametrize("kind", ["error", "layout", "challenge", "offsite"])
def test_with_a_page_missing_it_is_finished_at_the_very_end_only(kind: str) -> None:
    going = walk()
    going.last = finished()
    going.advance(entries(1), unlisted=1)
    going.skip(Outcome(kind=kind))
    going.advance(entries(2), unlisted=0)
    assert not going.is_finished
    going.end()

    assert going.is_finished
    assert going.has_gap


def test_behind_the_last_page_it_is_finished() -> None:
    going = walk()
    going.advance(entries(1), unlisted=1)
    going.end()

    assert going.url is None
    assert going.is_finished
    assert not going.has_gap


def test_only_a_walk_that_may_end_early_asks_conditionally() -> None:
    going, all_pages, elsewhere, unfinished = walk(), walk(pages="all"), walk(), walk()
    going.last = all_pages.last = finished(going.url)
    elsewhere.last = finished("https://www.guancha.cn/column/y")
    unfinished.last = LastWalk(is_finished=False, url=going.url, validators=Validators('"a"'))

    assert going.validators == Validators('"a"')
    assert (all_pages.validators, elsewhere.validators, unfinished.validators) == (None, None, None)
    going.advance(entries(1), unlisted=1)
    assert going.validators is None
