"""Obeys what the site says about pace: Crawl-delay, Retry-After, and 403 or 429."""

import logging
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.defer import deferred_from_coro

from guancha import clock

logger = logging.getLogger(__name__)

REFUSALS = frozenset({403, 429})
MAX_DELAY = 600.0
"""Seconds. A site that asks for a longer pause is left alone: the run stops."""
CLOSE_REASON = "refused_by_site"


class Politeness:
    """Slows the slot of a host down as its answers ask, and closes the spider when it keeps refusing."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.refusals = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(extension.response_downloaded, signal=signals.response_downloaded)
        return extension

    def robots_parsed(self, robotparser: RobotParser) -> None:
        """Makes Crawl-delay the floor of the pace of every host; Scrapy itself ignores it."""
        asked = robotparser.crawl_delay(self.crawler.settings["ROBOTSTXT_USER_AGENT"])
        throttle = self.crawler.get_extension(AutoThrottle)
        if not asked:
            return
        logger.info("robots.txt asks for %g s between requests", asked)
        if throttle is not None:
            throttle.mindelay = max(throttle.mindelay, asked)
            throttle.maxdelay = max(throttle.maxdelay, asked)
        for slot in self._slots().values():
            slot.delay = max(slot.delay, asked)

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Slows down after a refusal, and stops after too many in a row."""
        wait = retry_after(response)
        if response.status not in REFUSALS and not wait:
            self.refusals = 0
            return
        self._slow_down(request, response, wait)
        self.refusals += response.status in REFUSALS
        if self.refusals >= self.crawler.settings.getint("REFUSALS_TO_STOP") or wait > MAX_DELAY:
            self._stop(wait)

    def _slow_down(self, request: Request, response: Response, wait: float) -> None:
        slot = self._slots().get(request.meta.get("download_slot", ""))
        if slot is None:
            return
        slot.delay = min(max(slot.delay * 2, wait), MAX_DELAY)
        said = "%s answered %d: now %.0f s between requests"
        logger.warning(said, request.url, response.status, slot.delay)

    def _stop(self, wait: float) -> None:
        said = "stopping: refused %d times in a row, last asked to wait %.0f s"
        logger.error(said, self.refusals, wait)
        assert self.crawler.engine is not None
        deferred_from_coro(self.crawler.engine.close_spider_async(reason=CLOSE_REASON))

    def _slots(self) -> dict[str, Slot]:
        assert self.crawler.engine is not None
        return self.crawler.engine.downloader.slots


def retry_after(response: Response) -> float:
    """Seconds that the answer's Retry-After asks to wait, as number or date; 0 without one."""
    raw = response.headers.get("Retry-After")
    if raw is None:
        return 0.0
    printed = raw.decode("latin-1").strip()
    if printed.isascii() and printed.isdigit():
        return float(printed[:9])
    try:
        moment = parsedate_to_datetime(printed)
    except ValueError:
        return 0.0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - clock.now()).total_seconds())
