"""When a job is to run next, as the ledger knows its last run."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from guancha.clock import stamp
from guancha.jobs.every import in_words
from guancha.jobs.table import Job
from guancha.store.runs import KILLED, Run

SHUTDOWN = "shutdown"
"""Scrapy's reason of a run that was told to stop."""


def due(job: Job, last: Run | None, now: datetime) -> datetime:
    """The moment; ``now`` or earlier for a job that has missed its time, or whose last run was cut short."""
    if last is None:
        return job.when.due(None, now)
    if last.reason in (None, KILLED, SHUTDOWN):
        return now
    return job.when.due(datetime.fromisoformat(last.started), now)


def outlook(jobs: Sequence[Job], last: Mapping[str, Run], now: datetime) -> Iterator[str]:
    """A table for people: a line for each job, below a line of titles."""
    rows = [("job", "spider", "when", "time limit", "next")]
    for job in jobs:
        moment = due(job, last.get(job.name), now)
        soon = "at once" if moment <= now else stamp(moment)
        rows.append((job.name, job.spider, str(job.when), in_words(job.time_limit), soon))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(map(str.ljust, row, widths)).rstrip()
