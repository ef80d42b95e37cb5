"""Writes articles and outcomes to the data directory as they come."""

from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from guancha.extensions.stop import stop
from guancha.items import Article, Outcome
from guancha.jsonlines import Stream

CLOSE_REASON = "export_failed"


class Export:
    """Appends each item to the stream of its kind; an item that could not be written ends the run."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.streams: dict[type, Stream] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        export = cls(crawler)
        crawler.signals.connect(export.item_error, signal=signals.item_error)
        return export

    def open_spider(self) -> None:
        root = Path(self.crawler.settings["DATA_DIR"])
        self.streams = {Article: Stream(root / "articles"), Outcome: Stream(root / "outcomes")}

    def process_item(self, item: Article | Outcome) -> Article | Outcome:
        assert self.crawler.stats is not None
        self.streams[type(item)].append(item)
        kind = "articles" if isinstance(item, Article) else f"outcomes/{item.kind}"
        self.crawler.stats.inc_value(f"export/{kind}")
        if item.article_id is None:
            self.crawler.stats.inc_value("export/listings_without_articles")
        return item

    def item_error(self, failure: Failure) -> None:
        """Whatever keeps an item from its file, the disk or a fault of ours: the run must not look well."""
        stop(self.crawler, CLOSE_REASON, failure.getErrorMessage())

    def close_spider(self) -> None:
        for stream in self.streams.values():
            stream.close()
