"""A record that is not sound becomes a ``layout`` outcome, never a bad line."""

from typing import Self

from scrapy.crawler import Crawler

from guancha import clock
from guancha.items import Item, Visit
from guancha.soundness import find_faults, refused


class Validate:
    """Lets sound articles through and turns the others into outcomes."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Item) -> Item:
        if not isinstance(item, Visit):
            return item
        faults = find_faults(item.article, clock.now())
        if not faults:
            return item
        assert self.crawler.stats is not None
        for name in faults:
            self.crawler.stats.inc_value(f"validate/{name}")
        return refused(item.article, faults)
