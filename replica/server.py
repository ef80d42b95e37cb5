"""The network's edge: a proxy on the loopback that knows guancha.cn, the stand-in, and nothing else."""

import asyncio
import socket
import ssl
import struct
from asyncio import StreamReader, StreamWriter
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import format_datetime
from hashlib import blake2b
from http import HTTPStatus

import trustme

from replica.answers import Answer
from replica.faults import Faults, Mishap
from replica.site import Site

DOMAIN = "guancha.cn"
ENDED = (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ssl.SSLError)
"""How a conversation ends when the other side has had enough."""
RESET = struct.pack("ii", 1, 0)
"""SO_LINGER that turns a close into a reset."""


@dataclass(frozen=True)
class Head:
    """The head of one request."""

    method: str
    target: str
    headers: dict[str, str]


async def read_head(reader: StreamReader) -> Head:
    """Reads one head, and leaves the body of a request that has one behind."""
    text = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    line, *lines = text.rstrip("\r\n").split("\r\n")
    method, target, *_ = [*line.split(" "), "", ""]
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    length = headers.get("content-length", "0")
    if length.isdigit():
        await reader.readexactly(int(length))
    return Head(method, target, headers)


def is_ours(host: str) -> bool:
    """Whether the host belongs to the site."""
    return host == DOMAIN or host.endswith("." + DOMAIN)


class Authority:
    """A throw-away authority, and the context of the one certificate that it signed."""

    def __init__(self) -> None:
        authority = trustme.CA()
        self.pem = authority.cert_pem.bytes()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(DOMAIN, f"*.{DOMAIN}").configure_cert(self.context)


@dataclass
class Edge:
    """Answers connections: a proxy's head, then TLS, then HTTP/1.1 until the other side leaves."""

    site: Site
    faults: Faults
    context: ssl.SSLContext
    asked: Counter[str] = field(default_factory=Counter)
    """How many times each URL was asked for."""
    _open: set[asyncio.Task[None]] = field(default_factory=set)

    def __call__(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Takes a connection on; it ends with the event loop at the latest, without a word."""
        task = asyncio.create_task(self._converse(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _converse(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            head = await read_head(reader)
            host, _, port = head.target.partition(":")
            if head.method == "CONNECT" and port == "443" and is_ours(host.lower()):
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await writer.start_tls(self.context)
                while await self._exchange(reader, writer):
                    pass
            else:
                await _refuse(head.target, writer)
        except ENDED:
            pass
        finally:
            writer.close()

    async def _exchange(self, reader: StreamReader, writer: StreamWriter) -> bool:
        """One request and its answer; False when it was the last."""
        head = await read_head(reader)
        mishap = self._decide(head)
        if mishap.delay:
            await asyncio.sleep(mishap.delay)
        answer = _tagged(mishap.answer, head) if mishap.sound else mishap.answer
        if mishap.reset and not answer.body:
            _reset(writer)
            return False
        length = {} if answer.status == 304 else {"Content-Length": str(len(answer.body))}
        now = format_datetime(self.site.world.now.astimezone(UTC), usegmt=True)
        writer.write(_head(answer.status, {"Date": now, **answer.headers, **length}))
        if mishap.reset:
            writer.write(answer.body[: len(answer.body) // 2])
            await writer.drain()
            _reset(writer)
            return False
        if head.method != "HEAD":
            writer.write(answer.body)
        await writer.drain()
        return head.headers.get("connection", "").lower() != "close"

    def _decide(self, head: Head) -> Mishap:
        host = head.headers.get("host", "").partition(":")[0].lower()
        url = f"https://{host}{head.target}"
        self.asked[url] += 1
        answer = self.site.answer(host, head.target)
        return self.faults.befall(url, self.asked[url], answer, head.headers.get("cookie", ""))


def _tagged(answer: Answer, head: Head) -> Answer:
    """A page with its ETag, or 304 to someone who has this very page."""
    if answer.status != 200:
        return answer
    tag = f'"{blake2b(answer.body, digest_size=8).hexdigest()}"'
    headers = {**answer.headers, "ETag": tag}
    known = head.headers.get("if-none-match") == tag
    return Answer(304, b"", headers) if known else Answer(200, answer.body, headers)


def _head(status: int, headers: dict[str, str]) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n{lines}\r\n".encode("latin-1")


def _reset(writer: StreamWriter) -> None:
    """Breaks the connection off, so that the other side sees a reset and no end."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()


async def _refuse(target: str, writer: StreamWriter) -> None:
    """Sends plain http to https; whatever else is asked for never leaves this machine."""
    plain, _, path = target.removeprefix("http://").partition("/")
    host = plain.partition(":")[0].lower()
    headers = {"Content-Length": "0", "Connection": "close"}
    if target.startswith("http://") and is_ours(host):
        writer.write(_head(301, {"Location": f"https://{host}/{path}", **headers}))
    else:
        writer.write(_head(502, headers))
    await writer.drain()
