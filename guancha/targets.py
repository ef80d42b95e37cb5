"""An article to ask for, and how it was found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Self

from guancha import urls
from guancha.items import Article
from guancha.pages.listing import Entry
from guancha.urls import ArticleUrl


@dataclass(frozen=True, slots=True)
class Target:
    """One article, known by its first page."""

    article: ArticleUrl
    list_title: str | None = None
    """The anchor text by which a listing announced it."""
    hops: int = 0
    """How many links to related articles lie between it and a listing."""
    moved: bool = False
    """Whether the site has sent us on to this address."""

    def moved_to(self, article: ArticleUrl) -> Self:
        """The same article at the address that the site sent us to."""
        return replace(self, article=article, moved=True)


def listed(entries: Iterable[Entry]) -> Iterator[Target]:
    """The targets that a listing names."""
    return (Target(entry.article.first, entry.title) for entry in entries)


def related(article: Article, hops: int) -> Iterator[Target]:
    """The targets beside an article that itself is ``hops`` away from a listing."""
    return (Target(urls.article(entry.url).first, hops=hops + 1) for entry in article.related)
