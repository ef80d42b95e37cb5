"""The states of an article, and the times between two looks at it."""

from datetime import datetime, timedelta

from guancha.clock import stamp

PENDING, ALIVE, DELETED, FAILED, ERASED = "pending", "alive", "deleted", "failed", "erased"
GONE = "gone"
"""Besides, an article that was never had may be ``stub``, ``gone`` or ``offsite``, as its outcome says."""

PASSING = frozenset(("error", "challenge"))
"""Outcomes that say nothing of the article, until the last try."""
GONE_TWICE = 2
GONE_APART = timedelta(hours=6)
"""Two answers closer together than this are one: a site may be ill for an hour."""

SOONEST, LATEST = timedelta(hours=1), timedelta(days=1)
"""Bounds of the time between two looks at a living article; failures closer than the first are one."""
LONGEST = timedelta(days=30)
"""The most between two looks at one that was not there."""


def next_check(published: str, now: datetime) -> str:
    """When to look at a living article again: the younger, the sooner.

    >>> next_check("2026-10-05T08:00+08:00", datetime.fromisoformat("2026-10-05T20:00:00+08:00"))
    '2026-10-05T23:00:00+08:00'
    """
    moment = datetime.fromisoformat(published)
    age = now - (moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo))
    return stamp(now + min(max(age / 4, SOONEST), LATEST))


def try_again(tries: int, now: datetime) -> str:
    """When an article that was not there may be asked for again: each time twice as late.

    >>> try_again(3, datetime.fromisoformat("2026-10-05T20:00:00+08:00"))
    '2026-10-09T20:00:00+08:00'
    """
    return stamp(now + min(LATEST * 2 ** min(max(tries - 1, 0), 9), LONGEST))
