"""What ``scrapy crawl comments`` takes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from guancha.arguments.articles import read_article, read_sections
from guancha.arguments.reading import (
    Pages,
    Parser,
    day,
    flag,
    named,
    number,
    pages,
    read,
    refuse_reversed,
    wrong,
)

RECENT = timedelta(days=3)
"""Age of the articles whose comments are asked for where nothing is named."""
MOST_ARTICLES = 100
"""So many of them, likewise."""


def article_id(printed: str) -> str:
    """The id that an id or the URL of an article gives; raises UrlError for anything else.

    >>> article_id("516891"), article_id("https://www.guancha.cn/x/2019_09_07_516891.shtml?s=zwytt")
    ('516891', '516891')
    """
    is_id = re.fullmatch(r"[0-9]{1,12}", printed)
    return printed if is_id else read_article(printed).article_id


def _articles(name: str, value: str) -> str:
    return named(name, value, article_id, "ids or URLs of articles")


def _slugs(name: str, value: str) -> tuple[str, ...]:
    return tuple(section.slug for section in read_sections(name, value))


def _limit(name: str, value: str) -> int:
    return number(name, value, least=1, expected="a number of articles, 1 or more")


def _source(name: str, value: str) -> str:
    if value not in ("json", "page"):
        raise wrong(name, value, "json or page")
    return value


_PARSERS: dict[str, Parser] = {
    "articles": _articles,
    "sections": _slugs,
    "since": day,
    "until": day,
    "limit": _limit,
    "pages": pages,
    "hot": flag,
    "source": _source,
}


@dataclass(frozen=True)
class CommentsArguments:
    """What ``scrapy crawl comments -a NAME=VALUE`` takes."""

    articles: str | None = None
    """These articles of the archive and no others: ids or URLs parted by commas, or @FILE with one a line."""
    sections: tuple[str, ...] = ()
    """Slugs of the listings that named the articles; none: all."""
    since: date | None = None
    """Oldest day wanted, inclusive, of the URLs of articles; without any of these three days ago."""
    until: date | None = None
    """Newest day wanted, inclusive, likewise."""
    limit: int | None = None
    """At most this many articles, the most discussed first; 100 unless they are named."""
    pages: Pages = "new"
    """Pages of each thread: a number, ``new`` (as long as a page names something new) or ``all``."""
    hot: bool = True
    """Whether the hot comments are walked as well: only then each is marked."""
    source: Literal["json", "page"] = "json"
    """``json``, or ``page``: as a browser shows the article's page."""

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> "CommentsArguments":
        """Reads the arguments as given on the command line; raises ArgumentError for a wrong one."""
        arguments = cls(**read(_PARSERS, given))
        if arguments.articles:
            for name in ("sections", "since", "until"):
                if name in given:
                    expected = "nothing: with articles= no others are asked for"
                    raise wrong(name, given[name], expected)
        refuse_reversed(arguments.since, arguments.until, given)
        return arguments

    def first_day(self, today: date) -> date | None:
        """The oldest day wanted."""
        return self.since or (None if self.until else today - RECENT)
