"""``scrapy crawl``: as Scrapy's own, but its exit code tells what became of the run."""

import argparse
import gc
import logging
from asyncio import Future
from typing import Any, ClassVar

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from guancha import clock
from guancha.commands._output import flush
from guancha.exceptions import ArgumentError, GuanchaError
from guancha.extensions import scrapy_log
from guancha.extensions.ending import VERDICT
from guancha.verdict.reasons import DEGRADED, FAILED, OK

EXIT_CODES = {OK: 0, FAILED: 1, DEGRADED: 3}
logger = logging.getLogger(__name__)


class Command(ScrapyCrawl):
    """Exits 0 for a run that did its job, 3 for a degraded one, 1 for a failed one, 2 for wrong use."""

    default_settings: ClassVar[dict[str, Any]] = {"PROGRESS_INTERVAL": 60}

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        quiet = "log nothing but errors, and show no progress; what -L and -s say comes first"
        parser.add_argument("-q", "--quiet", action="store_true", help=quiet)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.quiet:
            assert self.settings is not None
            # Before -L and -s are read: of the same priority, they replace it.
            quiet = {"LOG_LEVEL": "ERROR", "PROGRESS_INTERVAL": 0}
            self.settings.setdict(quiet, priority="cmdline")
        scrapy_log.arrange()
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("expected the name of one spider")
        assert self.crawler_process is not None
        assert self.settings is not None
        if job := opts.spargs.pop("_job", None):
            # By scrapyd, to each spider.
            self.settings.set("JOB", job, "cmdline")
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
        # What is loaded by now stays, and a page is a thousand objects: by default Python looks for garbage
        # several times a page, each time among all of them.
        gc.freeze()
        gc.set_threshold(10_000)
        try:
            self.crawler_process.start()
        except SystemExit:
            # Whoever raised it: the verdict decides, and there may be none.
            logger.error("ended by an exit in the midst of it")
        if not task.done():
            # Ended at the second Ctrl-C.
            self.exitcode = 1
        elif isinstance(task.exception(), ArgumentError):
            self.exitcode = 2
        else:
            self.exitcode = _exit_code(crawler)
        flush()


def _exit_code(crawler: Crawler) -> int:
    """By the verdict; but a fault that reached the log behind it is one as well."""
    assert crawler.stats is not None
    stats = crawler.stats.get_stats()
    has_faults = any(name.startswith("faults/") for name in stats)
    return EXIT_CODES[FAILED if has_faults else stats.get(VERDICT, FAILED)]


def _tell(task: Future[None]) -> None:
    """Says why a run could not begin: in words where it is no fault of the program."""
    error = None if task.cancelled() else task.exception()
    if error:
        logger.error("%s", error, exc_info=None if isinstance(error, GuanchaError) else error)
