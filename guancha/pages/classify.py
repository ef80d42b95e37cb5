"""What a URL has answered: an article, a listing, or one of the things that a status of 200 hides."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from lxml.etree import _Element as Element
from scrapy.http import Response

from guancha import clock, urls
from guancha.exceptions import PageError, UrlError
from guancha.items import Outcome
from guancha.pages.article import ArticlePage
from guancha.pages.challenge import SCRIPTS, is_challenge
from guancha.pages.document import is_closed, parse
from guancha.pages.listing import ListingPage, is_home
from guancha.pages.rules import Hits, Rule, has
from guancha.processors.dates import is_us_date
from guancha.processors.text import clean
from guancha.urls import ArticleUrl, Kind

TIME = Rule("answer/time", f"//li[{has('left-main')}]//div[{has('time', 'fix')}]/span[1]")
# The comment box closes every article, behind all that belongs to it; as served it is empty.
COMMENTS = Rule("answer/comments", "//*[@id='comments-container'][@data-id][not(*)]")
AFTER_COMMENTS = Rule("answer/after", "(//*[@id='comments-container'])[last()]/following::*")

_SENT_AWAY = re.compile(r"""location(?:\.href)?\s*(?:=|\.replace\()\s*['"]([^'"\s]+)['"]""")


@dataclass(frozen=True)
class Moved:
    """The same article or listing stands at another address."""

    url: str


def classify(
    response: Response, requested: ArticleUrl, date: datetime, hits: Hits | None = None
) -> ArticlePage | Moved | Outcome:
    """Tells what the answer to a request for a page of an article is; never raises.

    ``hits`` takes the count of the rules, which a page that is refused is asked for above all.
    """
    answer = _Answer(response, requested.address, requested.article_id, date, hits)
    if 300 <= response.status < 400:
        return answer.redirect()
    root = answer.root()
    return root if isinstance(root, Outcome) else answer.article(root, requested)


def classify_listing(
    response: Response, requested: str, date: datetime, hits: Hits | None = None
) -> ListingPage | Moved | Outcome:
    """Tells what the answer to a request for a listing is; never raises."""
    answer = _Answer(response, requested, None, date, hits)
    if 300 <= response.status < 400:
        return answer.redirect()
    root = answer.root()
    return root if isinstance(root, Outcome) else answer.listing(root)


def unanswered(url: str, article_id: str | None, reason: str, date: datetime) -> Outcome:
    """The outcome of a request that got no answer."""
    return Outcome(
        article_id=article_id,
        url=url,
        kind="error",
        date_crawled=clock.stamp(date),
        detail=reason,
    )


class _Answer:
    """One answer on its way to a verdict."""

    def __init__(
        self,
        response: Response,
        requested: str,
        article_id: str | None,
        date: datetime,
        hits: Hits | None,
    ) -> None:
        self.response = response
        self.requested = requested
        self.article_id = article_id
        self.date = date
        self.hits = hits
        self.closed = is_closed(response.body)

    def outcome(self, kind: str, target: str | None = None, detail: str | None = None) -> Outcome:
        return Outcome(
            article_id=self.article_id,
            url=self.requested,
            kind=kind,
            target_url=target,
            http_status=self.response.status,
            date_crawled=clock.stamp(self.date),
            detail=detail,
        )

    def redirect(self) -> Moved | Outcome:
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

    def root(self) -> Element | Outcome:
        if self.response.status in (404, 410):
            return self.outcome("gone")
        if self.response.status != 200:
            return self.outcome("error", detail=f"status {self.response.status}")
        try:
            return parse(self.response.body)
        except PageError as error:
            return self.outcome("error", detail=str(error))

    def article(self, root: Element, requested: ArticleUrl) -> ArticlePage | Outcome:
        if is_home(root):
            return self.outcome("gone", detail="the home page was answered")
        page = ArticlePage(requested, root, self.date, self.hits)
        if page.fault is None:
            if self.closed or self._ends_at_comments(root):
                return page
            return self.outcome("error", detail="cut before its closing tag")
        if is_challenge(root):
            return self.outcome("challenge")
        return self._stub(root) or self._unknown(page.fault)

    def listing(self, root: Element) -> ListingPage | Outcome:
        if is_home(root) and self.requested != urls.HOME:
            return self.outcome("gone", detail="the home page was answered")
        page = ListingPage(self.requested, root, self.date, self.hits)
        if self.closed and page.entries:
            return page
        if is_challenge(root):
            return self.outcome("challenge")
        return self._unknown("no listing/links")

    def _ends_at_comments(self, root: Element) -> bool:
        whole_tag = self.response.body.rstrip().endswith(b"</div>")
        return whole_tag and _any(COMMENTS, root) and not _any(AFTER_COMMENTS, root)

    def _unknown(self, detail: str) -> Outcome:
        if self.closed:
            return self.outcome("layout", detail=detail)
        return self.outcome("error", detail="cut before its closing tag")

    def _stub(self, root: Element) -> Outcome | None:
        """A headline without a body, dated as only stubs are, which a script sends elsewhere."""
        dated = any(is_us_date(clean(printed)) for printed in TIME.texts(root, Hits()))
        if not dated:
            return None
        for target in self._targets(root):
            # Not any address: a page's scripts also lead to the log-in and to the mobile site.
            if urls.kind(target) in (Kind.POST, Kind.MEMBER, Kind.ARTICLE):
                return self.outcome("stub", target)
        return self.outcome("stub", detail="its target is not on the page")

    def _targets(self, root: Element) -> Iterator[str]:
        for script in SCRIPTS.texts(root, Hits()):
            for printed in _SENT_AWAY.findall(script):
                try:
                    yield urls.absolute(printed, self.response.url)
                except UrlError:
                    continue


def _any(rule: Rule, root: Element) -> bool:
    return bool(rule.find(root, Hits()))
