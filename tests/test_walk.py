"""A walk: where it goes on, where it ends, and when it tries another address."""

from guancha.arguments import ArticlesArguments
from guancha.items import Outcome
from guancha.pages.listing import Entry
from guancha.sections import Address, Section
from guancha.urls import ArticleUrl
from guancha.walk import MOST_PAGES, Walk

SECTION = Section(
    "x", "x", (Address("/column/x", "/column/x/{page}"), Address("/x/list_1.shtml", None))
)


def entries(*ids: int, day: str = "2026-10-04") -> list[Entry]:
    return [Entry(ArticleUrl(str(article_id), "x", day)) for article_id in ids]


def walk(**given: str) -> Walk:
    return Walk(SECTION, ArticlesArguments.parse(given))


def test_it_goes_on_while_pages_offer_something_new() -> None:
    going = walk()

    assert going.url == "https://www.guancha.cn/column/x"
    assert going.advance(entries(1, 2))
    assert going.url == "https://www.guancha.cn/column/x/2"
    assert going.advance(entries(2, 3))
    assert not going.advance(entries(1, 3))


def test_it_ends_after_the_pages_wanted() -> None:
    assert not walk(pages="1").advance(entries(1))


def test_it_ends_where_all_of_a_page_is_too_old() -> None:
    going = walk(since="2026-10-04")

    assert going.advance(entries(1) + entries(2, day="2026-10-01"))
    # An older one that was on the page before says nothing.
    assert not going.advance(entries(1) + entries(3, 4, day="2026-10-01"))


def test_it_tries_the_next_address_where_one_offers_nothing() -> None:
    going = walk()

    assert going.advance([])
    assert going.url == "https://www.guancha.cn/x/list_1.shtml"
    assert not going.advance([])
    assert going.url is None


def test_it_stays_with_an_address_that_has_offered_something() -> None:
    going = walk()
    going.advance(entries(1))

    assert not going.advance([])


def test_going_home_is_the_end_only_behind_a_page() -> None:
    going, gone = walk(), Outcome(kind="gone")

    assert not going.is_end(gone)
    going.advance(entries(1))
    assert going.is_end(gone)
    assert not going.is_end(Outcome(kind="layout"))


def test_a_page_that_fails_is_passed_over_once() -> None:
    going = walk()
    going.advance(entries(1))

    assert going.skip()
    assert going.url == "https://www.guancha.cn/column/x/3"
    assert not going.skip()


def test_a_first_page_that_fails_is_given_up_for_the_next_address() -> None:
    going = walk()

    assert going.skip()
    assert going.url == "https://www.guancha.cn/x/list_1.shtml"


def test_a_listing_without_end_is_left() -> None:
    going = walk()
    pages = 1
    while going.advance(entries(pages)):
        pages += 1

    assert pages == MOST_PAGES


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

    assert not going.skip()


def test_going_elsewhere_is_not_the_end() -> None:
    going = walk()
    going.advance(entries(1))

    assert going.is_end(Outcome(kind="gone", target_url="https://www.guancha.cn/"))
    assert not going.is_end(Outcome(kind="gone", target_url="https://www.guancha.cn/login"))
