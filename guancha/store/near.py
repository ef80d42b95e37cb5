"""Finds the near-duplicates of an article by indexed keys, and keeps the keys."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
)

from guancha.exceptions import StoreError
from guancha.items import Article
from guancha.likeness import MOST_KEYS, are_near, keys, letters, passages
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
        if is_before and are_near(ours, passages(_text(row))):
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
    given = dict(zip_longest(_KEYS, sorted(keys(article.text))))
    given |= {"article_id": article.article_id, "text_hash": article.text_hash}
    return connection.execute(_query(), given | {"published": _published(article)}).all()


@cache
def _query() -> Select[Any]:
    """Made once: to put as many parts together takes longer than to have them answered."""
    best = _best().subquery()
    # Lines of other streams have no revision.
    newest = (lines.c.article_id == best.c.article_id) & (lines.c.revision == articles.c.revision)
    is_before = articles.c.published <= bindparam("published")
    return (
        select(articles.c.article_id, articles.c.published, lines.c.content)
        .join_from(best, articles, articles.c.article_id == best.c.article_id)
        .join(lines, newest)
        .where(articles.c.state.in_((ALIVE, DELETED)), is_before)
        .order_by(articles.c.published, articles.c.article_id)
    )


def _best() -> Select[Any]:
    """The ids of those that share most with an article; a key counts the more, the fewer have it.

    With mere counts, thousands that share a boilerplate would hide the one that shares the rest as well.
    """
    shared = union_all(*(select(rows.subquery()) for rows in _sharing())).subquery()
    weight = 1.0 / func.count().over(partition_by=shared.c.key)
    weighed = select(shared.c.article_id, weight.label("weight")).subquery()
    return (
        select(weighed.c.article_id)
        .where(weighed.c.article_id != bindparam("article_id"))
        .group_by(weighed.c.article_id)
        .order_by(func.sum(weighed.c.weight).desc(), weighed.c.article_id)
        .limit(CANDIDATES)
    )


def _sharing() -> Iterator[Select[Any]]:
    """For each key some articles that have it, and some whose text is equal, for a text without keys."""
    for name in _KEYS:
        has = select(near_keys.c.key, near_keys.c.article_id).where(
            near_keys.c.key == bindparam(name)
        )
        # In the order of the index: low ids are old articles.
        yield has.order_by(near_keys.c.article_id).limit(ROWS)
    equal = articles.c.text_hash == bindparam("text_hash")
    no_key = literal(_EQUAL, BigInteger).label("key")
    yield select(no_key, articles.c.article_id).where(equal).limit(ROWS)


def _published(article: Article) -> str:
    return article.date_published or article.date_modified or article.date


def _text(row: Row[Any]) -> str:
    """Without reading all of the line, of which most is related articles."""
    text = _TEXT.search(row.content)
    try:
        return str(json.loads(text[1] if text else b""))
    except ValueError as error:
        raise StoreError(f"the store: the line of {row.article_id} can't be read") from error
