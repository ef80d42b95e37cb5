"""A record that is not sound becomes a ``layout`` outcome, never a bad line."""

from typing import Self

from scrapy.crawler import Crawler

from guancha import clock
from guancha.items import Item, PostVisit, Visit
from guancha.soundness import find_faults, find_post_faults, refused


class Validate:
    """Lets sound articles and posts through and turns the others into outcomes."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Item) -> Item:
        match item:
            case Visit(article=record):
                faults = find_faults(record, clock.now())
            case PostVisit(post=record):
                faults = find_post_faults(record, clock.now())
            case _:
                return item
        if not faults:
            return item
        assert self.crawler.stats is not None
        for name in faults:
            self.crawler.stats.inc_value(f"validate/{name}")
        return refused(record, faults)
