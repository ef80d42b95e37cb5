"""Counts what went wrong unforeseen: every exception that reached the log, wherever it was caught."""

import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector


class Faults:
    """Scrapy logs what a callback, a handler of a signal or a pipeline raises, and goes on."""

    def __init__(self, crawler: Crawler) -> None:
        assert crawler.stats is not None
        self.handler = _Counting(crawler.stats)
        logging.getLogger().addHandler(self.handler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        faults = cls(crawler)
        crawler.signals.connect(faults.engine_stopped, signal=signals.engine_stopped)
        return faults

    def engine_stopped(self) -> None:
        logging.getLogger().removeHandler(self.handler)


class _Counting(logging.Handler):
    """Sees errors with their exception, and whatever is critical: Twisted tells those of nobody so."""

    def __init__(self, stats: StatsCollector) -> None:
        super().__init__(logging.ERROR)
        self.stats = stats

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0] if record.exc_info else None
        if kind is not None:
            self.stats.inc_value(f"faults/{kind.__name__}")
        elif record.levelno >= logging.CRITICAL:
            self.stats.inc_value("faults/unhandled")
