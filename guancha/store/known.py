"""Known articles that deserve another look: suspects, young ones, and a sample of the old."""

from datetime import datetime, timedelta
from itertools import islice
from math import ceil
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from guancha.clock import stamp
from guancha.store.found import Wanted, target, validators
from guancha.store.schema import articles, links
from guancha.store.scope import Scope
from guancha.store.states import ALIVE, DELETED, GONE_TWICE


def due(
    connection: Connection, scope: Scope, window: timedelta | None, limit: int, now: datetime
) -> list[Wanted]:
    """Up to ``limit`` articles: suspects first, then the most overdue of those younger than ``window``."""
    come = (scope.condition(), articles.c.next_check <= stamp(now))
    queries = [_suspects().where(*come)]
    if window is not None:
        young = articles.c.published >= stamp(now - window)
        queries.append(_known().where(*come, young).order_by(articles.c.next_check))
    rows = (row for query in queries for row in connection.execute(query.limit(limit)))
    found = {row.link: _wanted(row) for row in rows}
    return list(islice(found.values(), limit))


def sample(
    connection: Connection, scope: Scope, window: timedelta, share: float, now: datetime
) -> list[Wanted]:
    """By chance, ``share`` of the articles in scope that are older than ``window``."""
    older = (articles.c.published < stamp(now - window), scope.condition())
    many = connection.scalar(select(func.count()).where(_is_known(), *older)) or 0
    query = _known().where(*older).order_by(func.random()).limit(ceil(many * share))
    return [_wanted(row) for row in connection.execute(query)]


def all_known(connection: Connection, scope: Scope, after: str, limit: int) -> list[Wanted]:
    """The next articles in the order of their ids, due or not, behind the id ``after``."""
    query = _known().where(scope.condition(), articles.c.article_id > after)
    query = query.order_by(articles.c.article_id).limit(limit)
    return [_wanted(row) for row in connection.execute(query)]


def _is_known() -> Any:
    # What was deleted may be restored.
    return articles.c.state.in_((ALIVE, DELETED))


def _known() -> Select[Any]:
    return select(articles, articles.c.url.label("link")).where(_is_known())


def _suspects() -> Select[Any]:
    """Articles of which an address was gone, at each address that has not been so twice."""
    gone = select(links.c.article_id).where(links.c.gone > 0)
    return (
        select(articles, links.c.url.label("link"))
        .join_from(articles, links, links.c.article_id == articles.c.article_id)
        .where(articles.c.state == ALIVE, articles.c.article_id.in_(gone))
        .where(links.c.gone < GONE_TWICE)
    )


def _wanted(row: Row[Any]) -> Wanted:
    return Wanted(target(row, row.link), validators(row, row.link))
