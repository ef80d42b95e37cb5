"""The only place that reads the time.

``GUANCHA_NOW`` (ISO 8601 with an offset) sets where the clock of this process starts, so that a replica
and a test live in their own days; from there it runs on.
"""

import os
import time
from datetime import datetime, timedelta

from guancha.exceptions import ArgumentError
from guancha.processors.dates import BEIJING

VARIABLE = "GUANCHA_NOW"
_started = time.monotonic()


def start() -> datetime | None:
    """The start that the environment sets, None without one; raises ArgumentError for a malformed one."""
    printed = os.environ.get(VARIABLE)
    if not printed:
        return None
    try:
        moment = datetime.fromisoformat(printed)
    except ValueError:
        moment = datetime.min
    if moment.tzinfo is None:
        raise ArgumentError(
            f"environment {VARIABLE}: expected ISO 8601 with an offset, got {printed!r}"
        )
    return moment.astimezone(BEIJING)


def now() -> datetime:
    """The time in Beijing, aware, to the microsecond."""
    origin = start()
    if origin is None:
        return datetime.now(BEIJING)
    return origin + timedelta(seconds=uptime())


def uptime() -> float:
    """Seconds since the program started; nothing can set this clock."""
    return time.monotonic() - _started


def stamp(moment: datetime) -> str:
    """A time as the records print it: ISO 8601, ``+08:00``, to the second."""
    return moment.astimezone(BEIJING).isoformat(timespec="seconds")
