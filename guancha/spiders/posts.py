"""Lists of readers' posts (风闻) -> posts; then those that stubs lead to, and what earlier runs left."""

import logging
from collections.abc import AsyncIterator, Sequence
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from guancha import clock, forecast, seeds, urls
from guancha.arguments.posts import PostsArguments, read_post
from guancha.extensions.stop import is_stopping
from guancha.extensions.storage import Storage
from guancha.frontier import begin_walk, finish_walk
from guancha.idling import idle
from guancha.items import Answer, Outcome, PostVisit
from guancha.pages.answered import Moved
from guancha.pages.classify_post import classify_post, classify_post_list
from guancha.pages.post import PostPage
from guancha.pages.post_list import PostList
from guancha.pages.post_parts import PostParts
from guancha.pages.rules import Hits
from guancha.posts import lists, requests
from guancha.posts.frontier import PostsFrontier
from guancha.requests import again, answer, failed
from guancha.store.found import Source
from guancha.store.listings import Page, Validators
from guancha.store.posts import Admitted
from guancha.tally import count_links, count_listing, count_no_listing, count_rules
from guancha.walk import Walk

Found = AsyncIterator[Request | PostVisit | Outcome]
USER = Source(is_user=True)


class PostsSpider(Spider):
    """Crawls readers' posts; takes the fields of :class:`~guancha.arguments.posts.PostsArguments`."""

    name = "posts"
    allowed_domains: ClassVar[list[str]] = [urls.DOMAIN]
    custom_settings = {  # noqa: RUF012 - as Scrapy declares it
        "FIELD_FLOORS": {  # share of posts that have a field, before a run of its like
            "title": 0.95,
            "paragraphs": 0.8,  # some are pictures alone
            "author_id": 0.9,
            "author_name": 0.9,
            "date_published": 0.9,  # its forms are many; one that can't be read is kept as printed
        },
        # Scrapy says which URL it gives up, and an author's list has a reader's number in it.
        "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",
    }
    storage: Storage
    frontier: PostsFrontier

    def __init__(self, *args: Any, **given: str) -> None:
        super().__init__(*args)
        self.given = given
        self.arguments = PostsArguments.parse(given)

    async def start(self) -> Found:
        storage = self.crawler.get_extension(Storage)
        assert storage is not None
        await storage.open(self.arguments.kept(self.given))
        pseudonyms = storage.readers.pseudonyms
        wanted = lists.wanted(self.arguments, lambda number: pseudonyms.of("id", number))
        self.storage, self.frontier = storage, PostsFrontier(self.arguments, storage, wanted)
        contact = self.settings["CONTACT"]
        self.logger.log(logging.INFO if contact else logging.WARNING, forecast.reach(contact))
        for each in wanted:
            walk = await begin_walk(storage, Walk(each, self.arguments.pages))
            yield requests.listing(self, walk)
        for batch in seeds.batches(self.arguments.urls, read_post, "post"):
            for request in self.asked((await self.admitted(batch, USER)).wanted):
                yield request
            await idle(self.crawler)
        await idle(self.crawler)
        if had := await self.frontier.had():
            count_links(self.crawler.stats, {"known": had})
        async for waiting in self.frontier.waiting():
            for request in self.asked(waiting):
                yield request
            await idle(self.crawler)

    async def listing(self, response: Response, walk: Walk) -> Found:
        hits = Hits()
        found = classify_post_list(response, walk.url or "", clock.now(), hits)
        if retry := again(self, response, found):
            yield retry
            return
        count_rules(self.crawler.stats, "listing", hits)
        if isinstance(found, PostList):
            async for request in self.listed(walk, found):
                yield request
        else:
            async for each in self.missed(walk, found):
                yield each

    async def listed(self, walk: Walk, found: PostList) -> AsyncIterator[Request]:
        count_listing(self.crawler.stats, walk.slug, found)
        url = urls.without_reader(walk.url or "")
        source = Source(Page(walk.slug, url, walk.page == 1, Validators()))
        admitted = await self.admitted([entry.key for entry in found.entries], source)
        for request in self.asked(admitted.wanted):
            yield request
        walk.advance(found.entries, admitted.unlisted)
        async for request in self.walked(walk):
            yield request

    async def missed(self, walk: Walk, outcome: Outcome) -> Found:
        if lists.is_behind(walk, outcome):
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
            await finish_walk(self.storage, walk)
        goes_on = walk.url and not self.frontier.is_full
        self.crawler.stats.set_value("listing/current", walk.slug if goes_on else "")
        if goes_on:
            yield requests.listing(self, walk)

    async def post(self, response: Response, post_id: str, is_moved: bool) -> Found:
        hits = Hits()
        page = classify_post(response, post_id, clock.now(), hits)
        if isinstance(page, PostPage):
            async for found in self.completed(PostParts(page), answer(response)):
                yield found
        elif retry := again(self, response, page):
            yield retry
        elif isinstance(page, Moved):
            circle = requests.lost(post_id, "redirects again and again")
            yield circle if is_moved else requests.post(self, post_id, page.url)
        else:
            if hits:
                count_rules(self.crawler.stats, "post", hits)
            yield page

    async def part(self, response: Response, parts: PostParts, answer: Answer) -> Found:
        page = classify_post(response, parts.first.post_id, clock.now())
        if retry := again(self, response, page):
            yield retry
            return
        parts.add(page if isinstance(page, PostPage) else None)
        async for found in self.completed(parts, answer):
            yield found

    async def completed(self, parts: PostParts, answer: Answer) -> Found:
        if parts.wanted:
            yield requests.part(self, parts, answer)
            return
        post = parts.post()
        count_rules(self.crawler.stats, "post", parts.first.hits)
        yield PostVisit(post, answer)

    async def admitted(self, ids: Sequence[str], source: Source) -> Admitted:
        admitted = await self.frontier.admit(ids, source)
        count_links(self.crawler.stats, admitted.refused)
        return admitted

    def asked(self, wanted: Sequence[str]) -> list[Request]:
        return [requests.post(self, each) for each in wanted]

    async def no_listing(self, failure: Failure) -> Found:
        if is_stopping(self.crawler):
            return
        walk: Walk = failed(failure).cb_kwargs["walk"]
        async for found in self.missed(walk, requests.unlisted(walk, failure.getErrorMessage())):
            yield found

    async def no_post(self, failure: Failure) -> Found:
        # What a stop holds back was never asked for, and nothing is known of it.
        if not is_stopping(self.crawler):
            yield requests.lost(failed(failure).cb_kwargs["post_id"], failure.getErrorMessage())

    async def no_part(self, failure: Failure) -> Found:
        if is_stopping(self.crawler):
            return
        arguments = failed(failure).cb_kwargs
        arguments["parts"].add(None)
        async for found in self.completed(**arguments):
            yield found
