"""Comments: which are new, and which have changed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert, select, update

from guancha.exceptions import StoreError
from guancha.items import Comment
from guancha.processors.dates import is_relative
from guancha.store.schema import comments
from guancha.store.transaction import Transaction

MOST_AT_ONCE = 500
"""Ids in one query: a database takes only so many parameters."""
ERASED = 0
"""The revision of a comment whose writer is forgotten: its number stays, so that it does not come back."""
STICKY = ("parent_id", "praise_count", "tread_count", "reply_count")
"""What an answer may not show; what was known of it stays."""
DATED = ("date_published", "date_published_raw")
Shown = dict[str, Any]
"""What a later reading of a comment is compared with: a hash of its text, the rest as in its record."""


def take(transaction: Transaction, found: Sequence[Comment]) -> None:
    """Writes those that are new or have changed; of a quoted one that is known only its deletion is news."""
    rows = _rows(transaction.connection, [each.comment_id for each in found])
    for comment in found:
        before = rows.get(comment.comment_id)
        if before is None:
            rows[comment.comment_id] = _add(transaction, comment)
        elif before["revision"] == ERASED:
            continue
        elif not comment.is_quoted or _is_deletion(comment, before):
            rows[comment.comment_id] = _revise(transaction, comment, before)


def erased(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of the comments that are erased, and not to be stored again."""
    rows = _rows(connection, ids)
    return {each for each, row in rows.items() if row["revision"] == ERASED}


def known(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of the comments that the archive has."""
    return set(_rows(connection, ids))


def _rows(connection: Connection, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for start in range(0, len(ids), MOST_AT_ONCE):
        some = comments.c.comment_id.in_(ids[start : start + MOST_AT_ONCE])
        rows = connection.execute(select(comments).where(some)).mappings()
        found |= {row["comment_id"]: row for row in rows}
    return found


def _add(transaction: Transaction, comment: Comment) -> Mapping[str, Any]:
    row = {
        "comment_id": comment.comment_id,
        "article_id": comment.article_id,
        "reader": comment.reader_id or comment.reader_name,
        "revision": 1,
        "first_crawled": comment.date_first_crawled,
        "shown": json.dumps(_shown(comment), ensure_ascii=False),
    }
    transaction.connection.execute(insert(comments).values(**row))
    transaction.write(comment)
    return row


def _is_deletion(comment: Comment, before: Mapping[str, Any]) -> bool:
    return comment.status == "deleted" and _read(before).get("status") != "deleted"


def _revise(
    transaction: Transaction, comment: Comment, before: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Writes the next revision where it is one; returns the row as it is then."""
    last = _read(before)
    comment = _completed(comment, last)
    shown = _shown(comment)
    if not comment.text:
        # A rule that no longer matches must not look like a writer who has emptied it.
        shown["text"] = last.get("text")
    changed = [name for name in shown if name not in DATED and shown[name] != last.get(name)]
    reader = comment.reader_id or comment.reader_name or before["reader"]
    values: dict[str, Any] = {"shown": json.dumps(shown, ensure_ascii=False), "reader": reader}
    if changed:
        values["revision"] = before["revision"] + 1
        revised = replace(
            comment,
            article_id=before["article_id"],
            revision=values["revision"],
            changed_fields=changed,
            date_first_crawled=before["first_crawled"],
        )
        transaction.write(revised)
    if shown != last or reader != before["reader"]:
        same = comments.c.comment_id == comment.comment_id
        transaction.connection.execute(update(comments).where(same).values(**values))
    return {**before, **values}


def _shown(comment: Comment) -> Shown:
    text = hashlib.sha256(comment.text.encode()).hexdigest()
    others = {name: getattr(comment, name) for name in ("status", *STICKY, *DATED)}
    return {"text": text, **others}


def _completed(comment: Comment, last: Shown) -> Comment:
    """A comment with what was known of it, and this answer does not show, or shows less exactly."""
    names = [name for name in STICKY if getattr(comment, name) is None]
    here, there = _exactness(vars(comment)), _exactness(last)
    if there and here <= there:
        names += DATED
    kept: dict[str, Any] = {name: last.get(name) for name in names}
    return replace(comment, **kept)


def _exactness(shown: Mapping[str, Any]) -> int:
    """Of two times the better one is greater: none, counted back, or given."""
    if shown.get("date_published") is None:
        return 0
    return 1 if is_relative(shown.get("date_published_raw") or "") else 2


def _read(row: Mapping[str, Any]) -> Shown:
    try:
        last = json.loads(row["shown"])
    except (ValueError, RecursionError):
        last = None
    if not isinstance(last, dict):
        raise StoreError(f"the store: what is known of comment {row['comment_id']} can't be read")
    return last
