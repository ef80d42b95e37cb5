"""Listings -> articles -> related articles; then what earlier runs left, and what is due again."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from guancha import clock, forecast, requests, seeds, targets, urls
from guancha.arguments.articles import ArticlesArguments, read_article
from guancha.extensions.stop import is_stopping
from guancha.extensions.storage import Storage
from guancha.frontier import Frontier, begin_walk, finish_walk
from guancha.idling import idle
from guancha.items import Answer, Outcome, Sighting, Visit
from guancha.pages.answered import Moved, unanswered
from guancha.pages.article import ArticlePage
from guancha.pages.classify import classify, classify_listing
from guancha.pages.listing import ListingPage
from guancha.pages.pieces import Pieces
from guancha.pages.rules import Hits
from guancha.store.found import Admission, Source, Wanted
from guancha.store.listings import Page
from guancha.tally import count_links, count_listing, count_no_listing, count_rules
from guancha.targets import Target
from guancha.walk import Walk

Found = AsyncIterator[Request | Visit | Sighting | Outcome]
USER = Source(is_user=True)


class ArticlesSpider(Spider):
    """Crawls guancha.cn; takes the fields of :class:`~guancha.arguments.articles.ArticlesArguments`."""

    name = "articles"
    allowed_domains: ClassVar[list[str]] = [urls.DOMAIN]
    frontier: Frontier

    def __init__(self, *args: Any, **given: str) -> None:
        super().__init__(*args)
        self.given = given
        self.arguments = ArticlesArguments.parse(given)

    async def start(self) -> Found:
        storage = self.crawler.get_extension(Storage)
        assert storage is not None
        await storage.open(self.given)
        self.frontier = Frontier(self.arguments, storage)
        for level, said in forecast.remarks(self.arguments, self.settings["CONTACT"]):
            self.logger.log(level, said)
        self.logger.info(forecast.words(self.arguments, self.settings.getfloat("DOWNLOAD_DELAY")))
        for section in self.arguments.sections:
            walk = await begin_walk(
                storage, Walk(section, self.arguments.pages, self.arguments.since)
            )
            yield requests.listing(self, walk)
        for batch in seeds.batches(self.arguments.urls, read_article):
            named = await self.admitted([Target(article.first) for article in batch], USER)
            for request in self.asked(named.wanted):
                yield request
            await idle(self.crawler)
        await idle(self.crawler)
        async for waiting in self.frontier.waiting():
            for request in self.asked(waiting):
                yield request
            await idle(self.crawler)

    async def listing(self, response: Response, walk: Walk) -> Found:
        if requests.is_unchanged(response):
            count_no_listing(self.crawler.stats, walk.slug, "unchanged")
            return
        hits = Hits()
        answer = classify_listing(response, walk.url or "", clock.now(), hits)
        if again := requests.again(self, response, answer):
            yield again
            return
        count_rules(self.crawler.stats, "listing", hits)
        if isinstance(answer, ListingPage):
            async for request in self.listed(walk, answer, response):
                yield request
        elif isinstance(answer, Moved) and walk.move(answer.url):
            yield requests.listing(self, walk)
        else:
            circle = requests.circle(walk.url or "", clock.now())
            async for found in self.missed(walk, answer if isinstance(answer, Outcome) else circle):
                yield found

    async def listed(
        self, walk: Walk, answer: ListingPage, response: Response
    ) -> AsyncIterator[Request]:
        entries = answer.entries
        count_listing(self.crawler.stats, walk.slug, answer)
        page = Page(walk.slug, walk.url or "", walk.page == 1, requests.validators(response))
        named = await self.admitted(targets.listed(entries, walk.slug), Source(page))
        for request in self.asked(named.wanted):
            yield request
        walk.advance(entries, named.unlisted)
        async for request in self.walked(walk):
            yield request

    async def missed(self, walk: Walk, outcome: Outcome) -> Found:
        if walk.is_end(outcome):
            walk.end()
        else:
            gone = outcome.kind == "gone"
            count_no_listing(self.crawler.stats, walk.slug, "gone" if gone else "missed")
            yield outcome
            walk.skip(outcome)
        async for request in self.walked(walk):
            yield request

    async def walked(self, walk: Walk) -> AsyncIterator[Request]:
        if walk.is_finished:
            await finish_walk(self.frontier.storage, walk)
        goes_on = walk.url and not self.frontier.is_full
        self.crawler.stats.set_value("listing/current", walk.slug if goes_on else "")
        if goes_on:
            yield requests.listing(self, walk)

    async def article(self, response: Response, target: Target) -> Found:
        article, hits, date = target.article, Hits(), requests.received(response)
        if requests.is_unchanged(response):
            yield Sighting(article.article_id, article.canonical, clock.stamp(date))
            return
        answer = classify(response, article, date, hits)
        if isinstance(answer, ArticlePage):
            async for found in self.completed(target, Pieces(answer), requests.answer(response)):
                yield found
        elif again := requests.again(self, response, answer):
            yield again
        elif isinstance(answer, Outcome):
            if hits:
                count_rules(self.crawler.stats, "article", hits)
            yield replace(answer, url=target.first_asked.address)
        elif target.asked:
            yield requests.circle(target.first_asked.address, date, article.article_id)
        else:
            yield requests.article(self, Wanted(target.moved_to(urls.article(answer.url))))

    async def piece(
        self, response: Response, target: Target, pieces: Pieces, answer: Answer
    ) -> Found:
        page = classify(response, pieces.wanted[0], requests.received(response))
        if again := requests.again(self, response, page):
            yield again
            return
        pieces.add(page if isinstance(page, ArticlePage) else None)
        async for found in self.completed(target, pieces, answer):
            yield found

    async def completed(self, target: Target, pieces: Pieces, answer: Answer) -> Found:
        if pieces.wanted:
            yield requests.piece(self, target, pieces, answer)
            return
        article = pieces.article()
        count_rules(self.crawler.stats, "article", pieces.first.hits)
        # Before the article itself: with it committed nobody would come back for them.
        near = await self.frontier.admit_beside(article, target)
        count_links(self.crawler.stats, near.refused)
        yield Visit(article, answer)
        for request in self.asked(near.wanted):
            yield request

    async def admitted(self, found: Sequence[Target], source: Source) -> Admission:
        admission = await self.frontier.admit(found, source)
        count_links(self.crawler.stats, admission.refused)
        return admission

    def asked(self, wanted: Sequence[Wanted]) -> list[Request]:
        return [requests.article(self, each) for each in wanted]

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
        target: Target = requests.failed(failure).cb_kwargs["target"]
        url, article_id = target.first_asked.address, target.article.article_id
        yield unanswered(url, article_id, failure.getErrorMessage(), clock.now())

    async def no_piece(self, failure: Failure) -> Found:
        if is_stopping(self.crawler):
            return
        arguments = requests.failed(failure).cb_kwargs
        arguments["pieces"].add(None)
        async for found in self.completed(**arguments):
            yield found
