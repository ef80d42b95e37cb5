"""The store's own rules on an archive of one article, which is forgotten again: no second truth."""

from collections.abc import Iterable

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from guancha.items import Record
from guancha.store.commits import commit
from guancha.store.history import admit
from guancha.store.past import Event
from guancha.store.projection import Line
from guancha.store.schema import metadata
from guancha.store.transaction import Transaction
from guancha.targets import Target


class Scratch:
    """A database in memory; one a process."""

    def __init__(self, max_tries: int) -> None:
        self.max_tries = max_tries
        # A rollback ends each article: nothing is left of it.
        engine = create_engine("sqlite://", poolclass=StaticPool)
        metadata.create_all(engine)
        self._connection = engine.connect()

    def lines(self, events: Iterable[Event]) -> tuple[list[Line], list[Record]]:
        """What the events of one article add to an archive that has never heard of it."""
        added: list[Line] = []
        records: list[Record] = []
        named: set[Target] = set()
        with self._connection.begin() as work:
            for event in events:
                admit(self._connection, event, named)
                transaction = Transaction(
                    self._connection, event.date, self.max_tries, is_past=True
                )
                commit(transaction, event.item)
                added += transaction.added
                records += transaction.records
            work.rollback()
        return added, records
