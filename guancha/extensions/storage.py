"""The archive of a run: opened before its first request, used on one thread."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar

from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from sqlalchemy import Connection

from guancha import clock
from guancha.exceptions import BatchError, GuanchaError
from guancha.extensions.options import read_number, read_share
from guancha.extensions.stop import stop
from guancha.items import Item
from guancha.store.known import Sample
from guancha.store.readers import Readers
from guancha.store.runs import Begun
from guancha.store.store import Store
from guancha.store.transaction import Transaction
from guancha.streams import WITH_READERS, WRITERS

CLOSE_REASON = "archive_failed"
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
logger = logging.getLogger(__name__)


@dataclass(eq=False)
class Waiting:
    """An item that waits for its commit."""

    item: Item
    done: Transaction | None = None
    """What it did; None as well where the answer to the commit was lost."""


class Storage:
    """Whatever fails in the archive ends the run: what is committed is safe."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        settings = crawler.settings
        self.max_tries = read_number(settings, "MAX_TRIES", least=1)
        self.patience = read_number(settings, "STORE_PATIENCE", least=0)
        self.most_queued = read_number(settings, "MOST_QUEUED", least=1)
        self.recheck_share = read_share(settings, "RECHECK_SHARE")
        most = read_number(settings, "AUDIT_MOST", least=0)
        self.sample = Sample(read_share(settings, "AUDIT_SHARE"), most)
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self.run_id = 0
        self._store: Store | None = None
        self._is_broken = False
        # Filled on one thread and emptied on another: only by steps that can't be interrupted.
        self._waiting: list[Waiting] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def open(self, arguments: Mapping[str, str]) -> None:
        """Opens the archive and notes the run, with what the user gave.

        Not before a spider asks: ``scrapy shell`` needs none.
        """
        assert self.crawler.spider is not None
        settings = self.crawler.settings
        url, root = settings["STORE_URL"], Path(settings["DATA_DIR"])
        name = self.crawler.spider.name
        self._store = await self._run(
            lambda: Store(url, root, self.max_tries, self.patience, WRITERS[name])
        )
        self.begun = Begun(name, arguments, settings["JOB"])
        self.run_id = await self.call(Store.begin, self.begun, clock.now())
        if name in WITH_READERS:
            self.readers: Readers = await self.call(Store.readers)

    @property
    def is_crowded(self) -> bool:
        """Whether so many requests are in memory that more should wait in the archive."""
        waiting = self._stat("scheduler/enqueued") - self._stat("scheduler/dequeued")
        return waiting >= self.most_queued

    @property
    def recheck_limit(self) -> int:
        """How many requests of this run may still go to articles known already."""
        others = self._stat("downloader/request_count")
        return int(others * self.recheck_share / (1 - self.recheck_share))

    async def call(
        self,
        method: Callable[Concatenate[Store, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Awaits a method of the store, which runs on its thread.

        Raises CloseSpider where it fails, and ever after: nothing may be tried on what has failed.
        """
        assert self._store is not None
        store = self._store
        return await self._run(lambda: method(store, *args, **kwargs))

    async def commit(self, item: Item) -> Transaction | None:
        """Awaits the commit of an item, in one transaction with the others that wait by then.

        Raises as ``call`` does, for this item alone: those before it are safe.
        """
        waiting = Waiting(item)
        self._waiting.append(waiting)
        await self.call(self._commit, waiting)
        return waiting.done

    def _commit(self, store: Store, mine: Waiting) -> None:
        """On the store's thread, once for each item; the first takes all that wait along."""
        if mine not in self._waiting:
            return
        # The first of them is ours: they are committed in the order in which they came.
        all_of_them = self._waiting[:]
        try:
            _take(store, all_of_them)
        except BatchError:
            all_of_them = [mine]
            _take(store, all_of_them)
        del self._waiting[: len(all_of_them)]

    async def read(
        self,
        query: Callable[Concatenate[Connection, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Awaits a query of the store's room, such as ``posts.pending``; raises as ``call`` does."""
        return await self.call(lambda store: store.read(query, *args, **kwargs))

    async def finish(self, work: Callable[[Store], Result]) -> Result | None:
        """Does the last work on the archive, which may have failed before, and closes it.

        Returns what the work does, or None where no archive was opened. Raises GuanchaError, in words.
        """
        loop = asyncio.get_running_loop()
        try:
            if self._store:
                return await loop.run_in_executor(self.thread, work, self._store)
        finally:
            self.thread.shutdown()
            if self._store:
                self._store.close()
        return None

    def _stat(self, name: str) -> int:
        assert self.crawler.stats is not None
        value: int = self.crawler.stats.get_value(name, 0)
        return value

    async def _run(self, work: Callable[[], Result]) -> Result:
        def once() -> Result:
            if self._is_broken:
                raise CloseSpider(CLOSE_REASON)
            try:
                return work()
            except BaseException:
                # On this thread: what waits behind it must not begin.
                self._is_broken = True
                raise

        try:
            return await asyncio.get_running_loop().run_in_executor(self.thread, once)
        except CloseSpider:
            raise
        except Exception as error:
            # Of any kind: a fault of ours leaves the archive behind the run as well.
            if not isinstance(error, GuanchaError):
                logger.error("a fault of the program", exc_info=error)
            stop(self.crawler, CLOSE_REASON, str(error))
            raise CloseSpider(CLOSE_REASON) from error


def _take(store: Store, waiting: Sequence[Waiting]) -> None:
    done = store.commit_all([each.item for each in waiting], clock.now())
    for each, transaction in zip(waiting, done or (), strict=False):
        each.done = transaction
