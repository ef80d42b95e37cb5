"""The articles whose comments are asked for."""

import logging
from collections.abc import AsyncIterator, Sequence
from itertools import islice

from scrapy.statscollectors import StatsCollector

from guancha import clock, seeds
from guancha.arguments.comments import MOST_ARTICLES, CommentsArguments, article_id
from guancha.extensions.storage import Storage
from guancha.store import threads
from guancha.store.scope import Scope
from guancha.store.threads import WantedThread
from guancha.tally import count_links

logger = logging.getLogger(__name__)

BATCH = 100
ANY_HOPS = 1_000_000
"""However an article was found."""


async def wanted(
    arguments: CommentsArguments, storage: Storage, stats: StatsCollector
) -> AsyncIterator[WantedThread]:
    """Those that can be asked for, in order; the others are counted and logged."""
    named = await _ids(arguments, storage)
    if not named:
        logger.warning(
            "no article of these days is in the archive: scrapy crawl articles finds some"
        )
    ids = iter(named)
    while batch := list(islice(ids, BATCH)):
        found = await storage.read(threads.wanted, batch)
        there = {each.article_id for each in found}
        _tell(stats, "not_in_the_archive", [each for each in batch if each not in there])
        _tell(stats, "no_doc_id", [each.article_id for each in found if not each.doc_id])
        for each in found:
            if each.doc_id:
                yield each


async def _ids(arguments: CommentsArguments, storage: Storage) -> Sequence[str]:
    if arguments.articles:
        named = seeds.read(arguments.articles, article_id, argument="articles")
        return list(islice(dict.fromkeys(named), arguments.limit))
    since, until = arguments.first_day(clock.now().date()), arguments.until
    scope = Scope(
        since.isoformat() if since else None,
        until.isoformat() if until else None,
        ANY_HOPS,
        arguments.sections or None,
    )
    return await storage.read(threads.discussed, scope, arguments.limit or MOST_ARTICLES)


def _tell(stats: StatsCollector, reason: str, ids: Sequence[str]) -> None:
    if ids:
        count_links(stats, {reason: len(ids)})
        logger.warning("%s: no comments of %s", reason, ", ".join(ids))
