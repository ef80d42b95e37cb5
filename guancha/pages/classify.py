"""What a URL has answered: an article, a listing, or one of the things that a status of 200 hides."""

import re
from dataclasses import dataclass
from datetime import datetime

from lxml.etree import _Element as Element
from scrapy.http import Response

from guancha import clock, urls
from guancha.exceptions import PageError, UrlError
from guancha.items import Outcome
from guancha.pages.article import ArticlePage
from guancha.pages.document import is_closed, parse
from guancha.pages.listing import ListingPage, is_home
from guancha.pages.rules import Hits, Rule, has
from guancha.processors.dates import is_us_date
from guancha.processors.text import clean
from guancha.urls import ArticleUrl, Kind

HEADLINE = Rule("answer/headline", "//h3 | " + f"//li[{has('left-main')}]")
TIME = Rule("answer/time", f"//li[{has('left-main')}]//div[{has('time', 'fix')}]/span[1]")
SCRIPTS = Rule("answer/scripts", "//script")
VISIBLE = Rule("answer/text", "//body//text()[not(ancestor::script or ancestor::style)]")
# The comment box closes every article, behind all that belongs to it; as served it is empty.
COMMENTS = Rule("answer/comments", "//*[@id='comments-container'][@data-id][not(*)]")
AFTER_COMMENTS = Rule("answer/after", "//*[@id='comments-container']/following::*")

_SENT_AWAY = re.compile(r"""location(?:\.href)?\s*(?:=|\.replace\()\s*['"]([^'"\s]+)['"]""")
_CHALLENGE = re.compile(r"document\.cookie|location\.(?:reload|replace|href)|location\s*=")
CHALLENGE_TEXT = 200
"""Characters; a page that only runs a script shows a reader no more than a word of patience."""


@dataclass(frozen=True)
class Moved:
    """The same article stands at another address."""

    article: ArticleUrl


def classify(
    response: Response, requested: ArticleUrl, date: datetime
) -> ArticlePage | Moved | Outcome:
    """Tells what the answer to a request for a page of an article is; never raises."""
    answer = _Answer(response, requested.address, requested.article_id, date)
    if 300 <= response.status < 400:
        return answer.redirect()
    root = answer.root()
    return root if isinstance(root, Outcome) else answer.article(root, requested)


def classify_listing(response: Response, requested: str, date: datetime) -> ListingPage | Outcome:
    """Tells what the answer to a request for a listing is; never raises."""
    answer = _Answer(response, requested, None, date)
    if 300 <= response.status < 400:
        moved = answer.redirect()
        return moved if isinstance(moved, Outcome) else answer.outcome("gone")
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
        self, response: Response, requested: str, article_id: str | None, date: datetime
    ) -> None:
        self.response = response
        self.requested = requested
        self.article_id = article_id
        self.date = date
        self.closed = is_closed(response.body)

    def outcome(self, kind: str, target: str | None = None, detail: str | None = None) -> Outcome:
        outcome = unanswered(self.requested, self.article_id, detail or "", self.date)
        outcome.kind, outcome.target_url, outcome.detail = kind, target, detail
        outcome.http_status = self.response.status
        return outcome

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
            return Moved(article)
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
        page = ArticlePage(requested, root, self.date)
        if page.fault is None:
            if self.closed or self._ends_at_comments(root):
                return page
            return self.outcome("error", detail="cut before its closing tag")
        if self._is_challenge(root):
            return self.outcome("challenge")
        return self._stub(root) or self._unknown(page.fault)

    def listing(self, root: Element) -> ListingPage | Outcome:
        if is_home(root) and self.requested != urls.HOME:
            return self.outcome("gone", detail="the home page was answered")
        page = ListingPage(self.requested, root, self.date)
        if self.closed and page.entries:
            return page
        if self._is_challenge(root):
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
        for script in SCRIPTS.texts(root, Hits()):
            for printed in _SENT_AWAY.findall(script):
                try:
                    return self.outcome("stub", urls.absolute(printed, self.response.url))
                except UrlError:
                    continue
        return self.outcome("stub", detail="its target is not on the page")

    def _is_challenge(self, root: Element) -> bool:
        """Little but a script: no headline, and hardly a word for a reader."""
        if _any(HEADLINE, root):
            return False
        shown = sum(len(text.strip()) for text in VISIBLE.texts(root, Hits()))
        scripts = SCRIPTS.texts(root, Hits())
        return shown <= CHALLENGE_TEXT and any(map(_CHALLENGE.search, scripts))


def _any(rule: Rule, root: Element) -> bool:
    return bool(rule.find(root, Hits()))
