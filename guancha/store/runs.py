"""The ledger: which runs there were, what they did, and what was thought of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from guancha.store.schema import runs

KILLED = "killed"
"""The reason of a run that could not say how it ended."""
OK, FAILED = "ok", "failed"


@dataclass(frozen=True)
class Run:
    """One run as the ledger has it."""

    run_id: int
    spider: str
    started: str
    finished: str | None
    """Null while it goes on, and for one that was killed."""
    reason: str | None
    job: str | None
    arguments: dict[str, str]
    verdict: str | None
    """Null while it goes on."""
    reasons: list[str]
    figures: dict[str, Any]
    """Empty for one that was killed."""
    is_accepted: bool

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        """Reads a row of the table."""
        values = dict(row._mapping)
        for name, absent in (("arguments", "{}"), ("reasons", "[]"), ("figures", "{}")):
            values[name] = json.loads(values[name] or absent)
        return cls(**values)


@dataclass(frozen=True)
class Begun:
    """What a run is, when it begins."""

    spider: str
    arguments: Mapping[str, str]
    """As the user gave them."""
    job: str | None = None

    @property
    def values(self) -> dict[str, str | None]:
        """As the table has it."""
        return {"spider": self.spider, "job": self.job, "arguments": _json(self.arguments)}


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    reason: str
    verdict: str
    reasons: Sequence[str] = ()
    figures: Mapping[str, Any] | None = None


def begin(connection: Connection, begun: Begun, now: str) -> int:
    """Notes a run that starts; returns its number.

    One of the same spider that has not ended was killed: there is one at a time.
    """
    left = (runs.c.spider == begun.spider) & runs.c.finished.is_(None) & runs.c.reason.is_(None)
    for run_id in connection.scalars(select(runs.c.run_id).where(left)).all():
        why = "killed, or the machine went down: it could not say how it ended"
        end(connection, run_id, Ended(KILLED, FAILED, [why]), None)
    key = connection.execute(insert(runs).values(started=now, **begun.values)).inserted_primary_key
    return int(key[0]) if key else 0


def end(connection: Connection, run_id: int, ended: Ended, now: str | None) -> None:
    """Notes how it ended, and when; None where nobody knows."""
    connection.execute(
        update(runs)
        .where(runs.c.run_id == run_id)
        .values(
            finished=now,
            reason=ended.reason,
            verdict=ended.verdict,
            reasons=_json(list(ended.reasons)),
            figures=None if ended.figures is None else _json(ended.figures),
        )
    )


def accept(connection: Connection, run_id: int) -> bool:
    """Has later runs measured against this one and not against those before; False without it."""
    same = runs.c.run_id == run_id
    return bool(connection.execute(update(runs).where(same).values(is_accepted=True)).rowcount)


def one(connection: Connection, run_id: int) -> Run | None:
    """A run; None where there is none of that number."""
    row = connection.execute(select(runs).where(runs.c.run_id == run_id)).first()
    return Run.of(row) if row else None


def latest(connection: Connection, limit: int, spider: str | None = None) -> list[Run]:
    """The latest runs, newest first."""
    query = select(runs).order_by(runs.c.run_id.desc()).limit(limit)
    if spider is not None:
        query = query.where(runs.c.spider == spider)
    return [Run.of(row) for row in connection.execute(query)]


def alike(connection: Connection, begun: Begun, since: str, limit: int) -> list[Run]:
    """The latest runs that the like of this one may be measured against, newest first.

    Those with the same arguments that went well, or that the operator has accepted; none from before the
    latest accepted one.
    """
    same = (runs.c.spider == begun.spider) & (runs.c.arguments == _json(begun.arguments))
    newest = select(func.coalesce(func.max(runs.c.run_id), 0)).where(same, runs.c.is_accepted)
    query = select(runs).where(
        same,
        or_(runs.c.verdict == OK, runs.c.is_accepted),
        runs.c.run_id >= newest.scalar_subquery(),
        runs.c.started >= since,
    )
    found = connection.execute(query.order_by(runs.c.run_id.desc()).limit(limit))
    return [Run.of(row) for row in found]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
