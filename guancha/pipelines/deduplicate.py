"""One article per id and one outcome per URL and run, under whatever slug, host or page."""

from scrapy.exceptions import DropItem

from guancha.items import Article, Outcome


class Deduplicate:
    """Drops the second copy within a run."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, str]] = set()

    def process_item(self, item: Article | Outcome) -> Article | Outcome:
        key = ("article", item.article_id) if isinstance(item, Article) else (item.kind, item.url)
        if key in self.seen:
            raise DropItem(f"again in this run: {key}", log_level="DEBUG")
        self.seen.add(key)
        return item
