"""What an answer for a reader's post changes: revisions, outcomes, deletions."""

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select, update

from guancha import EXTRACTOR_VERSION
from guancha.clock import stamp
from guancha.exceptions import StoreError
from guancha.items import Outcome, PostVisit
from guancha.revisions import Current, revise
from guancha.store import stubs
from guancha.store.outcomes import clear, tell
from guancha.store.schema import lines, posts
from guancha.store.states import (
    ALIVE,
    DELETED,
    ERASED,
    FAILED,
    GONE,
    GONE_APART,
    PASSING,
    PENDING,
    SOONEST,
)
from guancha.store.transaction import Transaction


def visit(transaction: Transaction, visit: PostVisit) -> None:
    """Takes in a post that was read. One that was had in part waits on, as often as one that failed."""
    row = _row(transaction, visit.post.post_id)
    current = _current(transaction.connection, row)
    post = replace(visit.post, stub_ids=stubs.leading_to(transaction.connection, row.post_id))
    revised = revise(post, visit.answer.page_hash, current)
    _there_again(transaction, row, post.url)
    is_whole = post.is_complete or bool(current and current.record["is_complete"])
    tries = 0 if is_whole else row.tries + 1
    values: dict[str, Any] = {
        "state": ALIVE if is_whole or tries >= transaction.max_tries else PENDING,
        "tries": tries,
        "writer": post.author_id or post.author_name,
        "first_crawled": row.first_crawled or transaction.stamp,
        "checked": transaction.stamp,
        "gone_at": None,
    }
    if post.is_complete or current is None:
        values["page_hash"] = visit.answer.page_hash
        values["extractor_version"] = post.extractor_version
    if revised is not None:
        transaction.write(revised)
        values["revision"] = revised.revision
    _update(transaction, row, values)


def outcome(transaction: Transaction, outcome: Outcome) -> None:
    """A post's URL has answered with something else."""
    row = _row(transaction, outcome.post_id)
    if outcome.kind == ERASED:
        # Its writer is forgotten: nothing is told, and it is never asked for again.
        _update(transaction, row, {"state": ERASED})
    elif outcome.kind == "gone" and row.revision:
        _missed(transaction, row, outcome)
    elif row.revision:
        _odd(transaction, row, outcome)
    else:
        _not_had(transaction, row, outcome)


def _row(transaction: Transaction, post_id: str | None) -> Row[Any]:
    query = select(posts).where(posts.c.post_id == post_id)
    row = transaction.connection.execute(query).first()
    if row is None:
        raise StoreError(f"the store: an answer for post {post_id}, which nobody found")
    return row


def _current(connection: Connection, row: Row[Any]) -> Current | None:
    if not row.revision:
        return None
    newest = (lines.c.post_id == row.post_id) & (lines.c.revision == row.revision)
    record = json.loads(connection.execute(select(lines.c.content).where(newest)).scalar_one())
    return Current(record, row.page_hash or "", row.extractor_version or "")


def _there_again(transaction: Transaction, row: Row[Any], url: str) -> None:
    """Clears what spoke against a post, and says so where it was taken for deleted."""
    clear(transaction, url)
    if row.state == GONE and row.revision:
        restored = Outcome(stream="posts", kind="restored", post_id=row.post_id, url=url)
        restored.last_alive, restored.date_crawled = row.checked, transaction.stamp
        transaction.write(restored)


def _not_had(transaction: Transaction, row: Row[Any], outcome: Outcome) -> None:
    """One that was never had: after a failure it waits on, until there were too many, some time apart."""
    is_counted = (row.checked or "") <= stamp(transaction.now - SOONEST)
    tries = row.tries + is_counted
    is_last = tries >= transaction.max_tries
    values: dict[str, Any] = {"tries": tries, "extractor_version": EXTRACTOR_VERSION}
    if is_counted:
        values["checked"] = transaction.stamp
    if outcome.kind not in PASSING or is_last:
        tell(transaction, outcome)
    if outcome.kind in PASSING or outcome.kind == "layout":
        values["state"] = FAILED if is_last else PENDING
    else:
        values["state"] = GONE
    _update(transaction, row, values)


def _odd(transaction: Transaction, row: Row[Any], outcome: Outcome) -> None:
    """One that was had: an odd answer does not undo that."""
    tries = row.tries + 1
    is_last = tries >= transaction.max_tries
    if outcome.kind not in PASSING or is_last:
        tell(transaction, outcome)
    state = ALIVE if row.state == PENDING and is_last else row.state
    _update(transaction, row, {"tries": tries, "state": state})


def _missed(transaction: Transaction, row: Row[Any], outcome: Outcome) -> None:
    """One that was had: it is deleted when its URL says so twice, some time apart."""
    if row.state == GONE:
        transaction.is_repeated = True
    elif row.gone_at is None:
        _update(transaction, row, {"gone_at": transaction.stamp, "state": ALIVE})
    elif row.gone_at <= stamp(transaction.now - GONE_APART):
        tell(transaction, replace(outcome, kind=DELETED, last_alive=row.checked))
        _update(transaction, row, {"state": GONE, "tries": 0})


def _update(transaction: Transaction, row: Row[Any], values: dict[str, Any]) -> None:
    same = posts.c.post_id == row.post_id
    transaction.connection.execute(update(posts).where(same).values(**values))
