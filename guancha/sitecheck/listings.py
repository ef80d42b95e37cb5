"""Claims about the pages that lead to articles."""

from collections.abc import Generator

from scrapy.http import Response

from guancha import clock, urls
from guancha.exceptions import ClaimError
from guancha.items import Outcome
from guancha.pages.answered import Moved
from guancha.pages.article import ArticlePage
from guancha.pages.classify import classify_listing
from guancha.pages.listing import ListingPage, is_home
from guancha.sections import Address, section
from guancha.sitecheck.findings import Asking, Finding, Standing
from guancha.sitecheck.known import Known
from guancha.sitecheck.words import count, describe, short

MANY = 50
"""Articles that a home page links to, at the least; one of 2020 had 208."""
FEW = 5
"""Articles that a page of a listing offers, at the least; it is said to have 40 to 60."""
FULL = 40
"""Articles of a page that is full, at the least: one with fewer may be the only one."""
BEHIND = 9999
"""A page that no listing has; they are said to have about 15."""
NOBODY = "Nobody-Of-This-Name"
"""A slug that no author and no section has."""

Reading = Generator[str, Response, ListingPage | Moved | Outcome]


def home(known: Known) -> Asking:
    """The home page links to many articles, and its index of letters tells it from all other pages."""
    page = yield from _read(known, urls.HOME)
    if not isinstance(page, ListingPage):
        return Finding(Standing.FAILS, describe(page))
    known.at_home = [entry.article.first for entry in page.entries]
    links = count(len(page.entries), "article")
    if not is_home(page.root):
        lost = "no index of letters, so where the site answers with it, that can't be told"
        return Finding(Standing.FAILS, f"{links}, but {lost}")
    if len(page.entries) < MANY:
        return Finding(Standing.FAILS, f"the index of letters, but only {links}")
    return Finding(Standing.HOLDS, f"{links}, and the index of letters")


def paged(known: Known, slug: str) -> Asking:
    """A section's listing offers articles, and its second page others; at any address that we know."""
    passed: list[str] = []
    for address in section(slug).addresses:
        url = address.url(1) or ""
        page = yield from _read(known, url)
        if isinstance(page, ListingPage) and len(page.entries) >= FEW:
            known.listing = known.listing or (address, page)
            known.listed += [entry.article.first for entry in page.entries]
            return (yield from _second(known, address, page, passed))
        passed.append(f"{short(url)}: {describe(page)}")
    return Finding(Standing.FAILS, "; ".join(passed))


def _second(known: Known, address: Address, first: ListingPage, passed: list[str]) -> Asking:
    page = yield from _read(known, address.url(2) or "")
    words = f"{short(first.url)}: {count(len(first.entries), 'article')}, "
    if not isinstance(page, ListingPage):
        standing = Standing.FAILS if len(first.entries) >= FULL else Standing.SPARED
        return Finding(standing, f"{words}but its page 2: {describe(page)}")
    others = len(_ids(page) - _ids(first))
    if others < FEW:
        return Finding(Standing.FAILS, f"{words}but its page 2 has {others or 'no'} others")
    return Finding(Standing.HOLDS, "; ".join([f"{words}{others} others on page 2", *passed]))


def behind(known: Known) -> Asking:
    """Behind the last page of a listing the site goes home."""
    if known.listing is None:
        raise ClaimError("no listing was found")
    address, first = known.listing
    page = yield from _read(known, address.url(BEHIND) or "")
    if isinstance(page, ListingPage):
        seen = "page 1 again" if _ids(page) == _ids(first) else describe(page)
        return Finding(Standing.FAILS, f"{short(page.url)}: {seen}")
    return went_home(page)


def unknown(known: Known) -> Asking:
    """A listing of a slug that nobody has goes home."""
    page = yield from _read(known, section(NOBODY).addresses[0].url(1) or "")
    return went_home(page)


def went_home(answer: ArticlePage | ListingPage | Moved | Outcome) -> Finding:
    """Whether the answer is what the site is said to do with what is not there."""
    if isinstance(answer, Outcome) and answer.kind == "gone":
        target = answer.target_url
        if urls.kind(target) is urls.Kind.HOME if target else answer.detail:
            return Finding(Standing.HOLDS, f"{describe(answer)} (status {answer.http_status})")
    return Finding(Standing.FAILS, describe(answer))


def _read(known: Known, url: str) -> Reading:
    response = yield from known.ask(url)
    return classify_listing(response, url, clock.now())


def _ids(page: ListingPage) -> set[str]:
    return {entry.article.article_id for entry in page.entries}
