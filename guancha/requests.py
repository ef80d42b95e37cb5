"""The requests that are sent, and when an answer is worth asking for again."""

import hashlib
import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object
from twisted.python.failure import Failure

from guancha import clock, rendering
from guancha.items import Answer, Outcome
from guancha.pages.answered import unanswered
from guancha.pages.pieces import Pieces
from guancha.store.found import Wanted
from guancha.store.listings import Validators
from guancha.targets import Target
from guancha.walk import Walk
from guancha.warc.captures import NOTE, RECEIVED, Note

if TYPE_CHECKING:
    from guancha.spiders.articles import ArticlesSpider

logger = logging.getLogger(__name__)

# Every status is an answer to be told apart, redirects included: what is gone is sent to the home page,
# and following it there would fetch 350 KB for nothing.
_META = {"handle_httpstatus_all": True, "dont_redirect": True}
_KEPT = frozenset((*_META, "retry_times", NOTE, rendering.READY, rendering.CHALLENGED))
MISTAKES = (TypeError, LookupError, AttributeError, NameError, AssertionError, ArithmeticError)
"""What no answer of a site, and no network, should raise."""
NOT_MODIFIED = 304
CONDITIONS = ("If-None-Match", "If-Modified-Since")


def listing(spider: "ArticlesSpider", walk: Walk) -> Request:
    """The page where a walk stands. Listings first: they name articles in the site's words and order."""
    request = page(walk.url or "", spider.listing, spider.no_listing, walk=walk)
    return request.replace(priority=10, headers=conditions(walk.validators))


def article(spider: "ArticlesSpider", wanted: Wanted) -> Request:
    """The first page of an article; related ones come after those that a listing names."""
    target = wanted.target
    request = page(target.article.address, spider.article, spider.no_article, target=target)
    request.meta[NOTE] = _note(target)
    return request.replace(priority=-target.hops, headers=conditions(wanted.validators))


def piece(spider: "ArticlesSpider", target: Target, pieces: Pieces, answer: Answer) -> Request:
    """The next page of a split piece. Before anything else, for its first page waits in memory."""
    url, waiting = pieces.wanted[0].address, {"target": target, "pieces": pieces, "answer": answer}
    request = page(url, spider.piece, spider.no_piece, **waiting).replace(priority=20)
    request.meta[NOTE] = _note(target, target.article.address)
    return request


def again(spider: Spider, response: Response, answer: object) -> Request | None:
    """The same request once more where the answer may be a passing fault: a cut page, a challenge.

    None where it is not, or after as many tries as the settings allow. A bad status is not tried here:
    Scrapy's own middleware has done so. A challenge is first tried in the browser, once, if there is one.
    """
    if not isinstance(answer, Outcome) or response.request is None:
        return None
    if response.status != 200 or answer.kind not in ("error", "challenge"):
        return None
    # Without what Scrapy noted in it on the way, which belongs to this try alone.
    kept = {key: value for key, value in response.meta.items() if key in _KEPT}
    asked = response.request.replace(meta=kept)
    if answer.kind == "challenge":
        if behind := rendering.behind_challenge(asked, spider.crawler):
            return behind
        asked = rendering.left_to_plain(asked)
    return get_retry_request(asked, spider=spider, reason=f"answered_{answer.kind}")


def circle(url: str, date: datetime, article_id: str | None = None) -> Outcome:
    """The outcome of an address that leads on for a second time."""
    return unanswered(url, article_id, "redirects again and again", date)


def is_unchanged(response: Response) -> bool:
    """Whether the site says that nothing has changed, and was asked to say so."""
    asked = response.request.headers if response.request else {}
    return response.status == NOT_MODIFIED and any(name in asked for name in CONDITIONS)


def failed(failure: Failure) -> Request:
    """The request that got no answer; Scrapy hangs it on the failure."""
    if isinstance(failure.value, MISTAKES):
        # Of a middleware: it must not pass for a page that can't be had.
        logger.error("a fault of the program", exc_info=failure.value)
    request: Request = failure.request  # type: ignore[attr-defined]
    return request


def unserved(settings: BaseSettings) -> tuple[type[Exception], ...]:
    """What a request that is awaited raises where it gets no answer."""
    passing = [load_object(each) for each in settings.getlist("RETRY_EXCEPTIONS")]
    return (*passing, IgnoreRequest, DownloadCancelledError)


def conditions(known: Validators | None) -> dict[str, str]:
    """The headers that let the site answer that nothing has changed."""
    given = (known.etag, known.last_modified) if known else ()
    return {name: value for name, value in zip(CONDITIONS, given, strict=False) if value}


def validators(response: Response) -> Validators:
    """What the next request for the same page may be conditioned on."""
    given = (response.headers.get(name) for name in ("ETag", "Last-Modified"))
    return Validators(*(value.decode("latin-1") if value else None for value in given))


def received(response: Response) -> datetime:
    """When it was answered, to the microsecond, as the archive of pages has it; without one, now."""
    noted: datetime | None = response.meta.get(RECEIVED)
    return noted or clock.now()


def answer(response: Response) -> Answer:
    """What an answer says of itself."""
    known = validators(response)
    return Answer(hashlib.sha256(response.body).hexdigest(), known.etag, known.last_modified)


def _note(target: Target, part_of: str | None = None) -> Note:
    asked = target.asked.address if target.asked else None
    return Note(target.list_title, target.hops, target.origin, asked, part_of)


def page(url: str, callback: Any, errback: Any = None, **kwargs: Any) -> Request:
    """A request for one page; ``kwargs`` reach the callback."""
    # The frontier has told the known from the new already, and a walk may meet a page twice.
    return Request(
        url,
        callback,
        errback=errback,
        cb_kwargs=kwargs,
        meta=dict(_META),
        dont_filter=True,
    )
