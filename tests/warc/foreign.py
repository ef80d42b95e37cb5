"""WARC files of others, by hand: what no writer of ours would write."""

import gzip
from io import BytesIO

URL = "https://www.guancha.cn/CaiJing/2026_10_05_903180.shtml"
DATE = "2026-10-05T12:00:00Z"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
VERSION = b"WARC/1.0"


def record(
    block: bytes,
    kind: str = "response",
    url: str | None = URL,
    date: str | None = DATE,
    length: int | str | None = None,
    end: bytes = b"\r\n\r\n",
    **more: str,
) -> bytes:
    """One record, not packed; None leaves a header out, ``length`` is what it says of the block."""
    headers = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": date,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block) if length is None else length),
        **more,
    }
    printed = "".join(
        f"{name}: {value}\r\n" for name, value in headers.items() if value is not None
    )
    return VERSION + b"\r\n" + printed.encode() + b"\r\n" + block + end


def answer(body: bytes = b"<html></html>", head: bytes = OK, **more: str | int | None) -> bytes:
    """A response record."""
    return record(head + body, **more)  # type: ignore[arg-type]


def packed(*records: bytes) -> bytes:
    """A gzip member for each."""
    return b"".join(gzip.compress(each, 1, mtime=0) for each in records)


def chunked(*chunks: bytes) -> bytes:
    """A body as a server sends it that does not know its length."""
    out = BytesIO()
    for chunk in (*chunks, b""):
        out.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
    return out.getvalue()
