"""Known articles that deserve another look: suspects, young ones, and a sample of the old."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import Connection, Select, func, select, tuple_

from guancha.clock import stamp
from guancha.store.found import Wanted, target, validators
from guancha.store.schema import articles, links
from guancha.store.scope import Scope
from guancha.store.states import ALIVE, DELETED, FAILED, GONE_TWICE


@dataclass(frozen=True)
class Sample:
    """How many of the older articles a run looks at."""

    share: float
    most: int


def due(
    connection: Connection, scope: Scope, window: timedelta | None, limit: int, now: datetime
) -> list[Wanted]:
    """Up to ``limit`` articles, the most urgent first.

    In doubt are suspects, those that failed, and those that were had in part. They take half of the places
    at the most while articles younger than ``window`` are due, the most overdue first.
    """
    come = (scope.condition(), articles.c.next_check <= stamp(now))
    doubtful = [
        _suspects().where(*come),
        _articles().where(articles.c.state == FAILED, *come),
        _known().where(~articles.c.is_complete, *come),
    ]
    in_doubt = [each for query in doubtful for each in _some(connection, query, limit)]
    half, young = ceil(limit / 2), []
    if window is not None:
        is_young = articles.c.published >= stamp(now - window)
        query = _known().where(*come, is_young).order_by(articles.c.next_check)
        young = _some(connection, query, limit)
    each_once = {w.target.article.address: w for w in (*in_doubt[:half], *young, *in_doubt[half:])}
    return list(each_once.values())[:limit]


def sample(
    connection: Connection, scope: Scope, window: timedelta, size: Sample, now: datetime
) -> list[Wanted]:
    """By chance, some of the articles in scope that are older than ``window``."""
    older = (articles.c.published < stamp(now - window), scope.condition())
    many = connection.scalar(select(func.count()).where(_is_known(), *older)) or 0
    some = min(ceil(many * size.share), size.most)
    query = _known().where(*older).order_by(func.random())
    return _some(connection, query, some)


def all_known(
    connection: Connection, scope: Scope, after: tuple[str, str], before: datetime, limit: int
) -> list[Wanted]:
    """The next articles, due or not, behind the place ``after`` (time, id), the longest unseen first.

    Those that were seen since ``before`` are not among them: a run goes on where one that was ended stopped.
    """
    place = tuple_(articles.c.checked, articles.c.article_id)
    query = _known().where(scope.condition(), articles.c.checked < stamp(before))
    query = query.where(place > tuple_(*after))
    return _some(connection, query.order_by(articles.c.checked, articles.c.article_id), limit)


def _is_known() -> Any:
    # What was deleted may be restored.
    return articles.c.state.in_((ALIVE, DELETED))


def _articles() -> Select[Any]:
    return select(articles, articles.c.url.label("link"))


def _known() -> Select[Any]:
    return _articles().where(_is_known())


def _suspects() -> Select[Any]:
    """Articles of which an address was gone, at each address that has not been so twice."""
    gone = select(links.c.article_id).where(links.c.gone > 0)
    return (
        select(articles, links.c.url.label("link"))
        .join_from(articles, links, links.c.article_id == articles.c.article_id)
        .where(articles.c.state == ALIVE, articles.c.article_id.in_(gone))
        .where(links.c.gone < GONE_TWICE)
    )


def _some(connection: Connection, query: Select[Any], limit: int) -> list[Wanted]:
    return [
        Wanted(target(row, row.link), validators(row, row.link), row.checked or "")
        for row in connection.execute(query.limit(limit))
    ]
