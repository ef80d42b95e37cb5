"""Writes articles and outcomes to the data directory as they come."""

from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro

from guancha.exceptions import DataDirectoryError
from guancha.items import Article, Outcome
from guancha.jsonlines import Stream

CLOSE_REASON = "export_failed"


class Export:
    """Appends each item to the stream of its kind; a stream that can't be written ends the run."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.streams: dict[type, Stream] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def open_spider(self) -> None:
        root = Path(self.crawler.settings["DATA_DIR"])
        self.streams = {Article: Stream(root / "articles"), Outcome: Stream(root / "outcomes")}

    def process_item(self, item: Article | Outcome) -> Article | Outcome:
        assert self.crawler.stats is not None
        assert self.crawler.engine is not None
        try:
            self.streams[type(item)].append(item)
        except DataDirectoryError:
            self.crawler.stats.inc_value("export/errors")
            closing = self.crawler.engine.close_spider_async(reason=CLOSE_REASON)
            deferred_from_coro(closing)
            raise
        kind = "articles" if isinstance(item, Article) else f"outcomes/{item.kind}"
        self.crawler.stats.inc_value(f"export/{kind}")
        return item

    def close_spider(self) -> None:
        for stream in self.streams.values():
            stream.close()
