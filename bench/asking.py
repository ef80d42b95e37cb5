"""What a crawl asks of a filled archive: the links of listing pages, and answers for articles."""

from collections.abc import Iterable
from datetime import timedelta
from random import Random

from bench.filled import CRAWLING, address, day
from guancha.clock import stamp
from guancha.items import Visit
from guancha.targets import Target
from guancha.urls import article
from tests.store.conftest import NOW
from tests.store.records import visit

LETTERS = 600
CHANCE = Random(1)  # noqa: S311


def pages(count: int, number: int, links: int) -> dict[str, list[list[Target]]]:
    """So many listing pages of known articles, of unknown ones, and of both; ``count`` are known."""
    new = iter(range(count + 1, 10 * count))

    def page(unknown: int) -> list[Target]:
        known = CHANCE.sample(range(1, count + 1), links - unknown)
        numbers = [*known, *(next(new) for _ in range(unknown))]
        return [Target(article(address(n, day(min(n, count), count)))) for n in numbers]

    shares = {"known": 0, "unknown": links, "mixed": links // 2}
    return {name: [page(unknown) for _ in range(number)] for name, unknown in shares.items()}


def visits(targets: Iterable[Target], page: str) -> list[Visit]:
    """An answer for each of the articles, with a text of its own."""
    found = []
    for target in targets:
        body = "".join(chr(CHANCE.randrange(0x4E00, 0x9FA5)) for _ in range(LETTERS))
        where = {"url": target.article.canonical, "date": target.article.date}
        found.append(visit(int(target.article.article_id), body, page, **where))
    return found


def seen_at(count: int, number: int) -> list[tuple[str, str]]:
    """Where a look at all that is known may stand: when an article was seen, and its id."""
    ago = [timedelta(days=CHANCE.randint(2, CRAWLING)) for _ in range(number)]
    return [(stamp(NOW - each), str(CHANCE.randint(1, count))) for each in ago]
