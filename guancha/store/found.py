"""Links: every article that a page has named, whether it was asked for or not."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, tuple_, update

from guancha import EXTRACTOR_VERSION, urls
from guancha.store import listings
from guancha.store.listings import Page, Validators
from guancha.store.schema import articles, links
from guancha.store.scope import Scope
from guancha.store.states import ALIVE, ERASED, FAILED, PENDING
from guancha.targets import Target

MOST_AT_ONCE = 500
"""Links in one query: a database takes only so many parameters."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An article to ask for."""

    target: Target
    validators: Validators = field(default_factory=Validators)
    """Of what is known of it."""
    checked: str = ""
    """When it was last seen alive; empty for one that never was."""


@dataclass
class Admission:
    """What became of the links of a page."""

    wanted: list[Wanted] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    """Reason -> links that cost no request."""
    unlisted: int = 0
    """How many its listing had never named before."""


@dataclass(frozen=True)
class Source:
    """Where links come from."""

    page: Page | None = None
    """Of a listing: it is taken in together with its links."""
    is_user: bool = False
    """Whether the user has named them."""


NEARBY = Source()


def admit(
    connection: Connection, targets: Sequence[Target], source: Source, scope: Scope, now: str
) -> Admission:
    """Notes every target, and tells which of them to ask for.

    Wanted is what was not had yet; what was not there, at a new address or where a listing names it some
    time later; and anything not erased where the user names it.
    """
    admission = Admission()
    if source.page:
        listings.take(connection, source.page)
    for start in range(0, len(targets), MOST_AT_ONCE):
        some = targets[start : start + MOST_AT_ONCE]
        if source.page:
            ids = (target.article.article_id for target in some)
            admission.unlisted += listings.note(connection, source.page.slug, ids)
        rows = _look_up(connection, some)
        _note(connection, some, rows, now)
        for each in some:
            known = rows.get(each.article.article_id, [])
            # By the nearest way that is known, or what lies beside it would be too far away.
            target = replace(each, hops=min([each.hops, *(row.hops for row in known)]))
            reason = scope.refusal(target) or _refusal(target, known, source, now)
            if reason:
                admission.refused[reason] += 1
            else:
                here = target.article.canonical
                admission.wanted.append(
                    Wanted(target, validators(known[0], here) if known else Validators())
                )
    return admission


def pending(
    connection: Connection, scope: Scope, after: tuple[int, str], limit: int, now: str
) -> list[Target]:
    """The next targets that wait, in the order of hops and ids, behind the place ``after``."""
    may_be_asked = or_(articles.c.next_check.is_(None), articles.c.next_check <= now)
    query = (
        select(articles)
        .where(articles.c.state == PENDING, may_be_asked, scope.condition())
        .where(tuple_(articles.c.hops, articles.c.article_id) > tuple_(*after))
        .order_by(articles.c.hops, articles.c.article_id)
        .limit(limit)
    )
    return [target(row) for row in connection.execute(query)]


def revive(connection: Connection) -> None:
    """Has what failed under other rules than today's wait again."""
    others = articles.c.extractor_version.is_distinct_from(EXTRACTOR_VERSION)
    query = update(articles).where(articles.c.state == FAILED, others)
    connection.execute(query.values(state=PENDING, tries=0, next_check=None))


def target(row: Row[Any], url: str | None = None) -> Target:
    """The target of a row of ``articles``, at another address than its own if one is given."""
    return Target(urls.article(url or row.url), row.list_title, row.hops, row.origin)


def validators(row: Row[Any], url: str) -> Validators:
    """What a request for an article may be conditioned on: only at the address that they came from, and
    where today's rules have read it."""
    same_rules = row.extractor_version == EXTRACTOR_VERSION
    holds = row.revision and same_rules and url == row.url
    return Validators(row.etag, row.last_modified) if holds else Validators()


def _look_up(connection: Connection, targets: Iterable[Target]) -> dict[str, list[Row[Any]]]:
    """Article id -> its row, once for each of its URLs; one query for a whole page."""
    ids = {target.article.article_id for target in targets}
    query = (
        select(articles, links.c.url.label("link"))
        .join_from(articles, links, links.c.article_id == articles.c.article_id, isouter=True)
        .where(articles.c.article_id.in_(ids))
    )
    rows: dict[str, list[Row[Any]]] = {}
    for row in connection.execute(query):
        rows.setdefault(row.article_id, []).append(row)
    return rows


def _note(
    connection: Connection, targets: Iterable[Target], rows: dict[str, list[Row[Any]]], now: str
) -> None:
    new_articles: dict[str, dict[str, Any]] = {}
    new_links: dict[str, dict[str, Any]] = {}
    for target in targets:
        article_id, url = target.article.article_id, target.article.canonical
        known = rows.get(article_id, [])
        if not known:
            new_articles.setdefault(article_id, _row(target))
        else:
            _improve(connection, target, known)
        if url not in {row.link for row in known}:
            new_links.setdefault(
                url, {"url": url, "article_id": article_id, "found": now, "gone": 0}
            )
    for table, values in ((articles, new_articles), (links, new_links)):
        if values:
            connection.execute(insert(table), list(values.values()))


def _refusal(target: Target, known: Sequence[Row[Any]], source: Source, now: str) -> str | None:
    if not known or known[0].state == PENDING:
        return None
    row = known[0]
    if row.state == ERASED:
        return "erased"
    is_new = target.article.canonical not in {each.link for each in known}
    later = source.page and (row.next_check or "") <= now
    may_be_there = row.state != ALIVE and (is_new or later)
    return None if source.is_user or may_be_there else "known"


def _row(target: Target) -> dict[str, Any]:
    return {
        "article_id": target.article.article_id,
        "state": PENDING,
        "url": target.article.canonical,
        "date": target.article.date,
        "origin": target.origin,
        "hops": target.hops,
        "list_title": target.list_title,
    }


def _improve(connection: Connection, target: Target, known: Sequence[Row[Any]]) -> None:
    """Notes what a target tells more of an article: a nearer way, a title, a new address to try."""
    row, values = known[0], dict[str, Any]()
    if row.state == ERASED:
        return
    if target.hops < row.hops:
        values["hops"] = target.hops
    if target.list_title and not row.list_title:
        values["list_title"] = target.list_title
    url = target.article.canonical
    if not row.revision and row.state != PENDING and url not in {each.link for each in known}:
        values |= {"state": PENDING, "url": url, "tries": 0, "next_check": None}
    if values:
        same = articles.c.article_id == row.article_id
        connection.execute(update(articles).where(same).values(**values))
