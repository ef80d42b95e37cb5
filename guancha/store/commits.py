"""What one answer changes: revisions, sightings, outcomes, deletions."""

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from guancha import EXTRACTOR_VERSION
from guancha.clock import stamp
from guancha.exceptions import StoreError
from guancha.items import Item, Outcome, PostVisit, Sighting, Snapshot, Thread, Visit
from guancha.revisions import Current, revise
from guancha.store import near, post_commits, snapshots, stubs, threads
from guancha.store.outcomes import tell
from guancha.store.schema import articles, lines, links, states
from guancha.store.states import (
    ALIVE,
    DELETED,
    FAILED,
    GONE_APART,
    GONE_TWICE,
    LATEST,
    PASSING,
    PENDING,
    SOONEST,
    next_check,
    try_again,
)
from guancha.store.transaction import Transaction

# Made once, for each answer asks for them: a statement takes longer to be made than to be answered.
_THIS: BindParameter[str] = bindparam("this")
_KNOWN = select(articles).where(articles.c.article_id == _THIS)
_CHANGE = update(articles).where(articles.c.article_id == _THIS)
_ADDRESSES = select(links.c.url).where(links.c.article_id == _THIS)


def commit(transaction: Transaction, item: Item) -> None:
    """Takes one answer in. Raises StoreError for one that can't be, of an article that nobody found."""
    match item:
        case Visit():
            _visit(transaction, item)
        case Sighting():
            row = _row(transaction, item.article_id)
            _alive(transaction, row, item.url)
            _seen(transaction, row, {})
        case Snapshot():
            snapshots.commit(transaction, item)
        case Thread():
            threads.commit(transaction, item)
        case Outcome(stream="articles", article_id=str()):
            _outcome(transaction, item)
        case PostVisit():
            post_commits.visit(transaction, item)
        case Outcome(stream="posts", post_id=str()):
            post_commits.outcome(transaction, item)
        case Outcome():
            tell(transaction, item)


def _row(transaction: Transaction, article_id: str | None) -> Row[Any]:
    row = transaction.connection.execute(_KNOWN, {"this": article_id}).first()
    if row is None:
        raise StoreError(f"the store: an answer for {article_id}, which nobody found")
    return row


def _visit(transaction: Transaction, visit: Visit) -> None:
    article, here = visit.article, visit.article.url
    row = _row(transaction, article.article_id)
    urls = _addresses(transaction, article.article_id, here)
    current = _current(transaction.connection, row)
    article = replace(article, list_title=row.list_title or article.list_title)
    revised = revise(article, visit.answer.page_hash, current)
    if row.checked is not None:  # else nothing was counted against it yet
        _alive(transaction, row, here)
        stubs.forget(transaction.connection, row.article_id)
    values: dict[str, Any] = {"url": here} | _conditions(visit)
    if article.is_complete or current is None:
        values["page_hash"] = visit.answer.page_hash
        values["extractor_version"] = article.extractor_version
    if revised is not None:
        others = sorted(urls - {revised.url})
        duplicate = near.earliest(transaction.connection, revised)
        near.note(transaction.connection, revised, current.record["text"] if current else None)
        transaction.write(replace(revised, alternate_urls=others, near_duplicate_of=duplicate))
        values["revision"] = revised.revision
        values["text_hash"] = revised.text_hash
        values["is_complete"] = revised.is_complete
        values["published"] = revised.date_published or revised.date_modified or revised.date
    if not transaction.is_past:
        beside = ((each.article_id, each.comment_count) for each in article.related)
        threads.note(transaction.connection, beside)
    _seen(transaction, row, values)


def _addresses(transaction: Transaction, article_id: str, here: str) -> set[str]:
    """The URLs of an article, with the one where it was had: the site may have sent us on to it."""
    urls = set(transaction.connection.scalars(_ADDRESSES, {"this": article_id}))
    if here not in urls:
        row = {"url": here, "article_id": article_id, "found": transaction.stamp, "gone": 0}
        transaction.connection.execute(insert(links).values(**row))
    return urls | {here}


def _conditions(visit: Visit) -> dict[str, Any]:
    """What the next request may be conditioned on; nothing for a piece whose other pages may change."""
    if visit.article.page_count > 1 or not visit.article.is_complete:
        return {"etag": None, "last_modified": None}
    return {"etag": visit.answer.etag, "last_modified": visit.answer.last_modified}


def _current(connection: Connection, row: Row[Any]) -> Current | None:
    if not row.revision:
        return None
    newest = (lines.c.article_id == row.article_id) & (lines.c.revision == row.revision)
    record = json.loads(connection.execute(select(lines.c.content).where(newest)).scalar_one())
    return Current(record, row.page_hash or "", row.extractor_version or "")


def _seen(transaction: Transaction, row: Row[Any], values: dict[str, Any]) -> None:
    """The site has just answered for a living article."""
    now, is_complete = transaction.now, values.get("is_complete", row.is_complete)
    tries = 0 if is_complete else row.tries + 1
    published = values.get("published") or row.published
    values |= {
        "state": ALIVE,
        "tries": tries,
        "first_crawled": row.first_crawled or transaction.stamp,
        "checked": transaction.stamp,
        "next_check": next_check(published, now) if is_complete else try_again(tries, now),
    }
    _update(transaction, row, values)


def _alive(transaction: Transaction, row: Row[Any], url: str) -> None:
    """Clears what spoke against an article, and says so where it was taken for deleted."""
    connection = transaction.connection
    ours = select(links.c.url).where(links.c.article_id == row.article_id)
    connection.execute(delete(states).where(states.c.url.in_(ours)))
    gone = (links.c.article_id == row.article_id) & (links.c.gone > 0)
    connection.execute(update(links).where(gone).values(gone=0, gone_at=None))
    if row.state == DELETED:
        restored = Outcome(kind="restored", article_id=row.article_id, url=url)
        restored.last_alive, restored.date_crawled = row.checked, transaction.stamp
        transaction.write(restored)


def _outcome(transaction: Transaction, outcome: Outcome) -> None:
    """An article's URL has answered with something else."""
    row = _row(transaction, outcome.article_id)
    stubs.note(transaction.connection, outcome)
    if not row.revision:
        _not_had(transaction, row, outcome)
    elif outcome.kind == "gone":
        _missed(transaction, row, outcome)
    else:
        _odd(transaction, row, outcome)


def _not_had(transaction: Transaction, row: Row[Any], outcome: Outcome) -> None:
    """One that was never had: it waits on, until the answer has come often enough, some time apart."""
    now, is_counted = transaction.now, (row.checked or "") <= stamp(transaction.now - SOONEST)
    tries = row.tries + is_counted
    is_last = tries >= transaction.max_tries
    values: dict[str, Any] = {"tries": tries, "extractor_version": EXTRACTOR_VERSION}
    if is_counted:
        values["checked"] = transaction.stamp
    if outcome.kind not in PASSING or is_last:
        tell(transaction, outcome)
    if outcome.kind in PASSING or outcome.kind == "layout":
        later = try_again(tries - transaction.max_tries + 1, now)
        values |= {"state": FAILED, "next_check": later} if is_last else {"state": PENDING}
    else:
        values |= _nothing_there(transaction, row, outcome)
    _update(transaction, row, values)


def _nothing_there(transaction: Transaction, row: Row[Any], outcome: Outcome) -> dict[str, Any]:
    """Gone, a stub, or elsewhere: final when each address has said so twice."""
    likeliest = _count_gone(transaction, row, outcome.url)
    if likeliest.gone >= GONE_TWICE:
        return {"state": outcome.kind, "next_check": try_again(row.tries, transaction.now)}
    later = stamp(transaction.now + LATEST) if likeliest.gone else None
    return {"state": PENDING, "url": likeliest.url, "next_check": later}


def _odd(transaction: Transaction, row: Row[Any], outcome: Outcome) -> None:
    """One that was had: an odd answer does not undo that."""
    tries = row.tries + 1
    if outcome.kind not in PASSING or tries >= transaction.max_tries:
        tell(transaction, outcome)
    is_whole = row.state == ALIVE and row.is_complete
    later = next_check(row.published, transaction.now) if is_whole else None
    later = later or try_again(tries, transaction.now)
    _update(transaction, row, {"tries": tries, "next_check": later})


def _missed(transaction: Transaction, row: Row[Any], outcome: Outcome) -> None:
    """One that was had: it is deleted when each of its URLs says so twice, some time apart."""
    now, tries = transaction.now, row.tries + 1
    if row.state == DELETED:
        transaction.is_repeated = True
        _update(transaction, row, {"tries": tries, "next_check": try_again(tries, now)})
        return
    if row.url != outcome.url and not _is_in_doubt(transaction, row.url):
        # An address that was given up, beside a living one.
        return
    values: dict[str, Any] = {"next_check": stamp(now + GONE_APART)}
    if _count_gone(transaction, row, outcome.url).gone >= GONE_TWICE:
        values = {"state": DELETED, "tries": 0, "next_check": try_again(1, now)}
        tell(transaction, replace(outcome, kind=DELETED, last_alive=row.checked))
    _update(transaction, row, values)


def _is_in_doubt(transaction: Transaction, url: str) -> bool:
    query = select(links.c.gone).where(links.c.url == url)
    return bool(transaction.connection.scalar(query))


def _count_gone(transaction: Transaction, row: Row[Any], url: str) -> Row[Any]:
    """Counts that nothing is at an address; returns the article's address that was so least often."""
    connection, now = transaction.connection, transaction.now
    _addresses(transaction, row.article_id, url)
    apart = or_(links.c.gone_at.is_(None), links.c.gone_at <= stamp(now - GONE_APART))
    counted = update(links).where(links.c.url == url, apart)
    connection.execute(counted.values(gone=links.c.gone + 1, gone_at=transaction.stamp))
    ours = select(links).where(links.c.article_id == row.article_id)
    return connection.execute(ours.order_by(links.c.gone, links.c.url).limit(1)).one()


def _update(transaction: Transaction, row: Row[Any], values: dict[str, Any]) -> None:
    transaction.connection.execute(_CHANGE, {"this": row.article_id} | values)
