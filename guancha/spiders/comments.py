"""Articles of the archive -> the comments below each, from the site's JSON or from the rendered page."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, ClassVar, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from guancha import clock, rendering, requests, urls
from guancha.arguments.comments import CommentsArguments
from guancha.extensions.stop import is_stopping
from guancha.extensions.storage import Storage
from guancha.items import Outcome, Thread
from guancha.pages.answered import sent, unanswered
from guancha.pages.comment import Place, Reading
from guancha.pages.comments import classify_comments
from guancha.pages.rules import Hits
from guancha.pages.thread import classify_thread
from guancha.store.comments import known
from guancha.tally import count_rules, count_thread
from guancha.threads import articles
from guancha.threads.requests import comments, rendered
from guancha.threads.walk import ThreadWalk

Found = AsyncIterator[Request | Thread | Outcome]
IN_VAIN = 3
"""Pages in a row that the browser could not draw either: the others are spared the wait."""
PASSING = frozenset(("error", "layout", "challenge"))
"""What the JSON may answer while the page still shows the comments."""


class CommentsSpider(Spider):
    """Takes the fields of :class:`~guancha.arguments.comments.CommentsArguments`."""

    name = "comments"
    allowed_domains: ClassVar[list[str]] = [urls.DOMAIN]
    custom_settings = {  # noqa: RUF012 - as Scrapy declares it
        "FIELD_FLOORS": {
            "text": 0.95,  # a picture alone has none
            "date_published": 0.95,
            "reader_name": 0.95,
            "reader_id": 0.8,  # readers of weibo have none
            "praise_count": 0.8,  # deleted ones that are quoted show no counts
            "tread_count": 0.8,
            "root_id": 0.05,  # of answers alone
            "parent_id": 0.05,
        },
    }
    storage: Storage
    undrawn = 0
    has_browser: bool

    def __init__(self, *args: Any, **given: str) -> None:
        super().__init__(*args)
        self.given = given
        self.arguments = CommentsArguments.parse(given)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider.arguments.source == "page":
            rendering.require(crawler.settings, "take -a source=json")
        spider.has_browser = rendering.find(crawler.settings) is not None
        return spider

    async def start(self) -> Found:
        storage = self.crawler.get_extension(Storage)
        assert storage is not None
        await storage.open(self.given)
        self.storage = storage
        async for wanted in articles.wanted(self.arguments, storage, self.crawler.stats):
            walk = ThreadWalk(wanted, self.arguments)
            is_page = self.arguments.source == "page"
            yield self.drawn(walk, None) if is_page else self.asked(walk)
            while storage.is_crowded:
                await self.crawler.signals.wait_for(signals.scheduler_empty)

    def asked(self, walk: ThreadWalk) -> Request:
        return comments(walk, self.comments, self.no_comments)

    def drawn(self, walk: ThreadWalk, told: Outcome | None) -> Request:
        return rendered(walk, told, self.page, self.no_page)

    async def comments(self, response: Response, walk: ThreadWalk) -> Found:
        is_hot, is_first = bool(walk.hot_page), walk.is_first
        place = self.place(response, walk, "json")
        answer = classify_comments(response, place, is_first=is_first, is_hot=is_hot)
        if again := requests.again(self, response, answer):
            yield again
        elif isinstance(answer, Reading):
            async for found in self.taken(walk, answer):
                yield found
        else:
            async for found in self.missed(walk, answer):
                yield found

    async def taken(self, walk: ThreadWalk, reading: Reading) -> Found:
        if reading.nameless:
            self.crawler.stats.inc_value("validate/comment_id", reading.nameless)
        if reading.outcome and walk.is_first:
            yield reading.outcome
        ids = [each.comment_id for each in reading.comments]
        walk.take(reading, await self.storage.read(known, ids))
        async for found in self.walked(walk):
            yield found

    async def page(self, response: Response, walk: ThreadWalk, told: Outcome | None) -> Found:
        hits = Hits()
        answer = classify_thread(response, self.place(response, walk, "page"), hits)
        if again := requests.again(self, response, answer):
            yield again
            return
        if hits:
            count_rules(self.crawler.stats, "thread", hits)
        if isinstance(answer, Reading):
            self.undrawn = 0
            async for found in self.taken(walk, answer):
                yield found
        else:
            self.undrawn += 1
            yield told or answer

    async def missed(self, walk: ThreadWalk, outcome: Outcome, *, may_draw: bool = True) -> Found:
        may_draw = may_draw and self.has_browser and self.undrawn < IN_VAIN
        if may_draw and walk.is_first and outcome.kind in PASSING:
            words = "%s of comments of %s, asking for the page: %s"
            self.logger.warning(words, outcome.kind, walk.wanted.article_id, outcome.detail)
            self.crawler.stats.inc_value("threads/rendered")
            yield self.drawn(walk, outcome)
            return
        detail = f"{walk.place}: {outcome.detail or outcome.kind}"
        yield outcome if walk.is_first else replace(outcome, detail=detail)
        walk.skip()
        async for found in self.walked(walk):
            yield found

    async def walked(self, walk: ThreadWalk) -> Found:
        if thread := walk.hand_over():
            yield thread
        if not walk.is_ended:
            yield self.asked(walk)
        elif not walk.is_first and walk.total:
            self.tell(walk)

    def tell(self, walk: ThreadWalk) -> None:
        if walk.is_at_end or walk.has_gap:
            count_thread(self.crawler.stats, is_short=walk.is_short)
        if walk.is_short:
            words = "of the comments of %s only %d were had, of %d"
            self.logger.warning(words, walk.wanted.article_id, walk.had, walk.total)

    def place(self, response: Response, walk: ThreadWalk, source: str) -> Place:
        now, wanted = clock.now(), walk.wanted
        reference = sent(response, now)
        return Place(wanted.article_id, wanted.doc_id or "", source, now, reference)

    async def no_comments(self, failure: Failure) -> Found:
        # What a stop holds back was never asked for, and nothing is known of it.
        if is_stopping(self.crawler):
            return
        walk, outcome = self.unanswered(failure)
        # Where robots.txt forbids it, a browser may not ask for it either.
        is_forbidden = isinstance(failure.value, IgnoreRequest)
        async for found in self.missed(walk, outcome, may_draw=not is_forbidden):
            yield found

    async def no_page(self, failure: Failure) -> Found:
        if is_stopping(self.crawler):
            return
        _, outcome = self.unanswered(failure)
        yield requests.failed(failure).cb_kwargs["told"] or outcome

    def unanswered(self, failure: Failure) -> tuple[ThreadWalk, Outcome]:
        walk: ThreadWalk = requests.failed(failure).cb_kwargs["walk"]
        url, article_id = urls.comments(walk.wanted.doc_id or ""), walk.wanted.article_id
        said, now = failure.getErrorMessage(), clock.now()
        return walk, unanswered(url, article_id, said, now, stream="comments")
