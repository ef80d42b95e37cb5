"""Whether the key of pseudonyms is the one that this archive was begun with, and whom it has forgotten."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select, update

from guancha.exceptions import StoreError
from guancha.pseudonyms import FILE, Pseudonyms
from guancha.store.schema import archive, forgotten


@dataclass(frozen=True)
class Readers:
    """What a run has to know of them."""

    pseudonyms: Pseudonyms
    forgotten: frozenset[str]
    """Pseudonyms of ids, and of names of those without an id, that are never stored again."""


def readers(connection: Connection, root: Path) -> Readers:
    """Makes the key where there is none yet. Raises StoreError for one that is lost or another's."""
    known = connection.scalar(select(archive.c.reader_key))
    there = Pseudonyms.read(root)
    if there is None and known:
        raise StoreError(
            f"{root / FILE} is lost, and with another key the same reader would be somebody else: put it "
            "back from a backup"
        )
    key = there or Pseudonyms.make(root)
    if known is None:
        connection.execute(update(archive).values(reader_key=key.fingerprint))
    elif known != key.fingerprint:
        raise StoreError(f"{root / FILE} is not the key that this archive was begun with")
    return Readers(key, frozenset(connection.scalars(select(forgotten.c.reader))))
