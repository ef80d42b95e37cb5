"""Claims about an article's page, and about addresses that are nearly one."""

from collections.abc import Generator
from dataclasses import replace

from scrapy.http import Response

from guancha import clock, urls
from guancha.exceptions import ClaimError
from guancha.items import Outcome
from guancha.pages.answered import Moved
from guancha.pages.article import ArticlePage
from guancha.pages.classify import classify
from guancha.sitecheck.findings import Asking, Finding, Standing
from guancha.sitecheck.known import Known
from guancha.sitecheck.listings import went_home
from guancha.sitecheck.words import count, describe, short
from guancha.soundness import find_faults
from guancha.urls import ArticleUrl

TRIES = 3
"""Links of a listing that are tried: some only lead elsewhere."""
PASSED_OVER = frozenset({"stub", "gone", "offsite"})
OTHER_SLUGS = ("politics", "economy")
WRONG_DAY = "2011-01-01"


def article(known: Known) -> Asking:
    """One of the newest articles of a listing is read whole, by the rules of the crawl."""
    offered = known.listed + known.at_home
    if not offered:
        raise ClaimError("no link to an article was found")
    passed: list[str] = []
    for target in offered[:TRIES]:
        page = yield from _read(known, target)
        if isinstance(page, ArticlePage):
            known.article = page
            return _judged(page, passed)
        passed.append(f"{short(target.address)}: {describe(page)}")
        if isinstance(page, Outcome) and page.kind not in PASSED_OVER:
            break
    return Finding(Standing.FAILS, "; ".join(passed))


def _judged(page: ArticlePage, passed: list[str]) -> Finding:
    read = page.article()
    faults = find_faults(read, clock.now())
    if not (read.paragraphs or read.images or read.videos):
        faults["paragraphs"] = "missing"
    if faults:
        words = ", ".join(f"{name} {fault}" for name, fault in faults.items())
        return Finding(Standing.FAILS, f"{short(page.url.address)}: {words}")
    pages = f"page 1 of {page.pager.count}, " if page.pager.count > 1 else ""
    text, images = count(len(read.paragraphs), "paragraph"), count(len(read.images), "image")
    dated = read.date_published_raw or read.date_modified_raw
    seen = f"{read.article_id} of {dated}: {pages}{text}, {images}"
    return Finding(Standing.HOLDS, "; ".join([seen, *passed]))


def other_slug(known: Known) -> Asking:
    """The server does not check the slug of an article."""
    url = _article(known).url
    slug = next(slug for slug in OTHER_SLUGS if slug != url.slug)
    page = yield from _read(known, replace(url, slug=slug))
    return _same(known, page)


def wrong_date(known: Known) -> Asking:
    """It checks the date: another one goes home."""
    page = yield from _read(known, replace(_article(known).url, date=WRONG_DAY))
    return went_home(page)


def full_text(known: Known) -> Asking:
    """The page ``_s``, where a pager offers it, has more than the first of the numbered pages."""
    first = _article(known)
    target = first.pager.full_text
    if target is None:
        split = f"has {first.pager.count} pages" if first.pager.count > 1 else "has one page"
        return Finding(Standing.SPARED, f"the article {split}, and offers no full text page")
    page = yield from _read(known, target)
    if not isinstance(page, ArticlePage):
        return Finding(Standing.FAILS, describe(page))
    some, whole = len(first.body().paragraphs), len(page.body().paragraphs)
    seen = f"{count(whole, 'paragraph')}, and {some} on page 1"
    return Finding(Standing.HOLDS if whole > some else Standing.FAILS, seen)


def single(known: Known) -> Asking:
    """The page ``_s`` of an article that has one page goes home."""
    first = _article(known)
    if first.pager.count > 1:
        return Finding(Standing.SPARED, f"the article has {first.pager.count} pages")
    page = yield from _read(known, replace(first.url, page="s"))
    return went_home(page)


def mobile(known: Known) -> Asking:
    """The host for telephones serves the same article."""
    url = _article(known).url
    page = yield from _read(known, url, url.address.replace(urls.HOST, f"m.{urls.DOMAIN}"))
    return _same(known, page)


def _same(known: Known, answer: ArticlePage | Moved | Outcome) -> Finding:
    if isinstance(answer, Moved):
        return Finding(Standing.HOLDS, describe(answer))
    if not isinstance(answer, ArticlePage):
        return Finding(Standing.FAILS, describe(answer))
    title, found = _article(known).article().title, answer.article().title
    if title != found:
        return Finding(Standing.FAILS, f"another article: {found}")
    return Finding(Standing.HOLDS, "the same article")


def _article(known: Known) -> ArticlePage:
    if known.article is None:
        raise ClaimError("no article was found")
    return known.article


def _read(
    known: Known, target: ArticleUrl, address: str | None = None
) -> Generator[str, Response, ArticlePage | Moved | Outcome]:
    response = yield from known.ask(address or target.address)
    return classify(response, target, clock.now())
