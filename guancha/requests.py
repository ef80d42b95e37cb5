"""The requests that are sent, and when an answer is worth asking for again."""

from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response
from twisted.python.failure import Failure

from guancha import clock, urls
from guancha.items import Outcome
from guancha.pages.classify import Moved, unanswered
from guancha.pages.pieces import Pieces
from guancha.targets import Target
from guancha.walk import Walk

if TYPE_CHECKING:
    from guancha.spiders.articles import ArticlesSpider

# Every status is an answer to be told apart, redirects included: what is gone is sent to the home page,
# and following it there would fetch 350 KB for nothing.
_META = {"handle_httpstatus_all": True, "dont_redirect": True}
_KEPT = frozenset((*_META, "retry_times"))


def listing(spider: "ArticlesSpider", walk: Walk) -> Request:
    """The page where a walk stands. Listings first: they name articles in the site's words and order."""
    return page(walk.url or "", spider.listing, spider.no_listing, priority=10, walk=walk)


def article(spider: "ArticlesSpider", target: Target) -> Request:
    """The first page of an article; related ones come after those that a listing names."""
    return page(
        target.article.address,
        spider.article,
        spider.no_article,
        priority=-target.hops,
        target=target,
    )


def piece(spider: "ArticlesSpider", target: Target, pieces: Pieces) -> Request:
    """The next page of a split piece. Before anything else, for its first page waits in memory."""
    return page(
        pieces.wanted[0].address,
        spider.piece,
        spider.no_piece,
        priority=20,
        target=target,
        pieces=pieces,
    )


def again(spider: "ArticlesSpider", response: Response, answer: object) -> Request | None:
    """The same request once more where the answer may be a passing fault: a cut page, a challenge.

    None where it is not, or after as many tries as the settings allow. A bad status is not tried here:
    Scrapy's own middleware has done so.
    """
    if not isinstance(answer, Outcome) or response.request is None:
        return None
    if response.status != 200 or answer.kind not in ("error", "challenge"):
        return None
    # Without what Scrapy noted in it on the way, which belongs to this try alone.
    kept = {key: value for key, value in response.meta.items() if key in _KEPT}
    asked = response.request.replace(meta=kept)
    return get_retry_request(asked, spider=spider, reason=f"answered_{answer.kind}")


def circle(moved: Moved) -> Outcome:
    """The outcome of an address that leads on for a second time."""
    article = urls.find_article(moved.url)
    article_id = article.article_id if article else None
    return unanswered(moved.url, article_id, "redirects again and again", clock.now())


def failed(failure: Failure) -> Request:
    """The request that got no answer; Scrapy hangs it on the failure."""
    request: Request = failure.request  # type: ignore[attr-defined]
    return request


def page(url: str, callback: Any, errback: Any = None, priority: int = 0, **kwargs: Any) -> Request:
    """A request for one page; ``kwargs`` reach the callback."""
    # The frontier has told the known from the new already, and a walk may meet a page twice.
    return Request(
        url,
        callback,
        errback=errback,
        priority=priority,
        cb_kwargs=kwargs,
        meta=dict(_META),
        dont_filter=True,
    )
