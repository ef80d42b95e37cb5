"""The home page -> its boxes -> one snapshot of what the site puts forward."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, ClassVar, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from guancha import clock, forecast, rendering, requests, urls
from guancha.arguments.headlines import HeadlinesArguments
from guancha.extensions.stop import is_stopping
from guancha.extensions.storage import Storage
from guancha.items import Outcome, Snapshot
from guancha.pages.answered import unanswered
from guancha.pages.box_feeds import FEEDS, classify_feed
from guancha.pages.boxes import BOXES, FILLED, Box, classify_home
from guancha.tally import count_listing, count_no_listing, count_rules

Found = AsyncIterator[Request | Snapshot | Outcome]


class HeadlinesSpider(Spider):
    """Takes the fields of :class:`~guancha.arguments.headlines.HeadlinesArguments`."""

    name = "headlines"
    allowed_domains: ClassVar[list[str]] = [urls.DOMAIN]
    custom_settings = {  # noqa: RUF012 - as Scrapy declares it
        "FIELD_FLOORS": {  # share of the entries of a snapshot
            "title": 0.95,
            "article_id": 0.5,  # some boxes are of posts, and some links lead to special pages
            "view_count": 0.1,  # shown in the middle column and at the headline alone
        }
    }

    def __init__(self, *args: Any, **given: str) -> None:
        super().__init__(*args)
        self.given = given
        self.arguments = HeadlinesArguments.parse(given)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **given: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **given)
        if spider.arguments.browser:
            rendering.require(crawler.settings, "do without one by -a browser=0")
        return spider

    async def start(self) -> Found:
        storage = self.crawler.get_extension(Storage)
        assert storage is not None
        await storage.open(self.given)
        contact = self.settings["CONTACT"]
        self.logger.log(logging.INFO if contact else logging.WARNING, forecast.reach(contact))
        home = requests.page(urls.HOME, self.home, self.no_home)
        yield rendering.rendered(home, FILLED) if self.arguments.browser else home

    async def home(self, response: Response) -> Found:
        now = clock.now()
        answer = classify_home(response, now)
        if again := requests.again(self, response, answer):
            yield again
        elif isinstance(answer, Outcome):
            yield self.missed(answer)
        else:
            count_rules(self.crawler.stats, "home", answer.hits)
            snapshot = Snapshot(clock.stamp(now))
            for name, shown in answer.boxes.items():
                box = await self.behind(name) if name in FEEDS and not shown.entries else shown
                if isinstance(box, Outcome):
                    count_no_listing(self.crawler.stats, name, "missed")
                    yield box
                    continue
                count_listing(self.crawler.stats, name, box)
                snapshot.headlines += [
                    replace(e, date_crawled=clock.stamp(now)) for e in box.entries
                ]
            yield snapshot

    async def behind(self, name: str) -> Box | Outcome:
        """A box from the JSON behind it; at once, so that a run that is told to stop has it still."""
        request: Request | None = requests.page(FEEDS[name].url, None)
        answer: Box | Outcome | None = None
        while request:
            try:
                response = await self.crawler.engine.download_async(request)
            except requests.unserved(self.settings) as error:
                said = str(error) or type(error).__name__
                return unanswered(request.url, None, said, clock.now(), stream=self.name)
            answer = classify_feed(response, name, clock.now())
            request = requests.again(self, response, answer)
        assert answer is not None
        return answer

    def missed(self, outcome: Outcome) -> Outcome:
        """Without a home page there is no box either."""
        for name in BOXES:
            count_no_listing(self.crawler.stats, name, "missed")
        return outcome

    async def no_home(self, failure: Failure) -> Found:
        requests.failed(failure)
        if not is_stopping(self.crawler):
            said = failure.getErrorMessage()
            yield self.missed(unanswered(urls.HOME, None, said, clock.now(), stream=self.name))
