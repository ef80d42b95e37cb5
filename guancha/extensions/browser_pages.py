"""The browser: how it is started, what it may do, and how a request passes through it."""

import asyncio
import logging
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies

from playwright.async_api import Browser as Chromium
from playwright.async_api import Error, Page
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.handler import Config, ScrapyPlaywrightDownloadHandler
from scrapy_playwright.provider import PlaywrightBrowserProvider

from guancha import urls
from guancha.exceptions import BrowserError
from guancha.extensions.browser_answer import failure, redirect, shape
from guancha.extensions.browser_tab import NAVIGATION_SECONDS, LeftError, Tab, is_lost
from guancha.rendering import BEHIND, CHALLENGED, NOT_READY

LACKING = "a bare system may lack what its process needs: apt-get install libatomic1"
PAGES = 4
"""Open at one time."""
TAB = "browser_tab"
"""Key of ``Request.meta``."""
RULES = f"MAP * ~NOTFOUND, EXCLUDE {urls.DOMAIN}, EXCLUDE *.{urls.DOMAIN}"
"""Nobody else is ever asked: of redirects Playwright hears only when they are followed."""


class Provider(PlaywrightBrowserProvider):  # type: ignore[misc]
    """Says in words where the browser can't be started."""

    async def start(self) -> None:
        """Starts Playwright's own process."""
        try:
            await super().start()
        except Exception as error:
            # Of no narrower kind where its process ends at once.
            said = f"Playwright can't be started: {_first_line(error)}"
            raise BrowserError(f"{said} ({LACKING})") from error

    async def launch_browser(self) -> Chromium:
        """Starts the browser, at first and after each crash."""
        try:
            browser: Chromium = await super().launch_browser()
        except Error as error:
            name = self.config.launch_options["executable_path"]
            raise BrowserError(f"{name} can't be started: {_first_line(error)}") from error
        return browser


class Browser(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """scrapy-playwright's handler, started late, with our rules and bounds."""

    def __init__(self, crawler: Crawler, program: Path) -> None:
        super().__init__(crawler)
        # What it warns of, with tracebacks, becomes an outcome.
        logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)
        self.settings = crawler.settings
        self.config: Config = replace(
            Config.from_settings(crawler.settings),
            browser_type_name="chromium",
            launch_options=_launch_options(program),
            max_pages_per_context=PAGES,
            download_timeout_secs=0,
            navigation_timeout_ms=NAVIGATION_SECONDS * 1000,
        )
        # With Scrapy's headers the cookies that a challenge has left would be missing.
        self.process_request_headers = None
        self.browser_provider_cls = Provider
        self.starting = asyncio.Lock()
        self.is_lost = False
        """Whether Playwright itself has died: a browser that has is started again by scrapy-playwright."""

    async def render(self, request: Request) -> Response:
        """Answers one request. Raises Scrapy's errors of a download, and BrowserError."""
        async with self.starting:
            if not hasattr(self, "browser_provider"):
                provider = self.browser_provider_cls(self.config)
                await provider.start()
                self.browser_provider = provider
        tab = Tab(request, self.settings.getint("DOWNLOAD_MAXSIZE"))
        begun = asyncio.get_running_loop().time()
        # A copy: what belongs to the page must not travel with the request.
        asked = request.replace(meta={**request.meta, **self._meta(tab)})
        try:
            async with asyncio.timeout(request.meta.get("download_timeout")):
                response = await self.download_request(asked)
        except (Error, LeftError, TimeoutError) as error:
            self.is_lost |= is_lost(error)
            if tab.away is None:
                raise failure(error) from error
            return redirect(request, tab.away)
        finally:
            await tab.close()
            request.meta["download_latency"] = asyncio.get_running_loop().time() - begun
        self._count(request, tab)
        return shape(request, response, tab)

    async def close(self) -> None:
        """Ends the browser and Playwright, as far as they live."""
        with suppress(Error):
            await super().close()

    async def _apply_page_methods(self, page: Page, request: Request, _: object) -> None:
        """In place of scrapy-playwright's own, which waits for the slowest of all scripts."""
        await request.meta[TAB].complete(page)

    def _meta(self, tab: Tab) -> dict[str, Any]:
        """What scrapy-playwright reads in a request."""
        headers = self.settings.getdict("DEFAULT_REQUEST_HEADERS")
        context = {
            "user_agent": self.settings["USER_AGENT"],
            "locale": "zh-CN",
            "extra_http_headers": {"Accept-Language": headers["Accept-Language"]},
            "accept_downloads": False,
            "service_workers": "block",
        }
        return {
            "playwright": True,
            "playwright_context_kwargs": context,
            "playwright_page_goto_kwargs": {"wait_until": "commit"},
            "playwright_page_init_callback": tab.begin,
            TAB: tab,
        }

    def _count(self, request: Request, tab: Tab) -> None:
        if tab.is_late:
            self.stats.inc_value(NOT_READY)
        elif CHALLENGED in request.meta:
            self.stats.inc_value(BEHIND)


def _launch_options(program: Path) -> dict[str, Any]:
    proxies = getproxies()
    proxy = urlsplit(proxies.get("https", ""))
    rules = f"{RULES}, EXCLUDE {proxy.hostname}" if proxy.hostname else RULES
    options: dict[str, Any] = {
        "executable_path": str(program),
        # Chromium refuses its sandbox to root.
        "chromium_sandbox": os.geteuid() != 0,
        "args": ["--disable-gpu", "--disable-dev-shm-usage", f"--host-rules={rules}"],
        # Ctrl-C is ours to hear: what is under way is finished first.
        **dict.fromkeys(("handle_sigint", "handle_sigterm", "handle_sighup"), False),
    }
    if proxy.hostname:
        options["proxy"] = {
            "server": f"{proxy.scheme}://{proxy.hostname}:{proxy.port or 80}",
            "bypass": proxies.get("no", ""),
            "username": unquote(proxy.username or ""),
            "password": unquote(proxy.password or ""),
        }
    return options


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
