"""Finds the near-duplicates of an article by indexed keys, and keeps the keys."""

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import zip_longest
from math import fsum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    insert,
    literal,
    or_,
    select,
    union_all,
)

from guancha.exceptions import StoreError
from guancha.items import Article
from guancha.likeness import MOST_KEYS, is_near, keys, letters, passages
from guancha.store.schema import articles, lines, near_keys
from guancha.store.states import ALIVE, DELETED

SENTENCE = 30
"""Letters and digits below which even an equal text says nothing: a word of thanks, a picture's source."""
ROWS = 50
"""Articles looked at for one key, so that no boilerplate is slow, however many share it."""
CANDIDATES = 30
"""Articles whose texts are compared with a new one."""
_ADD = insert(near_keys)
_KEYS = [f"key_{number}" for number in range(MOST_KEYS)]
# No key of a text is negative.
_EQUAL = -1
# The first key of that name in a line is the record's own: those of links come behind it.
_TEXT = re.compile(rb'"text": ("[^"\\]*(?:\\.[^"\\]*)*")')


def earliest(connection: Connection, article: Article) -> str | None:
    """The id of the earliest near-duplicate that was published before ``article``; None without one.

    Earlier is the smaller (date_published or date_modified or date, article_id). Articles that are erased
    don't count. Raises StoreError for a line of another article that can't be read.
    """
    if len(letters(article.text)) < SENTENCE:
        return None
    ours, moment = passages(article.text), (_published(article), article.article_id)
    for row in candidates(connection, article):
        is_before = (row.published, row.article_id) < moment
        if is_before and is_near(ours, _text(row)):
            return str(row.article_id)
    return None


def note(connection: Connection, article: Article, before: str | None) -> None:
    """Keeps the keys of an article; ``before`` is the text of the revision that it replaces, if any."""
    now = keys(article.text)
    if before is not None:
        old = sorted(now | keys(before))
        same = near_keys.c.article_id == article.article_id
        connection.execute(delete(near_keys).where(same, near_keys.c.key.in_(old)))
    if now:
        rows = [{"key": key, "article_id": article.article_id} for key in sorted(now)]
        connection.execute(_ADD, rows)


def candidates(connection: Connection, article: Article) -> Sequence[Row[Any]]:
    """Articles that may be like ``article`` and were there before it, with their lines; earliest first."""
    best = _best(connection, article)
    known = {"ids": best, "published": _published(article)}
    return connection.execute(_lines(), known).all() if best else ()


def _best(connection: Connection, article: Article) -> list[str]:
    """The ids of those that share most with an article; a key counts the more, the fewer have it.

    With mere counts, thousands that share a boilerplate would hide the one that shares the rest as well.
    """
    shared, weights = defaultdict[int, list[str]](list), defaultdict[str, list[float]](list)
    given = dict(zip_longest(_KEYS, sorted(keys(article.text)))) | {"text_hash": article.text_hash}
    for key, article_id in connection.execute(_sharing(), given):
        shared[key].append(article_id)
    for ids in shared.values():
        for article_id in ids:
            weights[article_id].append(1 / len(ids))
    weights.pop(article.article_id, None)
    return sorted(weights, key=lambda each: (-fsum(weights[each]), each))[:CANDIDATES]


@cache
def _sharing() -> CompoundSelect[Any]:
    """For each key some articles that have it, and some whose text is equal, for a text without keys.

    Made once: to put as many parts together takes longer than to have them answered.
    """
    # In the order of the index: low ids are old articles.
    by_key = [
        select(near_keys.c.key, near_keys.c.article_id)
        .where(near_keys.c.key == bindparam(name))
        .order_by(near_keys.c.article_id)
        .limit(ROWS)
        for name in _KEYS
    ]
    no_key = literal(_EQUAL, BigInteger).label("key")
    equal = articles.c.text_hash == bindparam("text_hash")
    by_text = select(no_key, articles.c.article_id).where(equal).limit(ROWS)
    return union_all(*(select(some.subquery()) for some in (*by_key, by_text)))


@cache
def _lines() -> Select[Any]:
    # Lines of other streams have no revision.
    newest = (lines.c.article_id == articles.c.article_id) & (
        lines.c.revision == articles.c.revision
    )
    return (
        select(articles.c.article_id, articles.c.published, lines.c.content)
        .join(lines, newest)
        .where(
            articles.c.article_id.in_(bindparam("ids", expanding=True)),
            or_(articles.c.state == ALIVE, articles.c.state == DELETED),
            articles.c.published <= bindparam("published"),
        )
        .order_by(articles.c.published, articles.c.article_id)
    )


def _published(article: Article) -> str:
    return article.date_published or article.date_modified or article.date


def _text(row: Row[Any]) -> str:
    """Without reading all of the line, of which most is related articles."""
    text = _TEXT.search(row.content)
    try:
        return str(json.loads(text[1] if text else b""))
    except ValueError as error:
        raise StoreError(f"the store: the line of {row.article_id} can't be read") from error
