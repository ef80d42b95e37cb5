"""Opens the archive before anything else, does its work on one thread, and closes it last."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ParamSpec, Self, TypeVar

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from guancha import clock
from guancha.exceptions import GuanchaError
from guancha.extensions.stop import REASON, stop
from guancha.store.store import Store

CLOSE_REASON = "archive_failed"
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
logger = logging.getLogger(__name__)


class Storage:
    """The archive of a run. Whatever fails in it ends the run: what is committed is safe."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        settings = crawler.settings
        self.audit_share = settings.getfloat("AUDIT_SHARE")
        self.store = Store(
            settings["STORE_URL"],
            Path(settings["DATA_DIR"]),
            settings.getint("MAX_TRIES"),
            settings.getint("STORE_PATIENCE"),
        )
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self.run_id = 0
        self.failure: Exception | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        storage = cls(crawler)
        crawler.signals.connect(storage.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(storage.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(storage.engine_stopped, signal=signals.engine_stopped)
        return storage

    @property
    def recheck_limit(self) -> int:
        """How many requests of this run may still go to articles known already."""
        assert self.crawler.stats is not None
        share = self.crawler.settings.getfloat("RECHECK_SHARE")
        others: int = self.crawler.stats.get_value("downloader/request_count", 0)
        return int(others * share / (1 - share))

    async def call(
        self,
        method: Callable[Arguments, Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Awaits a method of the store, which runs on its thread; after a failure none is tried."""

        def work() -> Result:
            if self.failure:
                raise self.failure
            try:
                return method(*args, **kwargs)
            except Exception as error:
                self.failure = error
                raise

        try:
            return await asyncio.get_running_loop().run_in_executor(self.thread, work)
        except Exception as error:
            stop(self.crawler, CLOSE_REASON, str(error))
            raise

    async def spider_opened(self, spider: Spider) -> None:
        """Notes the run."""
        self.run_id = await self.call(self.store.begin, spider.name, clock.now())

    async def spider_closed(self, reason: str) -> None:
        """Notes its end."""
        if not self.failure:
            await self.call(self.store.end, self.run_id, reason, clock.now())

    def engine_stopped(self) -> None:
        """Closes the archive, when nothing can ask for it any more."""
        self.thread.shutdown()
        try:
            self.store.close()
        except GuanchaError as error:
            assert self.crawler.stats is not None
            self.crawler.stats.set_value(REASON, CLOSE_REASON)
            logger.error("%s", error)
