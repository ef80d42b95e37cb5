"""What ``scrapy reparse`` was asked for."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from guancha.arguments.reading import parse_day
from guancha.exceptions import ArgumentError
from guancha.reparse.sources import find_files

MOST_JOBS = 256


@dataclass(frozen=True)
class Asked:
    """As typed, but read."""

    files: list[Path]
    jobs: int
    since: date | None
    until: date | None
    into: str | None

    @classmethod
    def parse(
        cls,
        paths: Sequence[str],
        jobs: str | None = None,
        since: str | None = None,
        until: str | None = None,
        into: str | None = None,
    ) -> Self:
        """None is what was not typed. Raises ArgumentError for what is of no use."""
        first, last = _day("--since", since), _day("--until", until)
        if first and last and first > last:
            raise ArgumentError(f"--since {first}: expected no day after --until {last}")
        return cls(find_files(paths), _jobs(jobs), first, last, into)


def _jobs(value: str | None) -> int:
    if value is None:
        return len(os.sched_getaffinity(0))
    is_number = value.isascii() and value.isdigit() and len(value) < 9
    if not is_number or not 1 <= int(value) <= MOST_JOBS:
        raise ArgumentError(f"--jobs {value!r}: expected a number from 1 to {MOST_JOBS}")
    return int(value)


def _day(name: str, value: str | None) -> date | None:
    day = value and parse_day(value)
    if value is not None and not day:
        raise ArgumentError(f"{name} {value!r}: expected YYYY-MM-DD")
    return day or None
