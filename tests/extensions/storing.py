"""A storage as a crawl has it, for tests without a crawl."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ClassVar

from scrapy import Spider
from scrapy.utils.project import get_project_settings
from scrapy.utils.test import get_crawler

from guancha.extensions.storage import Storage

Test = Callable[[Storage], Awaitable[None]]


class Articles(Spider):
    name = "articles"


class Engine:
    """Is told to stop."""

    reasons: ClassVar[list[str]] = []

    async def close_spider_async(self, reason: str) -> None:
        self.reasons.append(reason)


def with_storage(data: Path, test: Test) -> None:
    """Runs a test with an archive in a folder."""

    async def run() -> None:
        ours = {"DATA_DIR": str(data), "TWISTED_REACTOR_ENABLED": False}
        crawler = get_crawler(Articles, {**get_project_settings(), **ours})
        crawler.spider, crawler.engine = Articles(), Engine()
        storage = Storage(crawler)
        await storage.open({})
        try:
            await test(storage)
        finally:
            await storage.finish(lambda _: None)

    asyncio.run(run())
