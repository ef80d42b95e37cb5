"""What processes are asked to do, and what they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from guancha.reparse.index import Found, Place, Told
from guancha.reparse.pool import Died
from guancha.reparse.tally import Tally
from guancha.store.past import Event
from guancha.store.projection import Line

UNREADABLE = "can't be read"
"""The fault of a file that the system does not give us."""
ROWS = 500
"""Records after which a process tells what it has found."""


@dataclass(frozen=True)
class Order:
    """What is to be done, the same for all processes."""

    files: Sequence[Path]
    folder: Path
    """Of this run, for what can't be read where it stands."""
    most: int
    """Bytes of a body, unpacked."""
    latest: datetime
    """No capture is younger."""
    since: date | None = None
    until: date | None = None
    """Days of captures in Beijing, inclusive."""
    max_tries: int = 1
    is_plain: bool = False
    """Whether readers' numbers stay in addresses."""
    has_store: bool = False
    """Whether items are wanted, for a store, and not lines."""

    def path(self, file: int) -> Path:
        """Where a file is, by its number; below 0 a copy of what can't be read where it stands."""
        return self.files[file] if file >= 0 else self.folder / f"copies-{-file - 1}.gz"


class FindIn(NamedTuple):
    """Find the captures in a file, from a place on."""

    file: int
    start: int = 0
    step: int = ROWS
    """Records after which it is told what was found."""
    is_within: bool = False
    """Whether the place is in the middle of a record: that the file has none there is no fault of it."""


class ReadAgain(NamedTuple):
    """Read the captures of some articles."""

    articles: list[tuple[str, list[Place]]]


Task = FindIn | ReadAgain


class Rows(NamedTuple):
    """Some of what is in a file."""

    file: int
    captures: list[Found]
    notes: list[Told]
    tally: Tally
    offset: int
    """From where on the file is not read yet."""
    is_last: bool = False
    """Whether there is no more of it."""


class Read(NamedTuple):
    """What came of an article."""

    article_id: str
    lines: list[Line]
    events: list[Event]
    tally: Tally


def rest(task: Task, count: int, last: Rows | Read | None, died: Died) -> Task | None:
    """What is left of a task whose process has died, after so many results of which this was the last."""
    if isinstance(task, ReadAgain):
        left = task.articles[count + 1 :]
        return ReadAgain(left) if left else None
    if isinstance(last, Rows) and last.is_last:
        return None
    start, is_within = task.start, task.is_within
    if isinstance(last, Rows):
        start, is_within = last.offset, False
    # Once more, record by record; the one at which that dies as well is left out.
    if task.step != 1:
        return FindIn(task.file, start, 1, is_within)
    return FindIn(task.file, max(start, died.offset) + 1, is_within=True)
