"""Records of WARC as answers of a site, and what our own files note of them."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

from guancha import urls
from guancha.processors.text import clean
from guancha.warc.captures import Capture, Note
from guancha.warc.reading import MOST_HEAD, Record, head
from guancha.warc.unpacking import UnpackingError, unpack

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
MOST_HOPS, MOST_TITLE = 100, 1000
"""Of a note: links, and characters."""
_STATUS = re.compile(r"HTTP/[0-9](?:\.[0-9])? ([1-9][0-9]{2})(?: .*)?")


def moment(record: Record, latest: datetime) -> datetime | None:
    """Its WARC-Date; None where it has none, or one that can't be, such as one behind ``latest``."""
    try:
        found = datetime.fromisoformat(record.headers.get("warc-date", ""))
    except ValueError:
        return None
    if found.tzinfo is None:
        return None
    return found if EARLIEST <= found <= latest else None


def capture(record: Record, latest: datetime, most: int) -> Capture | str:
    """The answer that a response record holds, with a body of up to ``most`` bytes; a word for what has none.

    Its note is empty: that is in a record of its own.
    """
    date = moment(record, latest)
    if date is None:
        return "date"
    if record.block is None:
        return "too large"
    end = min(
        (at + n for end, n in _ENDS if (at := record.block.find(end, 0, MOST_HEAD)) >= 0), default=0
    )
    known = head(record.block[:end]) if end else None
    status = known and _STATUS.fullmatch(known[0])
    if known is None or not status:
        return "no answer"
    headers = {name.lower(): value for name, value in reversed(known[1])}
    try:
        transfer = headers.get("transfer-encoding", "")
        body = unpack(record.block[end:], transfer, headers.get("content-encoding", ""), most)
    except UnpackingError as error:
        return str(error)
    kept = [each for each in known[1] if each[0].lower() not in _PACKING]
    return Capture(record.url, date, int(status[1]), kept, body)


_ENDS = ((b"\r\n\r\n", 4), (b"\n\n", 2))
_PACKING = ("transfer-encoding", "content-encoding", "content-length")


def note(record: Record) -> Note:
    """What a metadata record tells as ours do; what none of ours would say counts as not told."""
    told = Note()
    for line in (record.block or b"").decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        told = _told(told, name.strip().lower(), value.strip())
    return told


def _told(told: Note, name: str, value: str) -> Note:
    match name:
        case "hops" if re.fullmatch(r"[0-9]{1,3}", value) and int(value) <= MOST_HOPS:
            return replace(told, hops=int(value))
        case "list-title" if _is_title(value):
            return replace(told, list_title=clean(value))
        case "origin" if urls.is_slug(value):
            return replace(told, origin=value)
        case "asked" if _is_article(value):
            return replace(told, asked=value)
        case "part-of" if _is_article(value):
            return replace(told, part_of=value)
        case _:
            return told


def _is_article(value: str) -> bool:
    return len(value) <= urls.MAX_LENGTH and urls.find_article(value) is not None


def _is_title(value: str) -> bool:
    title = clean(value)
    # Characters of no width are no control characters: the site prints them.
    is_printed = not any(unicodedata.category(each) == "Cc" for each in title)
    return 0 < len(title) <= MOST_TITLE and is_printed
