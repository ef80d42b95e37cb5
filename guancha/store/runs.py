"""The ledger: which runs there were."""

from sqlalchemy import Connection, insert, update

from guancha.store.schema import runs


def begin(connection: Connection, spider: str, now: str) -> int:
    """Notes a run that starts; returns its number."""
    key = connection.execute(insert(runs).values(spider=spider, started=now)).inserted_primary_key
    return int(key[0]) if key else 0


def end(connection: Connection, run_id: int, reason: str, now: str) -> None:
    """Notes how it ended; a run that was killed has no end."""
    same = runs.c.run_id == run_id
    connection.execute(update(runs).where(same).values(finished=now, reason=reason))
