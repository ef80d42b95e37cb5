"""What to export: which stream, days and sections."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from guancha.arguments.reading import parse_day
from guancha.exceptions import ArgumentError
from guancha.streams import RECORDS
from guancha.urls import is_slug

Value = TypeVar("Value")

STREAMS = (*RECORDS, "links")
REVISED = ("articles", "comments", "posts")
"""Streams whose records have revisions."""
FILED = ("articles", "outcomes", "links")
"""Streams whose records are filed under sections."""


@dataclass(frozen=True)
class Selection:
    """What ``scrapy export`` was asked for."""

    stream: str
    """Of ``streams.RECORDS``, or links."""
    since: date | None = None
    """Oldest day wanted, inclusive: of an article's URL, on which a link was found, else of the line."""
    until: date | None = None
    """Newest day wanted, inclusive, likewise."""
    sections: tuple[str, ...] = ()
    """Slugs of sections or authors; none: all."""
    all_revisions: bool = False
    """Of what has revisions: every one instead of the newest."""

    @classmethod
    def parse(
        cls,
        stream: str,
        since: str | None = None,
        until: str | None = None,
        section: str | None = None,
        *,
        all_revisions: bool | None = None,
    ) -> "Selection":
        """Reads what was typed; None is what was not. Raises ArgumentError for what is of no use."""
        if stream not in STREAMS:
            raise _error("stream", stream, ", ".join(STREAMS))
        if all_revisions is not None and stream not in REVISED:
            option = "all-revisions" if all_revisions else "latest"
            raise ArgumentError(
                f"--{option}: expected with {', '.join(REVISED)}, got it with {stream}"
            )
        if section is not None and stream not in FILED:
            raise ArgumentError(
                f"--section: expected with {', '.join(FILED)}, got it with {stream}"
            )
        first, last = _parsed(_day, "since", since), _parsed(_day, "until", until)
        if first and last and first > last:
            raise _error("since", str(since), f"a day not after --until {until}")
        slugs = _parsed(_slugs, "section", section) or ()
        return cls(stream, first, last, slugs, bool(all_revisions))


def _error(name: str, value: str, expected: str) -> ArgumentError:
    option = name if name == "stream" else f"--{name}"
    return ArgumentError(f"{option}: expected {expected}, got {value!r}")


def _parsed(parse: Callable[[str, str], Value], name: str, value: str | None) -> Value | None:
    return None if value is None else parse(name, value)


def _day(name: str, value: str) -> date:
    day = parse_day(value)
    if day is None:
        raise _error(name, value, "YYYY-MM-DD")
    return day


def _slugs(name: str, value: str) -> tuple[str, ...]:
    slugs = [slug.strip() for slug in value.split(",") if slug.strip()]
    wrong = [slug for slug in slugs if not is_slug(slug)]
    if wrong or not slugs:
        wanted = "slugs of sections or authors, parted by commas"
        raise _error(name, wrong[0] if wrong else value, wanted)
    return tuple(dict.fromkeys(slugs))
