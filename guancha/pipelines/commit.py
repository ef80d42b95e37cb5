"""Hands each item to the archive."""

from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem
from twisted.python.failure import Failure

from guancha import clock
from guancha.extensions.stop import stop
from guancha.extensions.storage import CLOSE_REASON, Storage
from guancha.items import Item, Outcome
from guancha.tally import count_item, count_records, count_repeated


class Commit:
    """Lets an item go when it is committed; one that can't be ends the run."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.begun = clock.now()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        commit = cls(crawler)
        crawler.signals.connect(commit.item_error, signal=signals.item_error)
        return commit

    async def process_item(self, item: Item) -> Item:
        storage = self.crawler.get_extension(Storage)
        assert storage is not None
        assert self.crawler.stats is not None
        now = clock.now()
        try:
            done = await storage.commit(item)
        except CloseSpider as error:
            # The archive has said why, once.
            raise DropItem("the archive has failed", log_level="DEBUG") from error
        count_item(self.crawler.stats, item, now - self.begun)
        if done:
            count_records(self.crawler.stats, done.records)
        if done and done.is_repeated and isinstance(item, Outcome):
            count_repeated(self.crawler.stats, item)
        return item

    def item_error(self, failure: Failure) -> None:
        """Whatever keeps an item from the archive, a fault of ours too: the run must not look well."""
        stop(self.crawler, CLOSE_REASON, failure.getErrorMessage())
