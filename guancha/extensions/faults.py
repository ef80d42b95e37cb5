"""Counts what went wrong unforeseen: every exception that reached the log, wherever it was caught."""

import logging
import threading
from typing import Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector


class Faults:
    """Scrapy logs what a callback, a handler of a signal or a pipeline raises, and goes on."""

    def __init__(self, crawler: Crawler) -> None:
        assert crawler.stats is not None
        # For good: what is told behind the verdict counts for the exit code still.
        logging.getLogger().addHandler(_Counting(crawler.stats))
        threading.excepthook = _tell

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)


def _tell(fault: threading.ExceptHookArgs) -> None:
    """What a thread raises that nobody waits for: Python itself writes it beside the log."""
    if fault.exc_value:
        logging.getLogger(__name__).error("a fault in a thread", exc_info=fault.exc_value)


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
