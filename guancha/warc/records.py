"""One answer as WARC records, each a gzip member of its own: response, metadata, request.

The response comes first, and what belongs to it right behind; a request ends each answer.
"""

import gzip
from dataclasses import fields
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlsplit

from warcio.recordbuilder import RecordBuilder
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from guancha import __version__
from guancha.warc.captures import Capture, Note

Headers = list[tuple[str, str]]
LEVEL = 6  # of gzip: 9 takes twice the time for 1 % less, and 1 half of it for a tenth more (bench/warc.py)
PACKING = frozenset(("content-encoding", "transfer-encoding", "content-length"))
_VERSION = "WARC/1.1"


class _Http(StatusAndHeaders):  # type: ignore[misc]
    """Writes what is beyond ASCII as UTF-8: warcio itself would rewrite addresses with a colon in them."""

    def to_ascii_bytes(self, header_filter: None = None) -> bytes:
        return bytes(self.to_bytes(header_filter))


def info(name: str, date: datetime, tag: int) -> bytes:
    """The first record of a file; ``tag`` is what its members are known by."""
    told = {
        "software": f"guancha/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    }
    headers = {"WARC-Date": _stamp(date), "WARC-Filename": name}
    return _packed(_fields("", "warcinfo", headers, told), tag)


def answer(capture: Capture, asked: Headers, tag: int) -> bytes:
    """All records of an answer; ``asked`` are the headers of the request for it, ``tag`` is the file's.

    The body is kept as it was unpacked, and the headers say nothing of how it was packed but its length, so
    that whatever reads WARC can read it.
    """
    url, headers = capture.url, {"WARC-Date": _stamp(capture.date)}
    kept = [each for each in capture.headers if each[0].lower() not in PACKING]
    http = _http(_status(capture.status), [*kept, ("Content-Length", str(len(capture.body)))])
    response = _record(url, "response", headers, http, capture.body)
    headers["WARC-Concurrent-To"] = response.rec_headers.get_header("WARC-Record-ID")
    parts = urlsplit(url)
    line = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query} HTTP/1.1"
    request = _record(url, "request", headers, _http(line, asked, "GET"))
    noted = _noted(capture.note)
    metadata = [_fields(url, "metadata", headers, noted)] if noted else []
    return b"".join(_packed(record, tag) for record in (response, *metadata, request))


def _noted(note: Note) -> dict[str, str]:
    """What is worth telling: ``list-title``, ``hops``, ``origin``, ``asked``, ``part-of``."""
    known = ((field.name.replace("_", "-"), getattr(note, field.name)) for field in fields(note))
    return {name: str(value) for name, value in known if value}


def _fields(url: str, kind: str, headers: dict[str, str], told: dict[str, str]) -> ArcWarcRecord:
    lines = "".join(f"{name}: {_line(value)}\r\n" for name, value in told.items())
    return _record(url, kind, headers, None, lines.encode("utf-8", "replace"))


def _record(
    url: str, kind: str, headers: dict[str, str], http: _Http | None, body: bytes = b""
) -> ArcWarcRecord:
    return RecordBuilder(_VERSION).create_warc_record(
        url,
        kind,
        payload=BytesIO(body),
        length=len(body),
        warc_headers_dict=headers,
        http_headers=http,
    )


def _packed(record: ArcWarcRecord, tag: int) -> bytes:
    out = BytesIO()
    WARCWriter(out, gzip=False, warc_version=_VERSION).write_record(record)
    # In place of the time, which the record has: no page can hold what will pass for a member of this file.
    return gzip.compress(out.getvalue(), LEVEL, mtime=tag)


def _http(line: str, headers: Headers, protocol: str = "HTTP/1.1") -> _Http:
    return _Http(line, [(_line(name), _line(value)) for name, value in headers], protocol)


def _status(status: int) -> str:
    """A status with its usual words: those of the answer Scrapy does not keep."""
    known = status in HTTPStatus.__members__.values()
    return f"{status} {HTTPStatus(status).phrase}" if known else str(status)


def _stamp(date: datetime) -> str:
    return date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _line(value: str) -> str:
    """On one line, whatever a page or a server has put into it."""
    return " ".join(value.splitlines())
