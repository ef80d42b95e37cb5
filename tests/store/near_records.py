"""Invented and real articles for the near-duplicates, and an archive that has them."""

import random
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, event, insert

from guancha.items import Article
from guancha.jsonlines import line
from guancha.likeness import keys, letters
from guancha.store import near
from guancha.store.schema import articles, lines, near_keys
from tests.store.records import article
from tests.test_likeness import real_texts

CHANCE = random.Random("near")


def invented(size: int) -> str:
    """A text of its own."""
    return "".join(chr(CHANCE.randrange(0x4E00, 0x9FA5)) for _ in range(size))


def read(number: int, text: str, **fields: Any) -> Article:
    text_hash = sha256("".join(text.split()).encode()).hexdigest()
    return article(number, text, text_hash=text_hash, **fields)


def add(connection: Connection, *found: Article, state: str = "alive") -> None:
    """Puts articles into the archive, as a commit does."""
    rows, added, known = [], [], []
    for record in found:
        content = line(record)
        ours = {"article_id": record.article_id, "revision": record.revision}
        place = {"stream": "articles", "day": record.article_id, "offset": record.revision}
        added.append({**ours, **place, "content": content})
        rows.append(
            {**ours, "state": state, "url": record.url, "date": record.date, "hops": 0, "tries": 0}
            | {"text_hash": record.text_hash, "published": record.date_published or record.date}
        )
        known += [{"article_id": record.article_id, "key": key} for key in keys(record.text)]
    connection.execute(insert(articles), rows)
    connection.execute(insert(lines), added)
    if known:
        connection.execute(insert(near_keys), known)


def at(hour: int) -> dict[str, str]:
    return {"date_published": f"2026-10-04T{hour:02}:00:00+08:00"}


def with_boilerplate(connection: Connection, size: int) -> str:
    """Fills the archive with articles of which the first half is the same; returns that half."""
    half = invented(300)
    add(connection, *(read(10**6 + n, half + invented(300), **at(9)) for n in range(size)))
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE")
    return half


def alike_in_part(share: float, opening: float) -> list[Article]:
    """The beginnings of 38 real articles in one boilerplate; the share ``opening`` of it stands in front."""
    source, *texts = (letters(text) for text in real_texts())
    same = source[: round(1000 * share / (1 - share))]
    begin, end = same[: round(len(same) * opening)], same[round(len(same) * opening) :]
    return [read(n, begin + text[:1000] + end, **at(9)) for n, text in enumerate(texts, 1)]


def plan(connection: Connection, record: Article) -> list[str]:
    """The steps by which the database looks up what is like an article."""
    sent: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, given: Any, *_more: object) -> None:
        sent.append((statement, given))

    event.listen(connection, "before_cursor_execute", note)
    near.earliest(connection, record)
    event.remove(connection, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    return [
        str(row[-1])
        for statement, given in sent
        for row in connection.exec_driver_sql(f"{explain} {statement}", given)
    ]
