"""Listings -> articles -> related articles."""

from collections.abc import AsyncIterator, Iterable
from typing import Any, ClassVar

from scrapy import Request, Spider, signals
from scrapy.http import Response
from twisted.python.failure import Failure

from guancha import clock, forecast, requests, seeds, targets, urls
from guancha.arguments import ArticlesArguments
from guancha.extensions.stop import is_stopping
from guancha.frontier import Frontier
from guancha.items import Article, Outcome
from guancha.pages.article import ArticlePage
from guancha.pages.classify import Moved, classify, classify_listing, unanswered
from guancha.pages.listing import ListingPage
from guancha.pages.pieces import Pieces
from guancha.pages.rules import Hits
from guancha.targets import Target
from guancha.walk import Walk

Found = AsyncIterator[Request | Article | Outcome]


class ArticlesSpider(Spider):
    """Crawls guancha.cn; takes the fields of :class:`~guancha.arguments.ArticlesArguments`."""

    name = "articles"
    allowed_domains: ClassVar[list[str]] = [urls.DOMAIN]

    def __init__(self, *args: Any, **given: str) -> None:
        super().__init__(*args)
        self.arguments = ArticlesArguments.parse(given)
        self.frontier = Frontier(self.arguments)

    async def start(self) -> Found:
        self.logger.info("the site can write to %s (GUANCHA_CONTACT)", self.settings["CONTACT"])
        self.logger.info(forecast.words(self.arguments, self.settings.getfloat("DOWNLOAD_DELAY")))
        for section in self.arguments.sections:
            yield requests.listing(self, Walk(section, self.arguments))
        for batch in seeds.batches(self.arguments.urls):
            asked = [r async for r in self.admitted(Target(article.first) for article in batch)]
            for request in asked:
                yield request
            if asked:
                await self.crawler.signals.wait_for(signals.scheduler_empty)

    async def listing(self, response: Response, walk: Walk) -> Found:
        hits = Hits()
        answer = classify_listing(response, walk.url or "", clock.now(), hits)
        if again := requests.again(self, response, answer):
            yield again
            return
        self.count(hits)
        if isinstance(answer, ListingPage):
            async for request in self.admitted(targets.listed(answer.entries)):
                yield request
            if walk.advance(answer.entries) and not self.frontier.is_full:
                yield requests.listing(self, walk)
        elif isinstance(answer, Moved) and walk.move(answer.url):
            yield requests.listing(self, walk)
        else:
            async for found in self.missed(walk, answer):
                yield found

    async def missed(self, walk: Walk, answer: Moved | Outcome) -> Found:
        outcome = answer if isinstance(answer, Outcome) else requests.circle(answer)
        if not walk.is_end(outcome):
            yield outcome
        if walk.skip() if outcome.kind == "error" else walk.advance([]):
            yield requests.listing(self, walk)

    async def article(self, response: Response, target: Target) -> Found:
        hits = Hits()
        answer = classify(response, target.article, clock.now(), hits)
        if isinstance(answer, ArticlePage):
            async for found in self.completed(target, Pieces(answer)):
                yield found
        elif again := requests.again(self, response, answer):
            yield again
        elif isinstance(answer, Outcome):
            self.count(hits)
            yield answer
        elif target.moved:
            yield requests.circle(answer)
        else:
            yield requests.article(self, target.moved_to(urls.article(answer.url)))

    async def piece(self, response: Response, target: Target, pieces: Pieces) -> Found:
        answer = classify(response, pieces.wanted[0], clock.now())
        if again := requests.again(self, response, answer):
            yield again
            return
        pieces.add(answer if isinstance(answer, ArticlePage) else None)
        async for found in self.completed(target, pieces):
            yield found

    async def completed(self, target: Target, pieces: Pieces) -> Found:
        if pieces.wanted:
            yield requests.piece(self, target, pieces)
            return
        article = pieces.article()
        article.list_title = self.frontier.list_title(target.article)
        article.alternate_urls = self.frontier.alternates(target.article)
        self.count(pieces.first.hits)
        yield article
        async for request in self.admitted(targets.related(article, target.hops)):
            yield request

    async def admitted(self, found: Iterable[Target]) -> AsyncIterator[Request]:
        for target in await self.frontier.admit(found):
            yield requests.article(self, target)

    def count(self, hits: Hits) -> None:
        """Adds the rules that matched on a page, and the links that were refused, to the stats."""
        for rule, number in hits.items():
            self.crawler.stats.inc_value(f"rules/{rule}", number)
        for reason, number in self.frontier.refused.items():
            self.crawler.stats.set_value(f"links/{reason}", number)

    async def no_listing(self, failure: Failure) -> Found:
        if is_stopping(self.crawler):
            return
        walk: Walk = requests.failed(failure).cb_kwargs["walk"]
        outcome = unanswered(walk.url or "", None, failure.getErrorMessage(), clock.now())
        async for found in self.missed(walk, outcome):
            yield found

    async def no_article(self, failure: Failure) -> Found:
        # What a stop holds back was never asked for, and nothing is known of it.
        if is_stopping(self.crawler):
            return
        article = requests.failed(failure).cb_kwargs["target"].article
        yield unanswered(
            article.address, article.article_id, failure.getErrorMessage(), clock.now()
        )

    async def no_piece(self, failure: Failure) -> Found:
        if is_stopping(self.crawler):
            return
        arguments = requests.failed(failure).cb_kwargs
        arguments["pieces"].add(None)
        async for found in self.completed(**arguments):
            yield found
