"""The archive of pages: keeps what the site answers for articles, before the spider reads it."""

from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.http import Headers, Response

from guancha import clock, rendering
from guancha.extensions.options import read_number
from guancha.extensions.storage import CLOSE_REASON, Storage
from guancha.warc.captures import NOTE, RECEIVED, Capture, Note
from guancha.warc.files import FOLDER
from guancha.warc.writer import Writer

MOST = 10**15
"""Bytes of a file."""
NOT_MODIFIED = 304
UNSENT = frozenset((b"Proxy-Authorization",))
"""Headers of a request that are for the proxy alone."""


class Archive:
    """A downloader middleware, next to the spider. Off where ARCHIVE_PAGES is.

    It writes on the thread of the store, as a part of it: not before the folder's lock is held, not after
    anything has failed, and what fails here ends the run. The spider waits for it.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ARCHIVE_PAGES"):
            raise NotConfigured("ARCHIVE_PAGES")
        assert crawler.stats is not None
        self.crawler, self.stats = crawler, crawler.stats
        self.folder = Path(crawler.settings["DATA_DIR"]) / FOLDER
        self.limit = read_number(crawler.settings, "WARC_FILE_SIZE", least=1, most=MOST)
        self._writer: Writer | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        archive = cls(crawler)
        crawler.signals.connect(archive.spider_closed, signal=signals.spider_closed)
        return archive

    async def process_response(self, request: Request, response: Response) -> Response:
        note: Note | None = request.meta.get(NOTE)
        if note is None:
            return response
        date = request.meta[RECEIVED] = clock.now()
        if rendering.is_rendered(response):
            # It shows readers' names, which the page as served does not.
            self.stats.inc_value("archive/rendered")
        elif response.status != NOT_MODIFIED:
            kept = _texts(response.headers)
            capture = Capture(request.url, date, response.status, kept, response.body, note)
            asked = _asked(request)
            written = await self._storage.call(lambda _: self._write(capture, asked))
            self.stats.inc_value("archive/records")
            self.stats.inc_value("archive/bytes", written)
        return response

    async def spider_closed(self) -> None:
        # No answer is under way any more, and the lock is still held.
        writer = self._writer
        if writer is None:
            return
        try:
            await self._storage.call(lambda _: writer.close())
        except CloseSpider:
            self.stats.set_value("finish_reason", CLOSE_REASON)

    @property
    def _storage(self) -> Storage:
        storage = self.crawler.get_extension(Storage)
        assert storage is not None
        return storage

    def _write(self, capture: Capture, asked: list[tuple[str, str]]) -> int:
        self._writer = self._writer or Writer(self.folder, self.limit)
        return self._writer.write(capture, asked)


def _asked(request: Request) -> list[tuple[str, str]]:
    """The headers that were sent; the host is added where they leave."""
    sent = Headers((name, each) for name, each in request.headers.items() if name not in UNSENT)
    return [("Host", urlsplit(request.url).netloc), *_texts(sent)]


def _texts(headers: Headers) -> list[tuple[str, str]]:
    return [(_text(name), _text(each)) for name, values in headers.items() for each in values]


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")
