"""An article to ask for, and how it was found."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from guancha import urls
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
    origin: str | None = None
    """Slug of the listing that led to it; None for one that the user named."""
    asked: ArticleUrl | None = None
    """The address that we asked for, where the site has sent us on to this one."""

    @property
    def first_asked(self) -> ArticleUrl:
        """The address that we asked for before the site sent us on."""
        return self.asked or self.article

    def moved_to(self, article: ArticleUrl) -> Self:
        """The same article at the address that the site sent us to."""
        return replace(self, article=article, asked=self.article)


def listed(entries: Iterable[Entry], origin: str) -> list[Target]:
    """The targets that the listing of a slug names."""
    return [Target(entry.article.first, entry.title, origin=origin) for entry in entries]


def beside(urls_of: Iterable[str], near: Target) -> list[Target]:
    """The targets beside an article, by their canonical URLs."""
    return [
        Target(urls.article(url).first, hops=near.hops + 1, origin=near.origin) for url in urls_of
    ]
