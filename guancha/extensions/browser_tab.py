"""One page of the browser, while it answers one request: where it may go, and when it is done."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from playwright.async_api import Error, Page, Request, Response, Route
from scrapy import Request as Asked
from scrapy.exceptions import DownloadCancelledError

from guancha import urls
from guancha.rendering import CHALLENGED, READY

NAVIGATION_SECONDS = 30
"""So long a page may take to come."""
READY_SECONDS = 10
"""So long one that has come is waited for, where it is not as it is wanted."""
POLL_SECONDS = 0.05
MOST_LOADED = 4
"""So often a page may load another, or itself, before it is given up: a challenge may go on for good."""
STATE = "document.readyState === 'loading' ? null : Boolean(%s)"
"""JavaScript: null while the page is still coming, then whether it is as it is wanted."""
UNWANTED = frozenset(("image", "media", "font"))


class LeftError(Exception):
    """Raised within a page that has gone away from its host."""


class Tab:
    """Loads nothing but mark-up, styles and scripts of the site, and stays on the host it was sent to."""

    def __init__(self, asked: Asked, most: int) -> None:
        self.asked = asked
        self.most = most
        """Characters that a page may have; 0 for any number."""
        self.away: str | None = None
        """Another host that the page, or the site, has sent the browser to."""
        self.is_ready = False
        """Whether what is wanted has come."""
        self.is_late = False
        """Whether it was waited for in vain."""
        self.served: bytes | None = None
        """What the site has answered, before any script; None where it can't be had."""
        self._page: Page | None = None
        self._loaded = 0
        self._document: Response | None = None

    async def begin(self, page: Page, _: object) -> None:
        """Sets the rules, before anything is asked for."""
        page.on("popup", lambda popup: popup.close())
        page.on("response", self._note)
        await page.route("**/*", self._judge)
        self._page = page

    async def complete(self, page: Page) -> None:
        """Waits for what is wanted, however long other scripts may take to come."""
        if page is not self._page:
            raise DownloadCancelledError("the page is without its rules")
        await self._wait(page)
        size = await page.evaluate("document.documentElement.outerHTML.length")
        if self.most and size > self.most:
            raise DownloadCancelledError(f"the page has {size} characters, more than {self.most}")
        if self._document:
            with suppress(Error):
                self.served = await self._document.body()

    async def close(self) -> None:
        """Leaves nothing open, however it went."""
        if self._page:
            with suppress(Error):
                await self._page.close()

    async def _wait(self, page: Page) -> None:
        loop = asyncio.get_running_loop()
        end = None
        while not (self.is_ready or self.is_late or self._is_elsewhere(page)):
            state = None
            # Between two documents there is nothing to ask.
            with suppress(Error):
                state = await page.evaluate(STATE % self.asked.meta[READY])
            if state is not None:
                end = end or loop.time() + READY_SECONDS
                self.is_ready = state
                self.is_late |= not state and loop.time() > end
            await asyncio.sleep(0 if self.is_ready else POLL_SECONDS)
        if self.away:
            raise LeftError(self.away)

    def _is_elsewhere(self, page: Page) -> bool:
        """Whether what is wanted can't come any more; behind a challenge it may from any address."""
        if self.away or page.is_closed():
            return True
        if CHALLENGED not in self.asked.meta and not is_same(self.asked.url, page.url):
            return True
        answer = self._document
        return answer is not None and (answer.status != 200 or not is_markup(answer.headers))

    async def _judge(self, route: Route) -> None:
        wanted = route.request
        parts = urlsplit(wanted.url)
        is_ours = parts.scheme == "https" and urls.kind(wanted.url) is not urls.Kind.OFFSITE
        with suppress(Error):
            self._loaded += self._is_page(wanted)
            if self._loaded > MOST_LOADED:
                self.is_late = True
                await route.abort("aborted")
            elif self._is_page(wanted) and parts.hostname != urlsplit(self.asked.url).hostname:
                self.away = wanted.url
                await route.abort("aborted")
            elif is_ours and wanted.resource_type not in UNWANTED:
                await route.continue_()
            else:
                await route.abort("blockedbyclient")

    def _note(self, answer: Response) -> None:
        if not self._is_page(answer.request):
            return
        if not 300 <= answer.status < 400:
            self._document = answer
        elif location := answer.headers.get("location"):
            there = urljoin(answer.url, location)
            if urlsplit(there).hostname != urlsplit(self.asked.url).hostname:
                self.away = there

    def _is_page(self, request: Request) -> bool:
        is_main = self._page is not None and request.frame is self._page.main_frame
        return is_main and request.is_navigation_request()


def is_markup(headers: Mapping[str, str]) -> bool:
    """Whether an answer is a page, by its headers as a browser names them."""
    return "html" in headers.get("content-type", "html").lower()


def is_same(asked: str, there: str) -> bool:
    """Whether two URLs are one page, where scripts may have added to its query.

    >>> is_same("https://a/b?id=1", "https://a/b?id=1&token=x#top"), is_same("https://a/b", "https://a/")
    (True, False)
    """
    one, other = urlsplit(asked), urlsplit(there)
    if (one.hostname, unquote(one.path) or "/") != (other.hostname, unquote(other.path) or "/"):
        return False
    return set(parse_qsl(one.query)) <= set(parse_qsl(other.query))
