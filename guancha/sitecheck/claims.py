"""The table of claims, in the order in which they are checked: data, no code."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from guancha.sitecheck import articles, edges, listings, readers
from guancha.sitecheck.findings import Asking
from guancha.sitecheck.known import Known


@dataclass(frozen=True)
class Claim:
    """Something that is reported of the site, and how it is checked."""

    key: str
    """Its name for programs."""
    name: str
    """What it says, in plain words."""
    most: int
    """Requests that it takes, at the most."""
    check: Callable[[Known], Asking]
    is_vital: bool = False
    """Whether the site is left alone where this is refused or not answered."""


CLAIMS = (
    Claim(
        "robots",
        "robots.txt lets us in, but not to /Search/ and /df888/",
        1,
        edges.robots,
        is_vital=True,
    ),
    Claim("home", "The home page has its index of letters", 1, listings.home, is_vital=True),
    Claim(
        "section",
        "A section is listed page by page",
        3,
        partial(listings.paged, slug="CaiJing"),
    ),
    Claim(
        "numbered",
        "/slug/list_N.shtml lists page by page",
        2,
        partial(listings.paged, slug="mainnews-yw"),
    ),
    Claim("behind", "A page behind the last leads home", 1, listings.behind),
    Claim("unknown", "An unknown listing leads home", 1, listings.unknown),
    Claim("article", "An article is read whole", articles.TRIES, articles.article),
    Claim("other_slug", "Any slug leads to the same article", 1, articles.other_slug),
    Claim("wrong_date", "A wrong date leads home", 1, articles.wrong_date),
    Claim("full_text", "A split article has a full text page", 1, articles.full_text),
    Claim("single", "One that is not split has none", 1, articles.single),
    Claim("box", "The hot list of the home page is JSON", 1, readers.box),
    Claim("comments", "An article's comments are JSON", 1, readers.comments),
    Claim("posts", "The list of readers' posts names posts", 1, readers.posts),
    Claim("mobile", "m.guancha.cn serves the same article", 1, articles.mobile),
    Claim("plain", "No answer was a challenge", 0, edges.plain),
)
HOSTS = 3
"""Hosts that are asked: www, user and m; of each, Scrapy asks for its robots.txt besides."""
MOST_REQUESTS = HOSTS + sum(claim.most for claim in CLAIMS)
