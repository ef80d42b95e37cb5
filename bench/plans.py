"""How a database answers what it was asked: its plans."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from guancha.store.schema import articles, lines, links, listed, metadata, near_keys

BIG = [table.name for table in (articles, links, lines, listed, near_keys)]
"""Tables that grow with the archive."""
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}
SCAN = {"sqlite": "SCAN ", "postgresql": "Seq Scan on "}
SORT = {"sqlite": "USE TEMP B-TREE", "postgresql": "Sort"}
SMALL = [
    str(index.name)
    for table in metadata.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
]
"""Indexes of a few rows alone: to be read from end to end is what they are for."""


@contextmanager
def watched(engine: Engine) -> Iterator[dict[str, Any]]:
    """Statements that a database is given -> their parameters."""
    seen: dict[str, Any] = {}

    def note(_: Any, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            seen.setdefault(statement, parameters[0] if many else parameters)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def scans(engine: Engine, statements: dict[str, Any]) -> set[str]:
    """The steps of their plans that read a big table as a whole."""
    scan = SCAN[engine.dialect.name]
    whole = {
        step for step in _steps(engine, statements) if any(scan + name in step for name in BIG)
    }
    return {step for step in whole if not any(name in step for name in SMALL)}


def sorts(engine: Engine, statements: dict[str, Any]) -> set[str]:
    """The steps that sort: to give the next few rows, all that may follow are read."""
    return {step for step in _steps(engine, statements) if SORT[engine.dialect.name] in step}


def _steps(engine: Engine, statements: dict[str, Any]) -> list[str]:
    with engine.connect() as connection:
        return [
            str(row[-1])
            for statement, parameters in statements.items()
            for row in connection.exec_driver_sql(
                EXPLAIN[engine.dialect.name] + statement, parameters
            )
        ]
