"""The body of an answer as its server packed it: chunks and codings undone, within a bound."""

import zlib
from collections.abc import Callable
from io import BytesIO

import brotli
from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader

MOST_CODINGS = 3
"""Nobody packs a page more often."""


class UnpackingError(ValueError):
    """Raised by :func:`unpack`; its text is the name of what is wrong."""


def unpack(body: bytes, transfer: str, coding: str, most: int) -> bytes:
    """A body without its codings, as ``Transfer-Encoding`` and ``Content-Encoding`` name them.

    Files of others keep these headers with bodies that are unpacked already: such are taken as they are.
    Raises UnpackingError for what can't be unpacked, and for more than ``most`` bytes.
    """
    if "chunked" in transfer.lower():
        body = _joined(body)
    codings = [each.strip().lower() for each in coding.split(",") if each.strip()]
    if len(codings) > MOST_CODINGS:
        raise UnpackingError("coding")
    for each in reversed(codings):
        body = _CODINGS.get(each, _unknown)(body, most)
    if len(body) > most:
        raise UnpackingError("too large")
    return body


def _joined(body: bytes) -> bytes:
    size, _, _ = body[:64].partition(b"\r\n")
    try:
        int(size.partition(b";")[0], 16)
    except ValueError:
        return body
    try:
        return bytes(ChunkedDataReader(BytesIO(body), raise_exceptions=True).read(len(body)))
    except ChunkedDataException as error:
        raise UnpackingError("chunks") from error


def _gzip(body: bytes, most: int) -> bytes:
    return _inflated(body, 31, most) if body.startswith(b"\x1f\x8b") else body


def _deflate(body: bytes, most: int) -> bytes:
    # Some servers leave the two bytes of zlib out.
    is_zlib = len(body) > 1 and body[0] & 15 == 8 and int.from_bytes(body[:2]) % 31 == 0
    return _inflated(body, 15 if is_zlib else -15, most)


def _inflated(body: bytes, window: int, most: int) -> bytes:
    found = b""
    while body:
        packed = zlib.decompressobj(window)
        try:
            found += packed.decompress(body, most + 1 - len(found))
        except zlib.error as error:
            raise UnpackingError("coding") from error
        if len(found) > most:
            raise UnpackingError("too large")
        if not packed.eof:
            raise UnpackingError("coding")
        # Behind the first stream there is seldom another.
        body = packed.unused_data if packed.unused_data.startswith(b"\x1f\x8b") else b""
    return found


def _brotli(body: bytes, most: int) -> bytes:
    packed, found = brotli.Decompressor(), bytearray()
    try:
        found += packed.process(body, output_buffer_limit=most + 1)
        while not packed.is_finished() and len(found) <= most:
            more = packed.process(b"", output_buffer_limit=most + 1 - len(found))
            if not more:
                raise UnpackingError("coding")
            found += more
    except brotli.error as error:
        raise UnpackingError("coding") from error
    if len(found) > most:
        raise UnpackingError("too large")
    return bytes(found)


def _same(body: bytes, _: int) -> bytes:
    return body


def _unknown(_: bytes, __: int) -> bytes:
    raise UnpackingError("coding")


_CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "identity": _same,
}
