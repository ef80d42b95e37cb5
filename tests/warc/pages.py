"""Answers to write, and files as warcio reads them: every record, its digests checked."""

import gzip
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from guancha.warc.captures import Capture, Note
from guancha.warc.writer import Writer

NOON = datetime.fromisoformat("2026-10-05T12:00:00.000123+08:00")
ASKED = [("Host", "www.guancha.cn"), ("User-Agent", "guancha")]
NOTED = Note("题目", 1, "CaiJing")
BIG = 1 << 30


@dataclass(frozen=True)
class Read:
    """A record as somebody else's library reads it."""

    kind: str
    headers: dict[str, str]
    line: str
    """Of HTTP: the status, or what was asked for."""
    http: list[tuple[str, str]]
    body: bytes


def address(number: int, page: str = "") -> str:
    return f"https://www.guancha.cn/CaiJing/2026_10_04_{number}{page and '_' + page}.shtml"


def capture(number: int, body: bytes = b"", *, page: str = "", minutes: float = 0) -> Capture:
    """An answer; its body is unlike any other and can't be packed well."""
    url, date = address(number, page), NOON + timedelta(minutes=minutes)
    body = body or Random(url).randbytes(300).hex().encode()
    return Capture(url, date, 200, [("Content-Type", "text/html")], body, NOTED)


def fill(folder: Path, captures: Iterable[Capture], limit: int = BIG) -> list[Path]:
    """Writes answers; returns the files that are there then."""
    writer = Writer(folder, limit)
    for each in captures:
        writer.write(each, ASKED)
    writer.close()
    return sorted(folder.iterdir())


def read(path: Path) -> list[Read]:
    """All records of a file."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            http = record.http_headers
            found.append(
                Read(
                    record.rec_type,
                    dict(record.rec_headers.headers),
                    http.statusline if http else "",
                    http.headers if http else [],
                    record.content_stream().read(),
                )
            )
    assert path.stat().st_size == 0 or found
    return found


def is_sound(path: Path) -> bool:
    """What ``warcio check`` says."""
    checker = Checker(type("Command", (), {"verbose": False, "inputs": [str(path)]})())
    checker.process_all()
    return not checker.exit_value


def numbers(path: Path) -> list[int]:
    """Which articles' answers a file holds, in order."""
    responses = [r for r in read(path) if r.kind == "response"]
    return [int(r.headers["WARC-Target-URI"].split("_")[3].split(".")[0]) for r in responses]


def members(content: bytes) -> list[bytes]:
    """A file cut into its gzip members."""
    found = []
    while content:
        engine = zlib.decompressobj(31)
        engine.decompress(content)
        found.append(content[: len(content) - len(engine.unused_data)])
        content = engine.unused_data
    return found


def unpacked(path: Path) -> bytes:
    """All that a file holds."""
    return gzip.decompress(path.read_bytes())
