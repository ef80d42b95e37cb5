"""What one process does: finds the captures in a file, and reads those of an article again."""

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from os import SEEK_END
from pathlib import Path
from typing import NamedTuple

from guancha import urls
from guancha.items import Article, Outcome, Visit
from guancha.processors.dates import BEIJING
from guancha.reparse.index import Found, Place, Told
from guancha.reparse.scratch import Scratch
from guancha.reparse.tally import Tally
from guancha.reparse.visits import Answered, Visits
from guancha.store.past import Event
from guancha.store.projection import Line
from guancha.warc import answers
from guancha.warc.captures import Capture, Note
from guancha.warc.reading import MOST_HEAD, Fault, Record, read

UNREADABLE = "can't be read"
"""The fault of a file that the system does not give us."""
ROWS = 500
"""Records after which a process tells what it has found."""
KINDS = frozenset(
    (
        "warcinfo",
        "response",
        "resource",
        "request",
        "metadata",
        "revisit",
        "conversion",
        "continuation",
    )
)
"""Types of records that the format knows."""


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


class FindIn(NamedTuple):
    """Find the captures in a file, from a place on."""

    file: int
    start: int = 0
    step: int = ROWS
    """Records after which it is told what was found."""


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


class Read(NamedTuple):
    """What came of an article."""

    article_id: str
    lines: list[Line]
    events: list[Event]
    tally: Tally


class Worker:
    """Does the tasks of one process; ``at`` is told which file and place it looks at."""

    def __init__(self, order: Order, at: Callable[[int, int], None]) -> None:
        self.order, self.at = order, at
        self._scratch = Scratch(order.max_tries)

    def do(self, task: Task) -> Iterator[Rows | Read]:
        """Yields what is found, piece by piece."""
        if isinstance(task, ReadAgain):
            for article_id, places in task.articles:
                yield self._read(article_id, places)
            return
        self.at(task.file, task.start)
        found = _none(task.file, task.start)
        try:
            for found in self._find(task):
                yield found
        except OSError:
            found = _none(task.file, found.offset)
            found.tally.fault(UNREADABLE, task.file, found.offset)
            yield found

    def _find(self, task: FindIn) -> Iterator[Rows]:
        found = _none(task.file, task.start)
        with self.order.files[task.file].open("rb") as file:
            for each in read(file, self.order.most + MOST_HEAD, task.start):
                if found.tally.records >= task.step:
                    yield found._replace(offset=each.offset)
                    found = _none(task.file, each.offset)
                self.at(task.file, each.offset)
                found.tally.records += 1
                if isinstance(each, Fault):
                    found.tally.fault(each.name, task.file, each.offset)
                else:
                    self._sort(each, task.file, found)
            size = file.seek(0, SEEK_END)
        yield found._replace(offset=size)

    def _sort(self, record: Record, file: int, found: Rows) -> None:
        kind = record.kind
        if kind == "metadata" and (capture := record.headers.get("warc-concurrent-to")):
            note = answers.note(record)
            if note != Note():
                found.notes.append(Told(file, capture, json.dumps(asdict(note))))
        if kind != "response":
            found.tally.passed[kind if kind in KINDS else "of unknown type"] += 1
            return
        article = urls.find_article(record.url) if len(record.url) <= urls.MAX_LENGTH else None
        if article is None:
            found.tally.passed["other page"] += 1
            return
        moment = answers.moment(record, self.order.latest)
        if moment is None or record.block is None:
            name = "date" if moment is None else "too large"
            found.tally.fault(name, file, record.offset)
        elif not self._is_wanted(moment):
            found.tally.passed["other day"] += 1
        else:
            place = (file, record.offset) if record.is_first else self._copy(record, file)
            found.captures.append(_found(article.article_id, record, moment, place))

    def _is_wanted(self, moment: datetime) -> bool:
        since, until, day = self.order.since, self.order.until, moment.astimezone(BEIJING).date()
        return not (since and day < since) and not (until and day > until)

    def _copy(self, record: Record, file: int) -> tuple[int, int]:
        """Where a record can be read again that stands in the middle of a gzip member."""
        told = "".join(f"{name}: {value}\r\n" for name, value in record.headers.items())
        head = f"WARC/1.1\r\n{told}\r\n".encode("utf-8", "surrogatepass")
        with self._path(-file - 1).open("ab") as copies:
            offset = copies.tell()
            copies.write(gzip.compress(head + (record.block or b"") + b"\r\n\r\n", 1))
        return -file - 1, offset

    def _path(self, file: int) -> Path:
        return self.order.files[file] if file >= 0 else self.order.folder / f"copies-{-file - 1}.gz"

    def _read(self, article_id: str, places: list[Place]) -> Read:
        tally = Tally()
        visits = Visits(
            [self._answered(each, tally) for each in places], is_plain=self.order.is_plain
        )
        counted = _counted(visits.events(), tally)
        if self.order.has_store:
            done = Read(article_id, [], list(counted), tally)
        else:
            added, records = self._scratch.lines(counted)
            revisions = [each.revision_cause for each in records if isinstance(each, Article)]
            tally.written.update(revisions)
            tally.written.update(each.kind for each in records if isinstance(each, Outcome))
            done = Read(article_id, added, [], tally)
        tally.passed.update(+visits.passed)
        return done

    def _answered(self, place: Place, tally: Tally) -> Answered:
        note = Note(**json.loads(place.note)) if place.note else Note()
        page, moment = urls.article(place.url), datetime.fromisoformat(place.date)
        return Answered(page, moment, note, lambda: self._load(place, tally))

    def _load(self, place: Place, tally: Tally) -> Capture | None:
        self.at(place.file, place.offset)
        found = self._capture(place)
        if isinstance(found, Capture):
            return found
        tally.fault(found, place.file, place.offset)
        return None

    def _capture(self, place: Place) -> Capture | str:
        try:
            with self._path(place.file).open("rb") as file:
                record = next(read(file, self.order.most + MOST_HEAD, place.offset))
        except OSError:
            return UNREADABLE
        # Somebody may have changed the file since.
        if not isinstance(record, Record) or record.url != place.url:
            return "changed while it was read"
        return answers.capture(record, self.order.latest, self.order.most)


def _none(file: int, offset: int) -> Rows:
    return Rows(file, [], [], Tally(), offset)


def _found(article_id: str, record: Record, moment: datetime, place: tuple[int, int]) -> Found:
    stamp = moment.astimezone(UTC).isoformat(timespec="microseconds")
    digest = blake2b(record.block or b"", digest_size=16).digest()
    record_id = record.headers.get("warc-record-id", "")
    return Found(article_id, record.url, stamp, digest, *place, record_id)


def _counted(events: Iterator[Event], tally: Tally) -> Iterator[Event]:
    for event in events:
        if isinstance(event.item, Visit):
            tally.read += 1
        elif isinstance(event.item, Outcome):
            tally.outcomes[event.item.kind] += 1
        yield event


def rest(task: Task, count: int, last: Rows | Read | None) -> Task | None:
    """What is left of a task whose process has died, after so many results of which this was the last."""
    if isinstance(task, ReadAgain):
        left = task.articles[count + 1 :]
        return ReadAgain(left) if left else None
    start = last.offset if isinstance(last, Rows) else task.start
    # Once more, record by record; the one at which that dies as well is left out.
    return FindIn(task.file, start + 1) if task.step == 1 else FindIn(task.file, start, 1)
