"""Readers who write: few enough to meet again, and known by their traces in whatever is put out."""

import re
from dataclasses import dataclass

from replica.timeline import World
from replica.words import clause, draw, noun

READERS = 500
PREFIX = "看客"
"""Every name and every self-description begins with it, and no other words hold it."""
FIRST_ID, STEP = 70_000_000, 1999
TRACE = re.compile(PREFIX + r"|(?<![0-9A-Za-z])70\d{6}(?![0-9A-Za-z])")
"""Finds a reader's name or id in any text."""


@dataclass(frozen=True)
class Reader:
    """Somebody with an account."""

    number: int
    name: str
    about: str
    """What the reader says of themself; often nothing."""

    @property
    def user_id(self) -> int:
        """The number of the account."""
        return FIRST_ID + STEP * self.number


def reader(world: World, index: int) -> Reader:
    """The reader of that number, whatever its size."""
    index %= READERS
    rng = draw(world.seed, index, "reader")
    about = f"{PREFIX}说{clause(rng)}" if rng.random() < 0.3 else ""
    return Reader(index, f"{PREFIX}{noun(rng)}{index}", about)


def reader_number(user_id: int) -> int | None:
    """The number of the reader with that id; None where there is none."""
    number, rest = divmod(user_id - FIRST_ID, STEP)
    return number if rest == 0 and 0 <= number < READERS else None
