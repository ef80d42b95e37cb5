"""Ends a run before its time, in one way and with a reason."""

import logging

from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro

logger = logging.getLogger(__name__)

REASON, WHY = "stopped/reason", "stopped/why"
"""The stats that say why: in one word, and in words."""


def stop(crawler: Crawler, reason: str, why: str) -> None:
    """Closes the spider with ``reason`` as the run's ``finish_reason``; later calls change nothing."""
    assert crawler.engine is not None
    assert crawler.stats is not None
    if is_stopping(crawler):
        return
    crawler.stats.set_value(REASON, reason)
    crawler.stats.set_value(WHY, why)
    logger.error("stopping, %s: %s", reason, why)
    deferred_from_coro(crawler.engine.close_spider_async(reason=reason))


def is_stopping(crawler: Crawler) -> bool:
    """Whether the run was told to stop; what is under way in the engine still reaches middlewares then."""
    assert crawler.stats is not None
    return crawler.stats.get_value(REASON) is not None
