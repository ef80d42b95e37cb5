"""What a crawl will ask of the site, in words, before it begins."""

from datetime import timedelta

from guancha.arguments import ArticlesArguments
from guancha.sections import LINKS_A_PAGE, PAGES_A_LISTING, Section

LONG = 1000
"""Articles; a run of as many deserves a word on how to make it shorter."""


def words(arguments: ArticlesArguments, delay: float) -> str:
    """How many requests a run may need at the most, and how long that takes at ``delay`` seconds each.

    >>> words(ArticlesArguments.parse({"sections": "CaiJing", "pages": "2", "related": "0"}), 1.0)
    'expecting up to 2 pages of listings and 100 articles: 102 requests, 0:01:42 at 1 s each'
    """
    if arguments.urls:
        return (
            f"expecting one request, at {delay:g} s each, for each article of {arguments.urls[:80]}"
        )
    listings = sum(_pages(section, arguments) for section in arguments.sections)
    articles = listings * LINKS_A_PAGE
    near = "" if arguments.related == 0 else ", besides the articles related to those"
    if arguments.limit:
        articles, near = min(articles, arguments.limit), ""
    requests = listings + articles
    duration = timedelta(seconds=round(requests * delay))
    said = (
        f"expecting up to {listings} pages of listings and {articles} articles: "
        f"{requests} requests, {duration} at {delay:g} s each{near}"
    )
    return said + (
        "" if articles < LONG else "; pages=, since=, related=0 or limit= make it shorter"
    )


def _pages(section: Section, arguments: ArticlesArguments) -> int:
    if section.addresses[0].further is None:
        return 1
    return arguments.pages if isinstance(arguments.pages, int) else PAGES_A_LISTING
