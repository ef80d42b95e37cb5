"""Spider arguments: typed, validated, unknown names refused with the list of known ones."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

from guancha import sections, urls
from guancha.exceptions import ArgumentError, UrlError
from guancha.sections import SECTIONS, Section
from guancha.urls import is_slug

Pages = int | Literal["new", "all"]


def _error(name: str, value: str, expected: str) -> ArgumentError:
    return ArgumentError(f"spider argument {name!r}: expected {expected}, got {value!r}")


def _sections(name: str, value: str) -> tuple[Section, ...]:
    slugs = [slug.strip() for slug in value.split(",") if slug.strip()]
    wrong = [slug for slug in slugs if not is_slug(slug)]
    if wrong or not slugs:
        known = ", ".join(section.slug for section in SECTIONS)
        expected = f"slugs of sections ({known}) or of authors, parted by commas"
        raise _error(name, wrong[0] if wrong else value, expected)
    return tuple(sections.section(slug) for slug in dict.fromkeys(slugs))


def _pages(name: str, value: str) -> Pages:
    if value in ("new", "all"):
        return value  # type: ignore[return-value]
    return _number(name, value, least=1, expected="a number of listing pages, 'new' or 'all'")


def _number(name: str, value: str, *, least: int, expected: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 9 and int(value) >= least):
        raise _error(name, value, expected)
    return int(value)


def parse_day(value: str) -> date | None:
    """The day that ``YYYY-MM-DD`` names, None for anything else: Python reads other forms as well."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day.isoformat() == value else None


def _date(name: str, value: str) -> date:
    day = parse_day(value)
    if day is None:
        raise _error(name, value, "YYYY-MM-DD")
    return day


def _related(name: str, value: str) -> int:
    return _number(name, value, least=0, expected="a number of hops, 0 or more")


def _limit(name: str, value: str) -> int:
    return _number(name, value, least=1, expected="a number of articles, 1 or more")


def _recheck(name: str, value: str) -> timedelta | None:
    match = re.fullmatch(r"([0-9]{1,4})([dh])|0", value)
    if value == "all" or match is None:
        if value != "all":
            raise _error(name, value, "a duration such as 3d or 12h, 0, or 'all'")
        return None
    number = int(match[1] or 0)
    return timedelta(hours=number) if match[2] == "h" else timedelta(days=number)


def _urls(name: str, value: str) -> str:
    path = Path(value[1:])
    if value.startswith("@") and not path.is_file():
        raise _error(name, value, "@ and the name of a file that is there")
    if not value.startswith("@"):
        for url in filter(None, map(str.strip, value.split(","))):
            try:
                urls.article(urls.absolute(url))
            except UrlError as error:
                raise _error(name, url, "URLs of articles parted by commas, or @FILE") from error
    if not value.strip(" ,"):
        raise _error(name, value, "URLs of articles parted by commas, or @FILE")
    return value


_PARSERS: dict[str, Callable[[str, str], Any]] = {
    "sections": _sections,
    "pages": _pages,
    "since": _date,
    "until": _date,
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
        unknown = sorted(set(given) - set(_PARSERS))
        if unknown:
            known = ", ".join(_PARSERS)
            raise ArgumentError(f"unknown spider argument {unknown[0]!r}: known are {known}")
        values = {name: _PARSERS[name](name, value) for name, value in given.items()}
        if "urls" in given:
            for name in {"sections", "pages", "related"}.intersection(given):
                raise _error(name, given[name], "nothing: with urls= nothing else is crawled")
            values |= {"sections": (), "related": 0}
        arguments = cls(**values)
        if arguments.since and arguments.until and arguments.since > arguments.until:
            raise _error("since", given["since"], f"a day not after until={given['until']}")
        return arguments
