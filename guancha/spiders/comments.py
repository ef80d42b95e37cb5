"""Articles of the archive -> the comments below each, from the site's JSON or from the rendered page."""

from collections.abc import AsyncIterator, Sequence
from itertools import islice
from typing import Any, ClassVar

from scrapy import Request, Spider, signals
from scrapy.http import Response
from twisted.python.failure import Failure

from guancha import clock, requests, seeds, urls
from guancha.arguments.comments import MOST_ARTICLES, CommentsArguments
from guancha.extensions.stop import is_stopping
from guancha.extensions.storage import Storage
from guancha.items import Outcome, Thread
from guancha.pages.answered import unanswered
from guancha.pages.comment import Place, Reading, answered_at
from guancha.pages.comments import classify_comments
from guancha.store.scope import Scope
from guancha.store.store import Store
from guancha.store.threads import WantedThread
from guancha.tally import count_links, count_thread
from guancha.threads.requests import comments
from guancha.threads.walk import ThreadWalk

Found = AsyncIterator[Request | Thread | Outcome]
BATCH = 100
ANY_HOPS = 1_000_000


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
        },
    }
    storage: Storage

    def __init__(self, *args: Any, **given: str) -> None:
        super().__init__(*args)
        self.given = given
        self.arguments = CommentsArguments.parse(given)

    async def start(self) -> Found:
        storage = self.crawler.get_extension(Storage)
        assert storage is not None
        await storage.open(self.given)
        self.storage = storage
        ids = iter(await self.named())
        while batch := list(islice(ids, BATCH)):
            for wanted in await self.found(batch):
                yield self.asked(ThreadWalk(wanted, self.arguments))
            while storage.is_crowded:
                await self.crawler.signals.wait_for(signals.scheduler_empty)

    async def named(self) -> Sequence[str]:
        """Ids of the articles whose comments are wanted."""
        arguments = self.arguments
        if arguments.articles:
            return list(islice(seeds.ids(arguments.articles), arguments.limit))
        since, until = arguments.first_day(clock.now().date()), arguments.until
        scope = Scope(
            since.isoformat() if since else None,
            until.isoformat() if until else None,
            ANY_HOPS,
            arguments.sections or None,
        )
        limit = arguments.limit or MOST_ARTICLES
        return await self.storage.call(Store.discussed, scope, limit)

    async def found(self, ids: Sequence[str]) -> list[WantedThread]:
        """Those that can be asked for; the others are told."""
        threads = await self.storage.call(Store.threads, ids)
        there = {each.article_id for each in threads}
        untold = {
            "not_in_the_archive": [each for each in ids if each not in there],
            "no_doc_id": [each.article_id for each in threads if each.doc_id is None],
        }
        for reason, articles in untold.items():
            if articles:
                count_links(self.crawler.stats, {reason: len(articles)})
                self.logger.warning("%s: no comments of %s", reason, ", ".join(articles))
        return [each for each in threads if each.doc_id]

    def asked(self, walk: ThreadWalk) -> Request:
        return comments(walk, self.comments, self.no_comments)

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
        walk.take(reading, await self.storage.call(Store.known_comments, ids))
        async for found in self.walked(walk):
            yield found

    async def missed(self, walk: ThreadWalk, outcome: Outcome) -> Found:
        yield outcome
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
        reference = answered_at(response, now)
        return Place(wanted.article_id, wanted.doc_id or "", source, now, reference)

    async def no_comments(self, failure: Failure) -> Found:
        # What a stop holds back was never asked for, and nothing is known of it.
        if is_stopping(self.crawler):
            return
        walk: ThreadWalk = requests.failed(failure).cb_kwargs["walk"]
        url, article_id = urls.comments(walk.wanted.doc_id or ""), walk.wanted.article_id
        said = failure.getErrorMessage()
        outcome = unanswered(url, article_id, said, clock.now(), stream="comments")
        async for found in self.missed(walk, outcome):
            yield found
