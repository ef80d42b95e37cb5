"""What a crawl will ask of the site, in words, before it begins."""

from datetime import timedelta

from guancha.arguments import ArticlesArguments
from guancha.sections import LINKS_A_PAGE, PAGES_A_LISTING, Section


def words(arguments: ArticlesArguments, delay: float) -> str:
    """How many requests a run may need at the most, and how long that takes at ``delay`` seconds each.

    >>> words(ArticlesArguments.parse({"sections": "CaiJing", "pages": "2"}), 1.0)
    'expecting up to 2 listing pages and 100 articles: 102 requests, 0:01:42 at 1 s each'
    """
    listings = sum(_pages(section, arguments) for section in arguments.sections)
    articles = listings * LINKS_A_PAGE
    if arguments.limit:
        articles = min(articles, arguments.limit)
    requests = listings + articles
    duration = timedelta(seconds=round(requests * delay))
    said = (
        f"expecting up to {listings} listing pages and {articles} articles: "
        f"{requests} requests, {duration} at {delay:g} s each"
    )
    return said + ("" if articles < 1000 else "; pages=, since= or limit= make it shorter")


def _pages(section: Section, arguments: ArticlesArguments) -> int:
    if section.addresses[0].further is None:
        return 1
    return arguments.pages if isinstance(arguments.pages, int) else PAGES_A_LISTING
