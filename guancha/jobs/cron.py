"""Times in the five fields of cron, read in Beijing: minute, hour, day of month, month, day of week."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Self

from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

from guancha.processors.dates import BEIJING

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
"""As cron counts them: Sunday is 0, and 7 as well. APScheduler has Monday for 0: it is given names only."""
ZONE = "Asia/Shanghai"
LOOKED_AT = 100
"""Times from which the shortest distance of two is told."""
_PART = re.compile(r"(?:\*|([0-9]{1,2}|[a-z]{3})(?:-([0-9]{1,2}|[a-z]{3}))?)(?:/([0-9]{1,2}))?")


@dataclass(frozen=True)
class Field:
    """One of the five: its numbers, and their names where they have some."""

    name: str
    first: int
    last: int
    names: tuple[str, ...] = ()

    def read(self, text: str) -> tuple[int, ...]:
        """All numbers that a text stands for; raises ValueError for what cron would not take."""
        found: set[int] = set()
        for part in text.lower().split(","):
            match = _PART.fullmatch(part)
            if match is None:
                raise ValueError(f"{self.name} {text!r}")
            start, end, step = match.groups()
            first = self._number(start) if start else self.first
            # To cron 5/10 is 5-59/10.
            last = self._number(end or start) if end or (start and not step) else self.last
            if first > last or step in ("0", "00"):
                raise ValueError(f"{self.name} {text!r}")
            found.update(range(first, last + 1, int(step or 1)))
        return tuple(sorted(found))

    def _number(self, text: str) -> int:
        number = self.first + self.names.index(text) if text in self.names else -1
        number = int(text) if text.isdigit() else number
        if not self.first <= number <= self.last:
            raise ValueError(f"{self.name} {text!r}")
        return number


MINUTE, HOUR = Field("minute", 0, 59), Field("hour", 0, 23)
DAY, MONTH = Field("day of month", 1, 31), Field("month", 1, 12, MONTHS)
WEEKDAY = Field("day of week", 0, 7, WEEKDAYS)
FIELDS = (MINUTE, HOUR, DAY, MONTH, WEEKDAY)


@dataclass(frozen=True)
class Cron:
    """Times of the calendar.

    >>> Cron.parse("30 4 * * 0").on_calendar
    ['Sun *-*-* 4:30:00 Asia/Shanghai']
    """

    text: str
    times: tuple[tuple[str, ...], ...]
    """The five fields, each a list or ``*``; a time that fits any of these counts."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads the fields; raises ValueError, in words, for what cron would not take or never comes."""
        words = text.split()
        if len(words) != len(FIELDS):
            raise ValueError(f"{len(words)} fields")
        minute, hour, day, month, weekday = map(_listed, FIELDS, words)
        times: tuple[tuple[str, ...], ...] = ((minute, hour, day, month, weekday),)
        if not (words[2].startswith("*") or words[4].startswith("*")):
            # Where both are named, either is enough for cron; others want both.
            times = ((minute, hour, day, month, "*"), (minute, hour, "*", month, weekday))
        cron = cls(text, times)
        if cron.trigger().get_next_fire_time(None, datetime(2000, 1, 1, tzinfo=BEIJING)) is None:
            raise ValueError("a day that never comes")
        return cron

    def __str__(self) -> str:
        return self.text

    def trigger(self, jitter: timedelta = timedelta()) -> OrTrigger:
        """For APScheduler."""
        each = [CronTrigger.from_crontab(" ".join(fields), BEIJING) for fields in self.times]
        return OrTrigger(each, jitter.total_seconds())

    def due(self, last: datetime | None, now: datetime) -> datetime:
        """When it is time, the last run having begun at ``last``; before now where that was missed."""
        return self._next(min(last, now)) if last else self._next(now)

    @property
    def shortest(self) -> timedelta:
        """From one time to the next, at least."""
        times = [datetime(2000, 1, 1, tzinfo=BEIJING)]
        while len(times) < LOOKED_AT:
            times.append(self._next(times[-1]))
        return min(later - earlier for earlier, later in pairwise(times[1:]))

    @property
    def on_calendar(self) -> list[str]:
        """For systemd, in the words of systemd.time(7)."""
        return [_on_calendar(*fields) for fields in self.times]

    def _next(self, after: datetime) -> datetime:
        found: datetime = self.trigger().get_next_fire_time(after, after)
        return found


def _listed(field: Field, text: str) -> str:
    """The numbers of a field; names of days; ``*`` for all."""
    numbers = field.read(text)
    if field is WEEKDAY:
        days = sorted({number % 7 for number in numbers})
        return "*" if len(days) == 7 else ",".join(WEEKDAYS[day] for day in days)
    whole = len(numbers) == field.last - field.first + 1
    return "*" if whole else ",".join(map(str, numbers))


def _on_calendar(minute: str, hour: str, day: str, month: str, weekday: str) -> str:
    days = "" if weekday == "*" else weekday.title() + " "
    return f"{days}*-{month}-{day} {hour}:{minute}:00 {ZONE}"
