"""What the schedule asks of the ledger, and writes to it, while others write the archive.

It needs no lock of a stream: writers of a database wait for each other, with a bound. No store is ever
made or upgraded here. All raise StoreError, in words, for one that can't be had.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from guancha.clock import stamp
from guancha.exceptions import StoreError
from guancha.store.engine import READING, database_file, in_words, open_engine
from guancha.store.reading import open_reader, snapshot
from guancha.store.runs import KILLED, Begun, Ended, Run, end
from guancha.store.schema import runs
from guancha.verdict.reasons import FAILED

FINISHED = "finished"
"""Scrapy's reason of a run that went through."""
NOT_BEGUN, TIME_LIMIT = "not_begun", "time_limit"
"""Reasons: of a run that was due and left no line, and of one that took longer than its job allows."""


@dataclass(frozen=True)
class Fate:
    """What became of a run, seen from outside."""

    started: datetime
    finished: datetime
    is_failed: bool
    last_words: str
    ended: str | None = None
    """What ended it from outside, in words; None for nothing."""
    is_overdue: bool = False
    """Whether that was for its time limit."""


def newest(url: str | None, data: Path) -> int:
    """The number of the latest run; 0 without a store. One of an older version tells it as well."""
    engine = open_engine(url, data)
    with _closing(engine):
        file = database_file(engine)
        if file and not (file.is_file() and file.stat().st_size):
            return 0
        with engine.connect().execution_options(**{READING: True}) as connection:
            if not inspect(connection).has_table(runs.name):
                return 0
            return connection.scalar(select(func.max(runs.c.run_id))) or 0


def last_of_each(url: str | None, data: Path) -> dict[str, Run]:
    """Job -> its latest run."""
    engine = open_reader(url, data)
    ids = select(func.max(runs.c.run_id)).where(runs.c.job.is_not(None)).group_by(runs.c.job)
    with _closing(engine), snapshot(engine) as connection:
        found = connection.execute(select(runs).where(runs.c.run_id.in_(ids)))
        return {row.job: Run.of(row) for row in found}


def settle(url: str | None, data: Path, begun: Begun, after: int, fate: Fate) -> Run:
    """Has the ledger tell what became of a run of ``begun.job``, its first behind ``after``; returns that.

    What the run says itself stands; what it could not say is added, or its whole line.
    """
    same = (runs.c.job == begun.job) & (runs.c.run_id > after)
    engine = open_reader(url, data)
    with _closing(engine), engine.begin() as connection:
        row = connection.execute(select(runs).where(same).order_by(runs.c.run_id)).first()
        run_id = row.run_id if row else _add(connection, begun, fate)
        if row:
            _complete(connection, Run.of(row), fate)
        return Run.of(connection.execute(select(runs).where(runs.c.run_id == run_id)).one())


def _add(connection: Connection, begun: Begun, fate: Fate) -> int:
    """Notes a run that never came to note itself. Not as one that begins: another may be under way."""
    values = begun.values | {"started": stamp(fate.started)}
    key = connection.execute(insert(runs).values(**values)).inserted_primary_key
    run_id = int(key[0]) if key else 0
    ended = Ended(NOT_BEGUN, FAILED, [fate.ended or fate.last_words])
    end(connection, run_id, ended, stamp(fate.finished))
    return run_id


def _complete(connection: Connection, run: Run, fate: Fate) -> None:
    """Adds what a run could not say; that it was ended is nothing to one that had finished."""
    said = [fate.ended] if fate.ended and run.reason != FINISHED else []
    # One that could still end itself has kept what it had, and says so.
    verdict = run.verdict or FAILED
    if run.verdict is None:
        said = said or [fate.last_words]
    elif fate.is_failed and run.verdict != FAILED and not fate.ended:
        said, verdict = [f"it failed behind its verdict: {fate.last_words}"], FAILED
    if said:
        reason = TIME_LIMIT if fate.is_overdue else run.reason or KILLED
        # The worst comes first.
        ended = Ended(reason, verdict, [*said, *run.reasons], run.figures or None)
        end(connection, run.run_id, ended, run.finished or stamp(fate.finished))


@contextmanager
def _closing(engine: Engine) -> Iterator[None]:
    """Lets a store go, and says in words what is wrong with it."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(f"the store: {in_words(error)}") from error
    except OSError as error:
        raise StoreError(f"{error.filename}: {error.strerror}") from error
    finally:
        engine.dispose()
