"""Archives of any number of invented articles, made by bulk inserts: some 150 a day, the newest of today."""

import json
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, insert, text

from guancha import EXTRACTOR_VERSION
from guancha.clock import stamp
from guancha.store.schema import articles, files, lines, links, listed
from guancha.store.states import ALIVE, DELETED, PENDING
from tests.store.conftest import NOW

A_DAY, CRAWLING = 150, 365
"""Articles that the site publishes in a day; days over which the archive was filled."""
MORE_LINKS, SUSPECTS = 5, 2_000
"""Every so manieth article has a second address; of every so manieth an address was gone."""
SLUG, OTHER = "CaiJing", "economy"
BATCH = 10_000
KEYS = {
    "sqlite": """
        INSERT INTO near_keys
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :keys)
        SELECT i * :step + abs(random()) % :step, abs(random()) % :articles || '' FROM n""",
    "postgresql": """
        INSERT INTO near_keys
        SELECT i * :step + floor(random() * :step)::bigint, floor(random() * :articles)::bigint::text
        FROM generate_series(0, :keys - 1) AS n(i)""",
}
"""Of chance, in the order of the tree: in any other, a database is busy for hours."""
Row = dict[str, Any]


def day(number: int, count: int) -> str:
    """``YYYY-MM-DD`` of the article of that number, of so many."""
    return f"{NOW - timedelta(days=(count - number) // A_DAY):%Y-%m-%d}"


def address(number: int, day: str, slug: str = SLUG) -> str:
    """The canonical URL of an article."""
    return f"https://www.guancha.cn/{slug}/{day.replace('-', '_')}_{number}.shtml"


def fill(connection: Connection, count: int, content: int, keys: int) -> None:
    """Adds so many known articles, each with a line of ``content`` bytes and ``keys`` near-keys."""
    _insert(connection, articles, (_known(n, count) for n in range(1, count + 1)))
    _insert(connection, links, _links(count))
    _insert(connection, listed, ({"slug": SLUG, "article_id": str(n)} for n in range(1, count + 1)))
    size = Sizes()
    _insert(connection, lines, (size.line(n, count, content) for n in range(1, count + 1)))
    known = {"stream": "articles", "is_stale": False}
    _insert(connection, files, ({**known, "day": d, "size": s} for d, s in size.of.items()))
    rows = {"keys": keys * count, "step": 2**63 // (keys * count or 1), "articles": count}
    connection.execute(text(KEYS[connection.dialect.name]), rows)


def fill_waiting(connection: Connection, count: int) -> None:
    """Adds so many articles that wait."""
    _insert(connection, articles, (_row(n, count, state=PENDING) for n in range(1, count + 1)))
    _insert(connection, links, _links(count))


class Sizes:
    """The files, as they grow."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def line(self, number: int, count: int, content: int) -> Row:
        """The row of the line of an article, crawled in the order of the numbers."""
        line = json.dumps({"article_id": str(number), "text": "x" * (content - 40)}) + "\n"
        crawled = f"{NOW - timedelta(days=1 + (count - number) * CRAWLING // count):%Y-%m-%d}"
        offset = self.of.get(crawled, 0)
        self.of[crawled] = offset + len(line)
        place = {"stream": "articles", "day": crawled, "offset": offset}
        return {**place, "article_id": str(number), "revision": 1, "content": line.encode()}


def _row(number: int, count: int, **known: Any) -> Row:
    published = day(number, count)
    return {
        "article_id": str(number),
        "url": address(number, published),
        "date": published,
        "origin": SLUG,
        "hops": number % 4 // 3,
        "tries": 0,
        "list_title": f"第{number}篇文章的标题",
        "revision": 0,
        **known,
    }


def _known(number: int, count: int) -> Row:
    """Had at some time of the last year; looked at again a day later by now, but for the newest."""
    had = NOW - timedelta(days=1 + (count - number) * CRAWLING / count)
    digest = f"{number:064x}"
    return _row(
        number,
        count,
        state=DELETED if number % 100 == 0 else ALIVE,
        published=f"{day(number, count)}T08:00:00+08:00",
        first_crawled=stamp(had),
        checked=stamp(had),
        next_check=stamp(had + timedelta(days=1)),
        etag=f'"{number:016x}"',
        revision=1,
        is_complete=True,
        text_hash=digest,
        page_hash=digest,
        extractor_version=EXTRACTOR_VERSION,
    )


def _links(count: int) -> Iterator[Row]:
    for number in range(1, count + 1):
        published, gone = day(number, count), int(number % SUSPECTS == 1)
        known = {"article_id": str(number), "found": stamp(NOW), "gone": gone}
        yield {"url": address(number, published), **known}
        if number % MORE_LINKS == 0:
            yield {"url": address(number, published, OTHER), **known}


def _insert(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        connection.execute(insert(table), batch)
