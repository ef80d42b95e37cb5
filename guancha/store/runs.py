"""The ledger: which runs there were, what they did, and what was thought of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Connection, Row, insert, or_, select, update

from guancha.store.schema import runs
from guancha.verdict.reasons import FAILED, OK

KILLED = "killed"
"""The reason of a run that could not say how it ended."""
BOUNDS = ("since", "until", "limit")
"""Arguments in which runs of one kind differ."""


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
        reasons = _read(values["reasons"])
        values["reasons"] = [*map(str, reasons)] if isinstance(reasons, list) else []
        for name in ("arguments", "figures"):
            values[name] = _object(values[name])
        return cls(**values)

    @property
    def is_good(self) -> bool:
        """Whether others may be measured against it."""
        return self.is_accepted or self.verdict == OK


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
        why = "killed, or its machine or archive went away: it could not say how it ended"
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

    Those with the same arguments that did not fail, none from before the latest one that the operator has
    accepted. The last good one is among them however old it is: what it knew is not forgotten.
    """
    ended = select(
        runs.c.run_id, runs.c.arguments, runs.c.started, runs.c.verdict, runs.c.is_accepted
    )
    ended = ended.where(
        runs.c.spider == begun.spider, or_(runs.c.verdict != FAILED, runs.c.is_accepted)
    )
    wanted: list[int] = []
    same, has_good = _kind(begun.arguments), False
    for row in connection.execute(ended.order_by(runs.c.run_id.desc())):
        is_good = row.is_accepted or row.verdict == OK
        is_recent = row.started >= since and len(wanted) < limit
        if has_good and not is_recent:
            break
        if _kind(_object(row.arguments)) == same and (is_recent or (is_good and limit)):
            wanted.append(row.run_id)
            has_good |= is_good
            if row.is_accepted:
                break
    found = connection.execute(select(runs).where(runs.c.run_id.in_(wanted)))
    return sorted(map(Run.of, found), key=lambda run: -run.run_id)


def _kind(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What makes runs alike: their arguments, but for those that bound one run and change from day to day."""
    return {name: value for name, value in arguments.items() if name not in BOUNDS}


def _object(text: str | None) -> dict[str, Any]:
    """A JSON object; empty for anything else, for a ledger that was meddled with is still read."""
    found = _read(text)
    return found if isinstance(found, dict) else {}


def _read(text: str | None) -> Any:
    try:
        return json.loads(text or "null")
    except ValueError:
        return None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
