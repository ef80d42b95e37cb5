"""Faults of the program, to be switched on by a setting: each is raised where Scrapy itself goes on."""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
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

    signal = signals.spider_opened

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        self = cls()
        crawler.signals.connect(self.spider_opened, signal=self.signal)
        return self

    def spider_opened(self) -> None:
        raise KeyError("in a signal")


class InMiddlewares:
    """A downloader middleware that fails on every third answer."""

    answers = 0

    def process_response(self, request: Request, response: Response) -> Response:
        self.answers += 1
        if self.answers % 3 == 0:
            raise KeyError("in a middleware")
        return response


class InThreads(InSignals):
    """An extension whose thread fails, which nobody waits for."""

    def spider_opened(self) -> None:
        threading.Thread(target=int, args=["x"]).start()


class AtTheEnd(InSignals):
    """An extension that fails behind the verdict."""

    signal = signals.engine_stopped

    async def spider_opened(self) -> None:
        await asyncio.sleep(0.5)
        raise KeyError("at the end")


class Exit(InSignals):
    """An extension that leaves the program as if all were well."""

    signal = signals.response_received

    def spider_opened(self) -> None:
        sys.exit(0)


class Drop:
    """A pipeline that drops all."""

    def process_item(self, item: object) -> object:
        raise DropItem("for no reason", log_level="DEBUG")


class AtTheBeginning:
    """An extension that can't be made: the spider never starts."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        raise KeyError("at the beginning")
