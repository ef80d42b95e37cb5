"""Which job has missed its time."""

from datetime import datetime, timedelta

import pytest

from guancha.clock import stamp
from guancha.jobs.cron import Cron
from guancha.jobs.due import due, outlook
from guancha.jobs.every import Every
from guancha.jobs.table import Job
from guancha.processors.dates import BEIJING
from guancha.store.runs import Run

NOW = datetime(2026, 10, 4, 12, tzinfo=BEIJING)
DAILY = Job("daily", "articles", Cron.parse("0 9 * * *"), timedelta(hours=1))
OFTEN = Job("often", "articles", Every(timedelta(hours=6)), timedelta(hours=1))


def ran(job: Job, hours: float, reason: str | None = "finished") -> Run:
    started = stamp(NOW - timedelta(hours=hours))
    return Run(1, "articles", started, None, reason, job.name, {}, None, [], {}, False)


@pytest.mark.parametrize(
    ("job", "last", "hours"),
    [
        (DAILY, None, 21),
        (OFTEN, None, 0),
        (DAILY, ran(DAILY, 2), 21),
        (DAILY, ran(DAILY, 26), -3),
        (OFTEN, ran(OFTEN, 5), 1),
        (OFTEN, ran(OFTEN, 7), -1),
        (OFTEN, ran(OFTEN, -48), 6),
        (DAILY, ran(DAILY, 2, None), 0),
        (DAILY, ran(DAILY, 2, "killed"), 0),
        (DAILY, ran(DAILY, 2, "shutdown"), 0),
        (DAILY, ran(DAILY, 2, "time_limit"), 21),
        (DAILY, ran(DAILY, 2, "not_begun"), 21),
    ],
)
def test_it_is_due(job: Job, last: Run | None, hours: int) -> None:
    assert due(job, last, NOW) == NOW + timedelta(hours=hours)


def test_the_outlook_is_a_table() -> None:
    assert list(outlook([DAILY, OFTEN], {"often": ran(OFTEN, 7)}, NOW)) == [
        "job    spider    when       time limit  next",
        "daily  articles  0 9 * * *  1h          2026-10-05T09:00:00+08:00",
        "often  articles  every 6h   1h          at once",
    ]
