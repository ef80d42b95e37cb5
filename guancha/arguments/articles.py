"""What ``scrapy crawl articles`` takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from guancha import sections, urls
from guancha.arguments.reading import (
    Pages,
    Parser,
    age,
    day,
    named,
    number,
    pages,
    read,
    refuse_reversed,
    wrong,
)
from guancha.sections import SECTIONS, Section
from guancha.urls import ArticleUrl, is_slug


def read_article(printed: str) -> ArticleUrl:
    """The article that a URL as printed leads to; raises UrlError for anything else."""
    return urls.article(urls.absolute(printed))


def read_sections(name: str, value: str) -> tuple[Section, ...]:
    """Slugs of sections or authors, parted by commas."""
    slugs = [slug.strip() for slug in value.split(",") if slug.strip()]
    refused = [slug for slug in slugs if not is_slug(slug)]
    if refused or not slugs:
        known = ", ".join(section.slug for section in SECTIONS)
        expected = f"slugs of sections ({known}) or of authors, parted by commas"
        raise wrong(name, refused[0] if refused else value, expected)
    return tuple(sections.section(slug) for slug in dict.fromkeys(slugs))


def _related(name: str, value: str) -> int:
    return number(name, value, least=0, expected="a number of hops, 0 or more")


def _limit(name: str, value: str) -> int:
    return number(name, value, least=1, expected="a number of articles, 1 or more")


def _recheck(name: str, value: str) -> timedelta | None:
    found = age(value)
    if found is None and value != "all":
        raise wrong(name, value, "a duration such as 3d or 12h, 0, or 'all'")
    return found


def _urls(name: str, value: str) -> str:
    return named(name, value, read_article, "URLs of articles")


_PARSERS: dict[str, Parser] = {
    "sections": read_sections,
    "pages": pages,
    "since": day,
    "until": day,
    "related": _related,
    "limit": _limit,
    "recheck": _recheck,
    "urls": _urls,
}


@dataclass(frozen=True)
class ArticlesArguments:
    """What ``scrapy crawl articles -a NAME=VALUE`` takes."""

    sections: tuple[Section, ...] = SECTIONS
    """Listings to walk, by slug; all of the table by default, an author's only when named."""
    pages: Pages = "new"
    """Pages of each listing: a number, ``new`` (as long as a page offers something new) or ``all``."""
    since: date | None = None
    """Oldest day wanted, inclusive, judged by the date in an article's URL before it is asked for."""
    until: date | None = None
    """Newest day wanted, inclusive, likewise."""
    related: int = 1
    """Hops along links to related articles, from what a listing offers."""
    limit: int | None = None
    """At most this many articles are asked for."""
    recheck: timedelta | None = timedelta(days=3)
    """Age up to which known articles are looked at again: ``3d``, ``12h``, ``0`` or ``all`` (None)."""
    urls: str | None = None
    """These articles and nothing else: URLs parted by commas, or @FILE with one URL or CDX entry a line."""

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> "ArticlesArguments":
        """Reads the arguments as given on the command line; raises ArgumentError for a wrong one."""
        values = read(_PARSERS, given)
        if "urls" in given:
            for name in {"sections", "pages", "related"}.intersection(given):
                raise wrong(name, given[name], "nothing: with urls= nothing else is crawled")
            values |= {"sections": (), "related": 0}
        arguments = cls(**values)
        refuse_reversed(arguments.since, arguments.until, given)
        return arguments
