"""Rows from one database into another, whichever the two are."""

from collections.abc import Callable, Iterable

from sqlalchemy import Connection, LargeBinary, Table, func, insert, select

SMALL, LARGE = 1000, 20
"""Rows that are in memory at a time: of short values, and of a table with the bytes of lines."""


def count(connection: Connection, tables: Iterable[Table]) -> dict[str, int]:
    """Name of each table -> its rows."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in tables
    }


def transfer(
    source: Connection,
    target: Connection,
    tables: Iterable[Table],
    tell: Callable[[int], object],
) -> None:
    """Copies all rows of ``tables``, which are empty in ``target``; tells how many it has copied since.

    The caller commits.
    """
    for table in tables:
        size = LARGE if any(isinstance(c.type, LargeBinary) for c in table.columns) else SMALL
        # In the order of its key a tree grows at its end alone.
        query = select(table).order_by(*table.primary_key.columns)
        found = source.execute(query.execution_options(yield_per=size))
        for rows in found.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in rows])
            tell(len(rows))
        _number_on(target, table)


def _number_on(target: Connection, table: Table) -> None:
    """Has the numbers of new rows begin behind those that were copied; SQLite does so by itself."""
    key = table.autoincrement_column
    if key is not None and target.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.name, key.name)
        target.execute(select(func.setval(sequence, func.max(key))))
