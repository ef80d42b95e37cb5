"""Faults of the program, to be switched on by a setting: each is raised where Scrapy itself goes on."""

from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response


class InCallbacks:
    """A spider middleware: what a callback would raise."""

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        async for _ in result:
            raise KeyError("in a callback")
            yield


class InStart:
    """A spider middleware: what ``start`` would raise."""

    async def process_start(self, start: AsyncIterator[Request]) -> AsyncIterator[Request]:
        async for request in start:
            yield request
            raise KeyError("in start")


class InSignals:
    """An extension whose handler of a signal fails."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        self = cls()
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        return self

    def spider_opened(self) -> None:
        raise KeyError("in a signal")


class AtTheBeginning:
    """An extension that can't be made: the spider never starts."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        raise KeyError("at the beginning")
