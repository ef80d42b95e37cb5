"""What a URL has answered: an article, a listing, or one of the things that a status of 200 hides."""

import re
from collections.abc import Iterator
from datetime import datetime

from lxml.etree import _Element as Element
from scrapy.http import Response

from guancha import urls
from guancha.exceptions import UrlError
from guancha.items import Outcome
from guancha.pages.answered import Answered, Moved
from guancha.pages.article import ArticlePage
from guancha.pages.challenge import SCRIPTS, is_challenge
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


def classify(
    response: Response, requested: ArticleUrl, date: datetime, hits: Hits | None = None
) -> ArticlePage | Moved | Outcome:
    """Tells what the answer to a request for a page of an article is; never raises.

    ``hits`` takes the count of the rules, which a page that is refused is asked for above all.
    """
    answer = Answered(response, requested.address, date, requested.article_id)
    if answer.is_redirect:
        return answer.redirect()
    root = answer.root
    if isinstance(root, Outcome):
        return root
    if is_home(root):
        return answer.outcome("gone", detail="the home page was answered")
    page = ArticlePage(requested, root, date, hits)
    if page.fault is None:
        if answer.closed or _ends_at_comments(answer, root):
            return page
        return answer.outcome("error", detail="cut before its closing tag")
    if is_challenge(root):
        return answer.outcome("challenge")
    return _stub(answer, root) or answer.unknown(root, page.fault)


def classify_listing(
    response: Response, requested: str, date: datetime, hits: Hits | None = None
) -> ListingPage | Moved | Outcome:
    """Tells what the answer to a request for a listing is; never raises."""
    answer = Answered(response, requested, date)
    if answer.is_redirect:
        return answer.redirect()
    root = answer.root
    if isinstance(root, Outcome):
        return root
    if is_home(root) and requested != urls.HOME:
        return answer.outcome("gone", detail="the home page was answered")
    page = ListingPage(requested, root, date, hits)
    if answer.closed and page.entries:
        return page
    return answer.unknown(root, "no listing/links")


def _ends_at_comments(answer: Answered, root: Element) -> bool:
    whole_tag = answer.response.body.rstrip().endswith(b"</div>")
    return whole_tag and _any(COMMENTS, root) and not _any(AFTER_COMMENTS, root)


def _stub(answer: Answered, root: Element) -> Outcome | None:
    """A headline without a body, dated as only stubs are, which a script sends elsewhere."""
    dated = any(is_us_date(clean(printed)) for printed in TIME.texts(root, Hits()))
    if not dated:
        return None
    for target in _targets(answer, root):
        # Not any address: a page's scripts also lead to the log-in and to the mobile site.
        if urls.kind(target) in (Kind.POST, Kind.MEMBER, Kind.ARTICLE):
            return answer.outcome("stub", target)
    return answer.outcome("stub", detail="its target is not on the page")


def _targets(answer: Answered, root: Element) -> Iterator[str]:
    for script in SCRIPTS.texts(root, Hits()):
        for printed in _SENT_AWAY.findall(script):
            try:
                yield urls.absolute(printed, answer.response.url)
            except UrlError:
                continue


def _any(rule: Rule, root: Element) -> bool:
    return bool(rule.find(root, Hits()))
