"""Saved pages, read as the crawl would read them."""

from datetime import datetime

from scrapy.http import HtmlResponse

from guancha import clock, urls
from guancha.items import Article, Outcome, Post
from guancha.pages.answered import Moved
from guancha.pages.classify import classify
from guancha.pages.classify_post import classify_post
from guancha.pages.document import parse
from guancha.pages.listing import Entry, ListingPage
from guancha.pages.post_list import PostEntry, PostList
from guancha.soundness import find_faults, find_post_faults, refused


def record(body: bytes, url: str, date: datetime) -> Article | Outcome:
    """What one page of an article, saved at ``date``, yields; a part of a split piece is only that.

    Raises UrlError for a URL that is no article's.
    """
    requested = urls.article(urls.absolute(url))
    answer = classify(HtmlResponse(requested.address, body=body), requested, date)
    assert not isinstance(answer, Moved)
    if isinstance(answer, Outcome):
        return answer
    article = answer.article()
    faults = find_faults(article, clock.now())
    return refused(article, faults) if faults else article


def post(body: bytes, url: str, date: datetime) -> Post | Outcome:
    """What one page of a reader's post, saved at ``date``, yields: its reader as plain as it was served."""
    post_id = urls.find_post(urls.absolute(url)) or ""
    answer = classify_post(HtmlResponse(url, body=body), post_id, date)
    assert not isinstance(answer, Moved)
    if isinstance(answer, Outcome):
        return answer
    read = answer.post()
    faults = find_post_faults(read, clock.now())
    return refused(read, faults) if faults else read


def posts(body: bytes) -> list[PostEntry]:
    """The posts that any list of them names; raises PageError for what is no page and no JSON."""
    return PostList(body).entries


def links(body: bytes, url: str, date: datetime) -> list[Entry]:
    """The articles that any page links to; raises PageError for what is no page."""
    return ListingPage(urls.absolute(url), parse(body), date).entries
