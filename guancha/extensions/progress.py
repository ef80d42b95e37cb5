"""Tells how far a run has come: live on a terminal, elsewhere in a line of JSON a minute."""

import json
import logging
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from guancha import clock
from guancha.extensions.options import read_seconds
from guancha.extensions.standing import Rate, Standing, standing

if TYPE_CHECKING:
    from guancha.extensions.display import Display

logger = logging.getLogger(__name__)

FRAME = 0.25
"""Seconds from one picture on a terminal to the next."""


class Progress:
    """Where standard error is a terminal that can draw, that shows a live display.

    Elsewhere one JSON object is logged at INFO each PROGRESS_INTERVAL seconds, and at the end of the run.
    Its keys are the fields of :class:`~guancha.extensions.standing.Standing`. Without that setting there is
    neither: only ``scrapy crawl`` sets it, for others print what they fetch on the same terminal.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.interval = read_seconds(crawler.settings, "PROGRESS_INTERVAL")
        if not self.interval:
            raise NotConfigured
        self.rate = Rate()
        self.display: Display | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        progress = cls(crawler)
        crawler.signals.connect(progress.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(progress.spider_closed, signal=signals.spider_closed)
        return progress

    def spider_opened(self) -> None:
        if sys.stderr and sys.stderr.isatty():
            self.display = _display()
        self.standing()
        self.task = create_looping_call(self.tell)
        self.task.start(FRAME if self.display else self.interval, now=self.display is not None)

    def spider_closed(self) -> None:
        self.task.stop()
        self.tell()
        if self.display:
            self.display.close()

    def tell(self) -> None:
        """Shows or logs where the run stands."""
        now = self.standing()
        if self.display:
            self.display.show(now)
        else:
            logger.info("%s", json.dumps(asdict(now), ensure_ascii=False))

    def standing(self) -> Standing:
        """Where the run stands."""
        assert self.crawler.stats is not None
        stats, elapsed = self.crawler.stats.get_stats(), clock.uptime()
        rate = self.rate.note(elapsed, stats.get("downloader/request_count", 0))
        return standing(stats, elapsed, rate)


def _display() -> "Display | None":
    # Both are loaded where they are needed: the one draws, the other must not come before Scrapy's choice.
    from twisted.internet import reactor

    from guancha.extensions.display import Display

    if display := Display.begin():
        # At the second Ctrl-C nobody is told that the spider is closed. Zope's interfaces have no self.
        after = ("after", "shutdown", display.close)
        reactor.addSystemEventTrigger(*after)  # type: ignore[arg-type]
    return display
