"""Outcomes: told when the state of a URL changes, not at each answer."""

from sqlalchemy import delete, insert, select, update

from guancha.items import Outcome
from guancha.store.schema import states
from guancha.store.transaction import Transaction


def tell(transaction: Transaction, outcome: Outcome) -> None:
    """Writes an outcome where it is not the one that its URL had before."""
    here = states.c.url == outcome.url
    before = transaction.connection.scalar(select(states.c.kind).where(here))
    if before == outcome.kind:
        transaction.is_repeated = True
        return
    if before is None:
        transaction.connection.execute(insert(states).values(url=outcome.url, kind=outcome.kind))
    else:
        transaction.connection.execute(update(states).where(here).values(kind=outcome.kind))
    transaction.write(outcome)


def clear(transaction: Transaction, url: str) -> None:
    """Forgets what was told of a URL: it has answered with what was asked for."""
    transaction.connection.execute(delete(states).where(states.c.url == url))
