"""What the site puts forward at one moment, but for what was erased."""

from sqlalchemy import Connection, select

from guancha.items import Headline, Snapshot
from guancha.store import comments, threads
from guancha.store.schema import posts
from guancha.store.states import ERASED
from guancha.store.transaction import Transaction


def commit(transaction: Transaction, snapshot: Snapshot) -> None:
    """Writes all entries, and notes how much is said below the articles among them."""
    connection, entries = transaction.connection, snapshot.headlines
    said = comments.erased(connection, [each.comment_id for each in entries if each.comment_id])
    written = _erased_posts(connection, entries)
    for each in entries:
        if each.comment_id not in said and each.post_id not in written:
            transaction.write(each)
    threads.note(connection, ((each.article_id, each.comment_count) for each in entries))


def _erased_posts(connection: Connection, entries: list[Headline]) -> set[str]:
    ids = [each.post_id for each in entries if each.post_id]
    query = select(posts.c.post_id).where(posts.c.post_id.in_(ids), posts.c.state == ERASED)
    return set(connection.scalars(query))
