"""Readers' posts that are known: which wait, which to ask for, and which to look at again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, or_, select, true, tuple_, update

from guancha import EXTRACTOR_VERSION
from guancha.clock import stamp
from guancha.store import listings
from guancha.store.found import MOST_AT_ONCE, Source
from guancha.store.schema import listed, posts, stubs
from guancha.store.states import ALIVE, ERASED, FAILED, GONE, LATEST, PENDING

Slugs = Sequence[str] | None
"""Names of the lists that a run walks; None for all posts, wherever they were named."""


@dataclass
class Admitted:
    """What became of the posts that were named."""

    wanted: list[str] = field(default_factory=list)
    """Numbers of those to ask for."""
    refused: Counter[str] = field(default_factory=Counter)
    """Reason -> posts that cost no request."""
    unlisted: int = 0
    """How many their list had never named before."""


def admit(connection: Connection, ids: Sequence[str], source: Source, now: datetime) -> Admitted:
    """Notes every post, and tells which of them to ask for.

    Wanted is what was not had yet; what was not there a day ago; and anything not erased where the user
    names it.
    """
    admitted = Admitted()
    if source.page:
        listings.take(connection, source.page)
    for start in range(0, len(ids), MOST_AT_ONCE):
        some = list(dict.fromkeys(ids[start : start + MOST_AT_ONCE]))
        if source.page:
            admitted.unlisted += listings.note(connection, source.page.slug, some)
        known = {
            row.post_id: row
            for row in connection.execute(select(posts).where(posts.c.post_id.in_(some)))
        }
        new = [{"post_id": each, "state": PENDING} for each in some if each not in known]
        if new:
            connection.execute(insert(posts), new)
        for each in some:
            if reason := _refusal(known.get(each), source, now):
                admitted.refused[reason] += 1
            else:
                admitted.wanted.append(each)
    return admitted


def pending(connection: Connection, slugs: Slugs, after: str, limit: int) -> list[str]:
    """The next posts that wait, behind the number ``after``."""
    waits = (posts.c.state == PENDING, posts.c.post_id > after, _named(slugs))
    query = select(posts.c.post_id).where(*waits).order_by(posts.c.post_id)
    return list(connection.scalars(query.limit(limit)))


def due(
    connection: Connection,
    slugs: Slugs,
    since: datetime,
    after: tuple[str, str],
    before: datetime,
    limit: int,
) -> list[tuple[str, str]]:
    """The next posts to look at again, behind the place ``after``: (time, number), longest unseen first.

    They were first had at ``since`` or later, or were gone when last asked for; those that were seen since
    ``before`` are not among them.
    """
    place = tuple_(posts.c.checked, posts.c.post_id)
    doubtful = and_(posts.c.state == ALIVE, posts.c.gone_at.is_not(None))
    query = (
        select(posts.c.checked, posts.c.post_id)
        .where(posts.c.state.in_((ALIVE, GONE)), posts.c.revision > 0)
        .where(or_(posts.c.first_crawled >= stamp(since), doubtful), _named(slugs))
        .where(posts.c.checked < stamp(before), place > tuple_(*after))
        .order_by(posts.c.checked, posts.c.post_id)
        .limit(limit)
    )
    return [(row.checked, row.post_id) for row in connection.execute(query)]


def behind_stubs(connection: Connection, after: str, limit: int) -> list[str]:
    """The next posts that stubs lead to and that were never had, behind the number ``after``."""
    had = select(posts.c.post_id).where(posts.c.revision > 0)
    query = select(stubs.c.post_id).where(stubs.c.post_id > after, stubs.c.post_id.not_in(had))
    return list(connection.scalars(query.distinct().order_by(stubs.c.post_id).limit(limit)))


def had_behind_stubs(connection: Connection) -> int:
    """How many posts that stubs lead to are in the archive."""
    led = select(stubs.c.post_id)
    query = select(func.count()).where(posts.c.revision > 0, posts.c.post_id.in_(led))
    return connection.scalar(query) or 0


def revive(connection: Connection) -> None:
    """Has what failed under other rules than today's wait again."""
    others = posts.c.extractor_version.is_distinct_from(EXTRACTOR_VERSION)
    query = update(posts).where(posts.c.state == FAILED, others)
    connection.execute(query.values(state=PENDING, tries=0))


def _refusal(row: Row[Any] | None, source: Source, now: datetime) -> str | None:
    if row is None or row.state == PENDING:
        return None
    if row.state == ERASED:
        return "erased"
    may_be_there = row.state != ALIVE and (row.checked or "") <= stamp(now - LATEST)
    return None if source.is_user or may_be_there else "known"


def _named(slugs: Slugs) -> Any:
    if slugs is None:
        return true()
    return posts.c.post_id.in_(select(listed.c.article_id).where(listed.c.slug.in_(slugs)))
