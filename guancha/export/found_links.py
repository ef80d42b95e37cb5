"""Which addresses are known, and what became of the articles behind them."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import RowMapping, Select, func, select

from guancha import urls
from guancha.store.schema import articles, links
from guancha.store.states import ERASED


@dataclass(frozen=True)
class FoundLink:
    """One address under which an article was found; an article may have several."""

    url: str
    """Canonical URL."""
    article_id: str
    """The article behind it."""
    section: str | None
    """First path segment of ``url``, decoded; a section or an author."""
    date: str
    """The day in the article's URL, ``YYYY-MM-DD``."""
    date_found: str
    """When this address was found."""
    state: str
    """Of the article: pending, alive, deleted; or, never seen alive: stub, gone, offsite or failed."""
    hops: int
    """Links between the article and a listing; 0 for one that a listing names."""
    origin: str | None
    """Slug of the listing that named the article last; null for none."""
    list_title: str | None
    """The anchor text by which a listing first announced the article; null where no listing did."""
    tries: int
    """Failures in a row to get the article."""
    revision: int
    """Of the article's newest record; 0 while there is none."""
    date_first_crawled: str | None
    """When the site first answered for the article; null while it has not."""
    date_checked: str | None
    """When it last did; null likewise."""
    date_next_check: str | None
    """From when on another look is worth a request; null before the first."""
    gone: int
    """Answers in a row, some time apart, that nothing is at this address."""
    date_gone: str | None
    """When the last of them was counted; null without one."""

    @classmethod
    def read(cls, row: RowMapping) -> "FoundLink":
        """From a row of :func:`found_links`."""
        parts = urls.find_article(row["url"])
        known = {name: value for name, value in row.items() if name != "day"}
        return cls(section=parts.slug if parts else None, **known)

    @property
    def line(self) -> bytes:
        """As one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False).encode() + b"\n"


def found_links() -> Select[Any]:
    """The fields of :class:`FoundLink` but its section, and ``day``, on which it was found; by URL."""
    return (
        select(
            func.substr(links.c.found, 1, 10).label("day"),
            links.c.url,
            links.c.article_id,
            articles.c.date,
            links.c.found.label("date_found"),
            *(articles.c[name] for name in "state hops origin list_title tries revision".split()),
            articles.c.first_crawled.label("date_first_crawled"),
            articles.c.checked.label("date_checked"),
            articles.c.next_check.label("date_next_check"),
            links.c.gone,
            links.c.gone_at.label("date_gone"),
        )
        .join_from(links, articles, links.c.article_id == articles.c.article_id)
        .where(articles.c.state != ERASED)
        .order_by(links.c.url)
    )
