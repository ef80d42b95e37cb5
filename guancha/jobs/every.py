"""Times at equal distances, and how a length of time is written."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from apscheduler.triggers.interval import IntervalTrigger

from guancha.processors.dates import BEIJING

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def duration(text: str) -> timedelta:
    """A length of time; raises ValueError for a text that is none.

    >>> duration("90m")
    datetime.timedelta(seconds=5400)
    """
    match = re.fullmatch(r"([0-9]{1,6})([smhd])", text)
    if match is None:
        raise ValueError(text)
    return timedelta(seconds=int(match[1]) * UNITS[match[2]])


def in_words(length: timedelta) -> str:
    """The other way round, in the largest unit that fits.

    >>> in_words(timedelta(hours=36)), in_words(timedelta(days=2))
    ('36h', '2d')
    """
    seconds = int(length.total_seconds())
    unit = next(unit for unit in reversed(UNITS) if seconds % UNITS[unit] == 0)
    return f"{seconds // UNITS[unit]}{unit}"


@dataclass(frozen=True)
class Every:
    """From the start of one run to that of the next."""

    interval: timedelta

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads the distance; raises ValueError for a text that is none, and for no distance at all."""
        interval = duration(text)
        if not interval:
            raise ValueError(text)
        return cls(interval)

    def __str__(self) -> str:
        return f"every {in_words(self.interval)}"

    def trigger(self, jitter: timedelta = timedelta()) -> IntervalTrigger:
        """For APScheduler."""
        seconds = self.interval.total_seconds()
        return IntervalTrigger(seconds=seconds, timezone=BEIJING, jitter=jitter.total_seconds())

    def due(self, last: datetime | None, now: datetime) -> datetime:
        """When it is time, the last run having begun at ``last``; at once without one."""
        return min(last, now) + self.interval if last else now

    @property
    def shortest(self) -> timedelta:
        """From one time to the next, at least."""
        return self.interval
