"""The first pass: which captures of articles are in a file, and where."""

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import blake2b
from os import SEEK_END

from guancha import urls
from guancha.processors.dates import BEIJING
from guancha.reparse.index import Found, Told
from guancha.reparse.tally import Tally
from guancha.reparse.tasks import UNREADABLE, FindIn, Order, Rows
from guancha.warc import answers
from guancha.warc.captures import Note
from guancha.warc.reading import MOST_HEAD, Fault, Record, read


class CopyError(Exception):
    """Raised where our own copy of a record can't be written: that is no fault of the file."""


UNCOPIED = "can't be copied"
"""The fault of the disk for which the run is ended."""
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


class Finder:
    """``at`` is told which file and place are looked at."""

    def __init__(self, order: Order, at: Callable[[int, int], None]) -> None:
        self.order, self.at = order, at

    def find(self, task: FindIn) -> Iterator[Rows]:
        """What is in a file, some at a time; a file that can't be read is a fault."""
        self.at(task.file, task.start)
        found = _none(task.file, task.start)
        try:
            for found in self._find(task):
                yield found
        except (OSError, CopyError) as error:
            found = _none(task.file, found.offset)
            name = UNCOPIED if isinstance(error, CopyError) else UNREADABLE
            found.tally.fault(name, task.file, found.offset)
            yield found._replace(is_last=True)

    def _find(self, task: FindIn) -> Iterator[Rows]:
        found = _none(task.file, task.start)
        with self.order.files[task.file].open("rb") as file:
            for each in read(file, self.order.most + MOST_HEAD, task.start):
                if task.is_within and isinstance(each, Fault) and each.offset == task.start:
                    continue
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
        yield found._replace(offset=size, is_last=True)

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
        try:
            with self.order.path(-file - 1).open("ab") as copies:
                offset = copies.tell()
                copies.write(gzip.compress(head + (record.block or b"") + b"\r\n\r\n", 1))
        except OSError as error:
            raise CopyError from error
        return -file - 1, offset


def _none(file: int, offset: int) -> Rows:
    return Rows(file, [], [], Tally(), offset)


def _found(article_id: str, record: Record, moment: datetime, place: tuple[int, int]) -> Found:
    stamp = moment.astimezone(UTC).isoformat(timespec="microseconds")
    digest = blake2b(record.block or b"", digest_size=16).digest()
    record_id = record.headers.get("warc-record-id", "")
    return Found(article_id, record.url, stamp, digest, *place, record_id)
