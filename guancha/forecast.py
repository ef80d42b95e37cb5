"""What a crawl will ask of the site, in words, before it begins."""

import logging
from collections.abc import Iterator
from datetime import timedelta

from guancha.arguments.articles import ArticlesArguments
from guancha.sections import LINKS_A_PAGE, PAGES_A_LISTING, Section, is_known, resembling

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


def remarks(arguments: ArticlesArguments, contact: str | None) -> Iterator[tuple[int, str]]:
    """Levels of logging and sentences: what somebody may not have meant.

    >>> for _, said in remarks(ArticlesArguments.parse({"sections": "CaiJng"}), "me@example.org"):
    ...     print(said)
    the site can write to me@example.org (GUANCHA_CONTACT)
    no section 'CaiJng' in the table: taken for an author or a topic; did you mean CaiJing?
    """
    yield logging.INFO if contact else logging.WARNING, reach(contact)
    for section in arguments.sections:
        if not is_known(section.slug):
            said = f"no section {section.slug!r} in the table: taken for an author or a topic"
            similar = ", ".join(resembling(section.slug))
            if similar:
                yield logging.WARNING, f"{said}; did you mean {similar}?"
            else:
                yield logging.INFO, said


def reach(contact: str | None) -> str:
    """Whether the site can write to the operator, in words."""
    if contact:
        return f"the site can write to {contact} (GUANCHA_CONTACT)"
    return "the site can't write to you: set GUANCHA_CONTACT to your e-mail address"


def _pages(section: Section, arguments: ArticlesArguments) -> int:
    if section.addresses[0].further is None:
        return 1
    return arguments.pages if isinstance(arguments.pages, int) else PAGES_A_LISTING
