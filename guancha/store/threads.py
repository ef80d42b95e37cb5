"""Threads of comments: how much is said below an article, and whose comments to ask for."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from guancha import urls
from guancha.exceptions import StoreError
from guancha.items import Thread
from guancha.store import comments
from guancha.store.outcomes import clear
from guancha.store.schema import articles, lines, threads
from guancha.store.scope import Scope
from guancha.store.states import ALIVE
from guancha.store.transaction import Transaction

MOST_COMMENTS = 2**31
"""A database keeps no count as large, nor has any article as many."""


@dataclass(frozen=True)
class WantedThread:
    """An article whose comments may be asked for."""

    article_id: str
    url: str
    doc_id: str | None
    """None where its newest record has none."""
    is_whole: bool
    """Whether the last walk had all of them."""


def commit(transaction: Transaction, thread: Thread) -> None:
    """Takes some comments of an article in, and the counts that came with them."""
    if counts := thread.counts:
        transaction.write(counts)
        if counts.comments == "open":
            clear(transaction, urls.comments(counts.doc_id))
        looked = {"checked": transaction.stamp, "is_whole": thread.is_whole}
        number = counts.comment_count
        some = {} if number is None or number >= MOST_COMMENTS else {"comment_count": number}
        row = {"article_id": thread.article_id, "comment_count": 0} | looked | some
        _put(transaction.connection, [row], [*looked, *some])
    elif thread.is_whole:
        same = threads.c.article_id == thread.article_id
        transaction.connection.execute(update(threads).where(same).values(is_whole=True))
    comments.take(transaction, thread.comments)


def note(connection: Connection, counts: Iterable[tuple[str | None, int | None]]) -> None:
    """Notes how many comments articles have, as some page shows them beside their links."""
    shown = {
        article_id: number
        for article_id, number in counts
        if article_id and number is not None and number < MOST_COMMENTS
    }
    # In one order: two that write at the same time must not wait for each other.
    rows = [
        {"article_id": article_id, "comment_count": number, "is_whole": False}
        for article_id, number in sorted(shown.items())
    ]
    _put(connection, rows, ["comment_count"])


def discussed(connection: Connection, scope: Scope, limit: int | None) -> list[str]:
    """Ids of living articles in scope, the most discussed first, then the newest."""
    query = (
        select(articles.c.article_id)
        .join_from(articles, threads, threads.c.article_id == articles.c.article_id, isouter=True)
        .where(articles.c.state == ALIVE, scope.condition())
        .order_by(
            threads.c.comment_count.desc().nulls_last(),
            articles.c.published.desc().nulls_last(),
            articles.c.article_id.desc(),
        )
    )
    return list(connection.scalars(query.limit(limit)))


def wanted(connection: Connection, ids: Sequence[str]) -> list[WantedThread]:
    """The threads of those of the articles that have a record, in the order of the ids."""
    query = (
        select(articles.c.article_id, articles.c.url, threads.c.is_whole, lines.c.content)
        .join_from(
            articles,
            lines,
            (lines.c.article_id == articles.c.article_id)
            & (lines.c.revision == articles.c.revision),
        )
        .join(threads, threads.c.article_id == articles.c.article_id, isouter=True)
        .where(articles.c.article_id.in_(ids), lines.c.stream == "articles")
    )
    found = {row.article_id: row for row in connection.execute(query)}
    return [
        WantedThread(each, row.url, _doc_id(row.content), bool(row.is_whole))
        for each in ids
        if (row := found.get(each))
    ]


def _put(connection: Connection, rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> None:
    """Adds rows of threads, or changes these columns of those that are there."""
    if rows:
        connection.execute(_put_statement(connection.dialect.name, tuple(names)), list(rows))


@cache
def _put_statement(dialect: str, names: tuple[str, ...]) -> Any:
    added = (postgresql if dialect == "postgresql" else sqlite).insert(threads)
    changed = {name: added.excluded[name] for name in names}
    return added.on_conflict_do_update(index_elements=[threads.c.article_id], set_=changed)


def _doc_id(content: bytes) -> str | None:
    """The key of comments of a record; it becomes part of an address."""
    try:
        record = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise StoreError(f"the store holds a line that is no JSON: {content[:80]!r}") from error
    found = str(record.get("doc_id")) if isinstance(record, dict) else ""
    return found if found.isascii() and found.isdigit() and len(found) <= 16 else None
