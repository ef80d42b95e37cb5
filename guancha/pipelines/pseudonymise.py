"""Puts pseudonyms in place of readers' ids and names, before anything is stored or exported."""

from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler

from guancha import urls
from guancha.extensions.storage import Storage
from guancha.items import Comment, Item, Link, Outcome, Post, PostVisit, Snapshot, Thread, Visit
from guancha.store.readers import Readers
from guancha.store.states import ERASED

FORGOTTEN = "readers/forgotten"
"""The stat that counts what was left out for readers who are forgotten."""


class Pseudonymise:
    """Leaves out what forgotten readers have written, and their numbers out of addresses."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.is_plain = crawler.settings.getbool("READERS_PLAIN")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Item) -> Item:
        match item:
            case Thread():
                hidden = [self._comment(comment) for comment in item.comments]
                item = replace(item, comments=[each for each in hidden if each])
            case PostVisit():
                post = self._post(item.post)
                item = replace(item, post=post) if post else _erased(item.post)
        return item if self.is_plain else without_numbers(item)

    def _comment(self, comment: Comment) -> Comment | None:
        names = self._names(comment.reader_id, comment.reader_name)
        return names and replace(comment, reader_id=names[0], reader_name=names[1])

    def _post(self, post: Post) -> Post | None:
        names = self._names(post.author_id, post.author_name)
        return names and replace(post, author_id=names[0], author_name=names[1])

    def _names(self, number: str | None, name: str | None) -> tuple[str | None, str | None] | None:
        """Id and name as they are stored; None for a reader who is forgotten."""
        readers = self._readers
        hidden = (
            readers.pseudonyms.of("id", number) if number else None,
            readers.pseudonyms.of("name", name) if name else None,
        )
        # A name tells who it is only where there is no number: anybody may take it later.
        if (hidden[0] or hidden[1]) in readers.forgotten:
            assert self.crawler.stats is not None
            self.crawler.stats.inc_value(FORGOTTEN)
            return None
        return (number, name) if self.is_plain else hidden

    @property
    def _readers(self) -> Readers:
        storage = self.crawler.get_extension(Storage)
        assert storage is not None
        return storage.readers


def _erased(post: Post) -> Outcome:
    """What the archive has to know of a post whose writer is forgotten."""
    return Outcome(
        stream="posts",
        post_id=post.post_id,
        url=post.url,
        kind=ERASED,
        date_crawled=post.date_crawled,
    )


def without_numbers(item: Item) -> Item:
    """The same without readers' numbers in addresses."""
    match item:
        case Visit():
            return replace(item, article=replace(item.article, links=_links(item.article.links)))
        case PostVisit():
            return replace(item, post=replace(item.post, links=_links(item.post.links)))
        case Snapshot():
            entries = [replace(e, url=urls.without_reader(e.url)) for e in item.headlines]
            return replace(item, headlines=entries)
        case Outcome():
            target, detail = (v and urls.without_reader(v) for v in (item.target_url, item.detail))
            url = urls.without_reader(item.url)
            return replace(item, url=url, target_url=target, detail=detail)
        case _:
            return item


def _links(links: list[Link]) -> list[Link]:
    return [replace(link, url=urls.without_reader(link.url)) for link in links]
