"""One article per id and one outcome per URL and run, under whatever slug, host or page."""

from scrapy.exceptions import DropItem

from guancha.items import Item, Outcome, PostVisit, Sighting, Snapshot, Thread, Visit


class Deduplicate:
    """Drops the second copy within a run."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, str]] = set()

    def process_item(self, item: Item) -> Item:
        key = _key(item)
        if key is None:
            return item
        if key in self.seen:
            raise DropItem(f"again in this run: {key}", log_level="DEBUG")
        self.seen.add(key)
        return item


def _key(item: Item) -> tuple[str, str] | None:
    """None where the archive tells by itself what it has."""
    match item:
        case Visit():
            return "article", item.article.article_id
        case Sighting():
            return "article", item.article_id
        case Outcome():
            return item.kind, item.url
        case PostVisit():
            return "post", item.post.post_id
        case Thread() | Snapshot():
            return None
