"""Listings -> articles -> related articles."""

from collections.abc import AsyncIterator, Iterable
from typing import Any, ClassVar, TypeVar

from scrapy import Request, Spider, signals
from scrapy.http import Response
from twisted.python.failure import Failure

from guancha import clock, forecast, requests, seeds, targets, urls
from guancha.arguments import ArticlesArguments
from guancha.frontier import Frontier
from guancha.items import Article, Outcome
from guancha.pages.article import ArticlePage
from guancha.pages.classify import Moved, classify, classify_listing, unanswered
from guancha.pages.listing import ListingPage
from guancha.pages.pieces import Pieces
from guancha.targets import Target
from guancha.walk import Walk

Page = TypeVar("Page", ArticlePage, ListingPage)
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
        self.logger.info(forecast.words(self.arguments, self.settings.getfloat("DOWNLOAD_DELAY")))
        for section in self.arguments.sections:
            yield requests.listing(self, Walk(section, self.arguments))
        for batch in seeds.batches(self.arguments.urls):
            async for request in self.admitted(Target(article.first) for article in batch):
                yield request
            await self.crawler.signals.wait_for(signals.scheduler_empty)

    async def listing(self, response: Response, walk: Walk) -> Found:
        answer = classify_listing(response, walk.url or "", clock.now())
        if again := requests.again(self, response, answer):
            yield again
            return
        entries = self.counted(answer).entries if isinstance(answer, ListingPage) else []
        async for request in self.admitted(targets.listed(entries)):
            yield request
        if isinstance(answer, Outcome) and not walk.is_end(answer):
            yield answer
        if walk.advance(entries):
            yield requests.listing(self, walk)

    async def article(self, response: Response, target: Target) -> Found:
        answer = classify(response, target.article, clock.now())
        if isinstance(answer, ArticlePage):
            async for found in self.completed(target, Pieces(answer)):
                yield found
        elif isinstance(answer, Moved) and not target.moved:
            yield requests.article(self, target.moved_to(answer.article))
        elif isinstance(answer, Moved):
            yield unanswered(response.url, answer.article.article_id, "moves twice", clock.now())
        else:
            yield requests.again(self, response, answer) or answer

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
        self.counted(pieces.first)
        yield article
        async for request in self.admitted(targets.related(article, target.hops)):
            yield request

    async def admitted(self, found: Iterable[Target]) -> AsyncIterator[Request]:
        for target in await self.frontier.admit(found):
            yield requests.article(self, target)

    def counted(self, page: Page) -> Page:
        """Adds the rules that matched on a page to the stats."""
        for rule, hits in page.hits.items():
            self.crawler.stats.inc_value(f"rules/{rule}", hits)
        return page

    async def no_listing(self, failure: Failure) -> Found:
        walk: Walk = requests.failed(failure).cb_kwargs["walk"]
        yield unanswered(walk.url or "", None, failure.getErrorMessage(), clock.now())
        if walk.advance([]):
            yield requests.listing(self, walk)

    async def no_article(self, failure: Failure) -> Found:
        article = requests.failed(failure).cb_kwargs["target"].article
        yield unanswered(
            article.address, article.article_id, failure.getErrorMessage(), clock.now()
        )

    async def no_piece(self, failure: Failure) -> Found:
        arguments = requests.failed(failure).cb_kwargs
        arguments["pieces"].add(None)
        async for found in self.completed(**arguments):
            yield found
