"""What ``scrapy crawl posts`` takes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from guancha import urls
from guancha.arguments.reading import Pages, Parser, age, flag, named, number, pages, read, wrong
from guancha.exceptions import UrlError

ORDERS = {
    "newest": 2,
    "replied": 1,
    "hot24h": 3,
    "hot3d": 6,
    "hot7d": 7,
    "hot3m": 8,
    "columns": 5,
}
"""How the list of all posts may be ordered -> the site's number for it."""
NEWEST = "newest"
_ID = re.compile(r"[1-9][0-9]{0,11}")


def read_post(printed: str) -> str:
    """The number of a post, given as such or as its URL; raises UrlError for anything else.

    >>> read_post("170204"), read_post("//user.guancha.cn/main/content?id=170204&s=x")
    ('170204', '170204')
    """
    found = printed if _ID.fullmatch(printed) else urls.find_post(urls.absolute(printed))
    if found is None:
        raise UrlError(f"not a reader's post of {urls.DOMAIN}: {printed[:200]!r}")
    return found


def _order(name: str, value: str) -> str:
    if value not in ORDERS:
        raise wrong(name, value, f"one of {', '.join(ORDERS)}")
    return value


def _numbers(name: str, value: str) -> tuple[str, ...]:
    found = [each.strip() for each in value.split(",") if each.strip()]
    refused = [each for each in found if not _ID.fullmatch(each)]
    if refused or not found:
        raise wrong(name, refused[0] if refused else value, "numbers parted by commas")
    return tuple(dict.fromkeys(found))


def _urls(name: str, value: str) -> str:
    return named(name, value, read_post, "URLs or numbers of posts")


def _limit(name: str, value: str) -> int:
    return number(name, value, least=1, expected="a number of posts, 1 or more")


def _recheck(name: str, value: str) -> timedelta:
    found = age(value)
    if found is None:
        raise wrong(name, value, "a duration such as 3d or 12h, or 0")
    return found


_PARSERS: dict[str, Parser] = {
    "order": _order,
    "pages": pages,
    "topics": _numbers,
    "authors": _numbers,
    "urls": _urls,
    "stubs": flag,
    "limit": _limit,
    "recheck": _recheck,
}


@dataclass(frozen=True)
class PostsArguments:
    """What ``scrapy crawl posts -a NAME=VALUE`` takes."""

    order: str | None = NEWEST
    """Order of the list of all posts; None where it is not walked: others are named, and no order is given."""
    pages: Pages = "new"
    """Pages of each list: a number, ``new`` (as long as a page offers something new) or ``all``."""
    topics: tuple[str, ...] = ()
    """Numbers of topics: their lists are walked, by the newest."""
    authors: tuple[str, ...] = ()
    """Numbers of readers: their lists are walked."""
    urls: str | None = None
    """These posts: URLs or numbers parted by commas, or @FILE with one a line."""
    stubs: bool = False
    """The posts that stubs of the archive lead to, as far as they were never had."""
    limit: int | None = None
    """At most this many posts are asked for."""
    recheck: timedelta = timedelta(0)
    """Posts that were first had no longer ago are looked at again: ``3d``, ``12h`` or ``0``."""

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> "PostsArguments":
        """Reads the arguments as given on the command line; raises ArgumentError for a wrong one."""
        values = read(_PARSERS, given)
        if any(values.get(name) for name in ("topics", "authors", "urls", "stubs")):
            values.setdefault("order", None)
        return cls(**values)

    def kept(self, given: Mapping[str, str]) -> dict[str, str]:
        """What was given as the ledger may keep it: without a reader's number."""
        number = len(self.authors)
        return {**given, **({"authors": f"{number} of them"} if number else {})}
