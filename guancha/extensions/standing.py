"""How far a run has come: one look at its stats."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WINDOW = 60.0
"""Seconds that the rate looks back."""


@dataclass(frozen=True)
class Standing:
    """Counts since the run began. The fields are the keys of the log line, in this order, and stay."""

    elapsed: int
    """Seconds since the program started."""
    read: int
    """Articles, or what else the spider is for, that were answered: read, or unchanged since (304)."""
    new: int
    """Of them, written for the first time."""
    edited: int
    """Of them, written again since the site changed them."""
    requests: int
    """Requests sent, with listings, robots.txt and retries."""
    rate: float
    """Requests a minute, over about the last minute."""
    retries: int
    """Requests sent again after a passing fault."""
    queue: int
    """Requests that wait in memory; articles beyond MOST_QUEUED wait in the archive, and don't count."""
    errors: int
    """The sum of the following four."""
    layout: int
    """Pages that the rules could not read."""
    error: int
    """Pages that could not be had."""
    challenge: int
    """Pages that the site put a challenge before."""
    exceptions: int
    """Faults of the program."""
    listing: str
    """Slug of the listing that is being walked; empty between listings."""


def standing(stats: Mapping[str, Any], elapsed: float, rate: float) -> Standing:
    """What the stats of a run say; one that is absent is 0 or empty."""

    def count(name: str) -> int:
        return int(stats.get(name, 0))

    failures = {kind: count(f"commit/outcome/{kind}") for kind in ("layout", "error", "challenge")}
    failures["exceptions"] = sum(count(name) for name in stats if name.startswith("faults/"))
    return Standing(
        elapsed=int(elapsed),
        read=count("commit/read") + count("commit/sighting"),
        new=count("written/first"),
        edited=count("written/edit"),
        requests=count("downloader/request_count"),
        rate=round(rate, 1),
        retries=count("retry/count"),
        queue=count("scheduler/enqueued") - count("scheduler/dequeued"),
        errors=sum(failures.values()),
        **failures,
        listing=str(stats.get("listing/current", "")),
    )


class Rate:
    """How often something happens a minute, over about the last minute.

    >>> rate = Rate()
    >>> [rate.note(second, count) for second, count in ((0, 0), (30, 15), (60, 90), (120, 90))]
    [0.0, 30.0, 90.0, 0.0]
    """

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, second: float, count: int) -> float:
        """Takes down that ``count`` is reached at a second of a clock; returns the rate now."""
        self._seen.append((second, count))
        while len(self._seen) > 2 and self._seen[1][0] <= second - WINDOW:
            self._seen.popleft()
        begun, before = self._seen[0]
        return 60 * (count - before) / (second - begun) if second > begun else 0.0
