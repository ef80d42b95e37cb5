"""Obeys what the site says about pace: Crawl-delay, Retry-After, and 403, 429 or 503."""

import logging
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Self

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from guancha import clock, urls
from guancha.extensions.patience import REFUSED
from guancha.extensions.stop import stop

logger = logging.getLogger(__name__)

SLOWING = frozenset({403, 429, 503})
MAX_PACE = 60.0
"""Seconds between requests, at the most, where the site refuses without a word on how long."""
MAX_WAIT = 600.0
"""Seconds. A site that asks for a longer pause is left alone: the run stops."""
TICK = 0.0001
"""Seconds. A slot without any delay does not look at when its last request was sent."""


class Politeness:
    """Sets the pace of each host's slot as its answers ask.

    It comes after AutoThrottle, which adapts the pace to the site's latency, and has the last word.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.floor = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self.raised: dict[str, float] = {}
        """Slot -> seconds between requests, where a refusal has slowed it down."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        connect = crawler.signals.connect
        connect(extension.robots_parsed, signal=signals.robots_parsed)
        connect(extension.request_reached_downloader, signal=signals.request_reached_downloader)
        connect(extension.response_downloaded, signal=signals.response_downloaded)
        return extension

    def robots_parsed(self, robotparser: RobotParser) -> None:
        """Makes Crawl-delay the floor of the pace of every host; Scrapy itself ignores it."""
        asked = robotparser.crawl_delay(self.crawler.settings["ROBOTSTXT_USER_AGENT"]) or 0.0
        if asked > MAX_WAIT:
            stop(self.crawler, REFUSED, f"robots.txt asks for {asked:g} s between requests")
        elif asked > self.floor:
            logger.info("robots.txt asks for %g s between requests", asked)
            self.floor = asked

    def request_reached_downloader(self, request: Request) -> None:
        """Holds the floor in a slot that is new, or was before robots.txt was read."""
        slot = self._slot(request)
        slot.delay = max(slot.delay, self.floor)

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Slows a host down that refuses, and lets it recover step by step when it no longer does."""
        wait = retry_after(response)
        if wait > MAX_WAIT:
            stop(self.crawler, REFUSED, f"{_shown(response)} asks for a pause of {wait:.0f} s")
            return
        if wait or response.status in SLOWING:
            self._slow_down(request, response, wait)
        elif request.meta["download_slot"] in self.raised:
            self._recover(request)
        slot = self._slot(request)
        slot.delay = max(slot.delay, self.floor)

    def _slow_down(self, request: Request, response: Response, wait: float) -> None:
        slot = self._slot(request)
        factor = 2 if response.status in SLOWING else 1
        pace = min(max(slot.delay * factor, self.floor, TICK), max(MAX_PACE, self.floor))
        self.raised[request.meta["download_slot"]] = slot.delay = pace
        # The slot waits for its delay from when its last request was sent, and the site from when it
        # answered. Unlike the delay, this moment is set anew by the next request: the pause is made once.
        slot.lastseen += max(0.0, request.meta.get("download_latency", 0.0) + wait - pace)
        said = "%s answered %d: waiting for %.3g s, then %.3g s between requests"
        logger.warning(said, _shown(response), response.status, max(wait, pace), pace)

    def _recover(self, request: Request) -> None:
        name = request.meta["download_slot"]
        pace = self.raised.pop(name) / 2
        if pace > max(self.floor, TICK):
            self.raised[name] = pace
        self._slot(request).delay = pace if name in self.raised else self.floor

    def _slot(self, request: Request) -> Slot:
        assert self.crawler.engine is not None
        return self.crawler.engine.downloader.slots[request.meta["download_slot"]]


def _shown(response: Response) -> str:
    """Where it came from, for the log and the ledger, in which no reader's number may stand."""
    return urls.without_reader(response.url)


def retry_after(response: Response) -> float:
    """Seconds that the answer's Retry-After asks to wait, as number or date; 0 without a usable one."""
    raw = response.headers.get("Retry-After") or b""
    printed = raw.decode("latin-1").strip()
    if printed.isascii() and printed.isdigit():
        return float(printed)
    try:
        moment = parsedate_to_datetime(printed)
    except (ValueError, OverflowError):
        return 0.0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - clock.now()).total_seconds())
