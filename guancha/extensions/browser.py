"""Hands single requests to a browser, which is started at the first of them; the others go as ever."""

from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Response

from guancha import rendering
from guancha.exceptions import BrowserError
from guancha.extensions.stop import stop

if TYPE_CHECKING:
    from guancha.extensions.browser_pages import Browser

BROWSER_FAILED = "browser_failed"


class HttpsHandler(HTTP11DownloadHandler):
    """Scrapy's own, and beside it the browser for what ``rendering`` has marked."""

    _browser: "Browser | None" = None

    async def download_request(self, request: Request) -> Response:
        """Answers, by the browser where that is asked for; one that can't be started ends the run."""
        if rendering.READY not in request.meta:
            return await super().download_request(request)
        try:
            return await (await self._started()).render(request)
        except BrowserError as error:
            stop(self.crawler, BROWSER_FAILED, str(error))
            raise

    async def close(self) -> None:
        """Ends the browser as well."""
        if self._browser:
            await self._browser.close()
        await super().close()

    async def _started(self) -> "Browser":
        before = self._browser
        if before is None or before.is_lost:
            # Here: a run that needs no browser is spared the start of Playwright, and its process.
            from guancha.extensions.browser_pages import Browser

            self._browser = Browser(self.crawler, rendering.require(self.crawler.settings))
            if before:
                await before.close()
        assert self._browser is not None
        return self._browser
