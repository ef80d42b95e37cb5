"""What became of a claim."""

from collections.abc import Generator
from dataclasses import dataclass
from enum import Enum

from scrapy.http import Response


class Standing(Enum):
    """How a claim stands."""

    HOLDS = "holds"
    FAILS = "does not hold"
    UNKNOWN = "not checked"
    """Something was in the way."""
    SPARED = "no case met"
    """Nothing was in the way, but no page was met that it is about."""

    @property
    def is_well(self) -> bool:
        """Whether nobody has to look into it."""
        return self in (Standing.HOLDS, Standing.SPARED)


@dataclass(frozen=True)
class Finding:
    """How a claim stands, and what was seen, in words."""

    standing: Standing
    seen: str


Asking = Generator[str, Response, Finding]
"""Yields the URLs that it wants answered, takes the answers, and returns what it finds.

It does no I/O, and raises ClaimError where it can't judge.
"""
