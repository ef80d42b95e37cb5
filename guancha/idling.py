"""When a run has nothing under way."""

from scrapy import signals
from scrapy.crawler import Crawler


async def idle(crawler: Crawler) -> None:
    """Waits until nothing is under way, and all that was found has been asked for."""
    assert crawler.engine is not None
    downloader, scraper = crawler.engine.downloader, crawler.engine.scraper
    while downloader.active or not (scraper.slot and scraper.slot.is_idle()):
        await crawler.signals.wait_for(signals.scheduler_empty)
