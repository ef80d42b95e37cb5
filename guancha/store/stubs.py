"""Which articles are stubs that lead to a reader's post."""

from sqlalchemy import Connection, delete, insert, select

from guancha.items import Outcome
from guancha.store.schema import stubs
from guancha.store.states import PASSING


def note(connection: Connection, outcome: Outcome) -> None:
    """Takes in what an article has answered: the last answer counts, but for passing faults."""
    if outcome.article_id is None or outcome.kind in PASSING:
        return
    forget(connection, outcome.article_id)
    if outcome.kind == "stub" and outcome.post_id:
        row = {"article_id": outcome.article_id, "post_id": outcome.post_id}
        connection.execute(insert(stubs).values(**row))


def forget(connection: Connection, article_id: str) -> None:
    """Takes an article out: it is no stub, or not to be known any more."""
    connection.execute(delete(stubs).where(stubs.c.article_id == article_id))


def leading_to(connection: Connection, post_id: str) -> list[str]:
    """The articles that lead to a post, in order."""
    return sorted(connection.scalars(select(stubs.c.article_id).where(stubs.c.post_id == post_id)))
