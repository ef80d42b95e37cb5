"""``scrapy crawl``: as Scrapy's own, with wrong arguments told apart from a run that failed."""

import argparse
import logging
from asyncio import Future

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from guancha import clock
from guancha.exceptions import ArgumentError, GuanchaError
from guancha.extensions.stop import REASON

logger = logging.getLogger(__name__)


class Command(ScrapyCrawl):
    """Exits 0 for a run that went through, 1 for one that did not, 2 for wrong use."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("expected the name of one spider")
        assert self.crawler_process is not None
        try:
            crawler = self._create_crawler(args[0])
            crawler.spidercls(**opts.spargs)
            clock.start()
        except KeyError as error:
            raise UsageError(f"no spider of that name: {args[0]!r}", print_help=False) from error
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from error
        task = self.crawler_process.crawl(crawler, **opts.spargs)
        assert isinstance(task, Future)
        task.add_done_callback(_tell)
        self.crawler_process.start()
        if not task.done():
            # Ended at the second Ctrl-C.
            self.exitcode = 1
        elif isinstance(task.exception(), ArgumentError):
            self.exitcode = 2
        else:
            self.exitcode = int(self.crawler_process.bootstrap_failed or _failed(crawler))


def _tell(task: Future[None]) -> None:
    """Says why a run could not begin: in words where it is no fault of the program."""
    error = None if task.cancelled() else task.exception()
    if error:
        logger.error("%s", error, exc_info=None if isinstance(error, GuanchaError) else error)


def _failed(crawler: Crawler) -> bool:
    """Whether a run did not go through, or met only pages that it could not read."""
    assert crawler.stats is not None
    stats = crawler.stats.get_stats()
    if stats.get("finish_reason") != "finished" or REASON in stats:
        return True
    if any(name.startswith("spider_exceptions") for name in stats):
        return True
    if stats.get("commit/visit") or stats.get("commit/sighting"):
        return False
    kinds = ("outcome/error", "outcome/layout", "outcome/challenge", "listings_without_articles")
    return any(stats.get(f"commit/{kind}") for kind in kinds)
