"""An answer on its way to a verdict: what its status, its redirect and its first look tell."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property

from lxml.etree import _Element as Element
from scrapy.http import Response

from guancha import clock, urls
from guancha.exceptions import PageError, UrlError
from guancha.items import Outcome
from guancha.pages.challenge import is_challenge
from guancha.pages.document import is_closed, parse
from guancha.urls import Kind

AHEAD, BEHIND = timedelta(minutes=10), timedelta(days=1)
"""How far the site's clock may be from ours before its word is not taken; what a proxy kept is older."""


@dataclass(frozen=True)
class Moved:
    """The same article, post or listing stands at another address."""

    url: str


@dataclass
class Answered:
    """One answer: what was asked for, and when it came."""

    response: Response
    requested: str
    """The URL that was asked for, in the form in which outcomes name it."""
    date: datetime
    article_id: str | None = None
    post_id: str | None = None
    stream: str = "articles"
    closed: bool = field(init=False)
    """Whether it reaches the closing tag of a page."""

    def __post_init__(self) -> None:
        self.closed = is_closed(self.response.body)

    def outcome(self, kind: str, target: str | None = None, detail: str | None = None) -> Outcome:
        """What is to be told of it."""
        return Outcome(
            stream=self.stream,
            article_id=self.article_id,
            post_id=self.post_id or (target and urls.find_post(target)) or None,
            url=self.requested,
            kind=kind,
            target_url=target,
            http_status=self.response.status,
            date_crawled=clock.stamp(self.date),
            detail=detail,
        )

    @property
    def is_redirect(self) -> bool:
        """Whether it sends us elsewhere; never by itself an answer to what was asked."""
        return 300 <= self.response.status < 400

    def redirect(self) -> Moved | Outcome:
        """What a redirect means."""
        printed = (self.response.headers.get("Location") or b"").decode("utf-8", "replace")
        if not printed.strip():
            return self.outcome("error", detail="redirect: to nowhere")
        try:
            target = urls.absolute(printed, self.response.url)
        except UrlError as error:
            return self.outcome("error", detail=f"redirect: {error}")
        article = urls.find_article(target)
        if article and article.article_id == self.article_id:
            return Moved(article.address)
        there = urls.printable(target)
        if there != self.requested and there.rstrip("/") == self.requested.rstrip("/"):
            return Moved(there)
        match urls.kind(target):
            case Kind.POST | Kind.MEMBER | Kind.ARTICLE:
                return self.outcome("stub", target)
            case Kind.OFFSITE:
                return self.outcome("offsite", target)
            case _:
                return self.outcome("gone", target)

    def refused(self) -> Outcome | None:
        """What its status says; None where it may hold what was asked for."""
        if self.response.status in (404, 410):
            return self.outcome("gone")
        if self.response.status != 200:
            return self.outcome("error", detail=f"status {self.response.status}")
        return None

    @cached_property
    def root(self) -> Element | Outcome:
        """Its tree, or why there is none."""
        if refused := self.refused():
            return refused
        try:
            return parse(self.response.body)
        except PageError as error:
            return self.outcome("error", detail=str(error))

    def unknown(self, root: Element, detail: str) -> Outcome:
        """A page that holds nothing that was asked for: a challenge, cut, or another layout."""
        if is_challenge(root):
            return self.outcome("challenge")
        if self.closed:
            return self.outcome("layout", detail=detail)
        return self.outcome("error", detail="cut before its closing tag")


def unanswered(
    url: str,
    article_id: str | None,
    reason: str,
    date: datetime,
    *,
    stream: str = "articles",
    post_id: str | None = None,
) -> Outcome:
    """The outcome of a request that got no answer."""
    return Outcome(
        stream=stream,
        article_id=article_id,
        post_id=post_id,
        url=url,
        kind="error",
        date_crawled=clock.stamp(date),
        detail=reason,
    )


def sent(response: Response, date: datetime) -> datetime:
    """When the site answered, by its own clock; ``date``, by ours, where it says nothing of use.

    The times that it prints count back from there.
    """
    printed = (response.headers.get("Date") or b"").decode("latin-1")
    try:
        said = parsedate_to_datetime(printed)
    except (ValueError, TypeError, IndexError, OverflowError):
        return date
    return said if said.tzinfo and -AHEAD <= date - said <= BEHIND else date
