"""What the browser has come to, as Scrapy and the pages know answers."""

from playwright.async_api import TimeoutError as OutOfTime
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import HtmlResponse, Response
from scrapy.responsetypes import responsetypes

from guancha.extensions.browser_tab import Tab, is_same
from guancha.pages.document import is_closed
from guancha.rendering import CHALLENGED, FLAG

KINDS = {
    "ERR_NAME_NOT_RESOLVED": CannotResolveHostError,
    "ERR_CONNECTION_REFUSED": DownloadConnectionRefusedError,
    "ERR_TIMED_OUT": DownloadTimeoutError,
    "ERR_CONNECTION_TIMED_OUT": DownloadTimeoutError,
    "ERR_CONTENT_LENGTH_MISMATCH": ResponseDataLossError,
    "ERR_INCOMPLETE_CHUNKED_ENCODING": ResponseDataLossError,
    "Download is starting": DownloadCancelledError,
}


def shape(request: Request, response: Response, tab: Tab) -> Response:
    """The page that was asked for, or the redirect that the browser has followed away from it.

    The DOM, where the site has answered with mark-up and no challenge was in the way; else what was served.
    Raises ResponseDataLossError, and DownloadCancelledError for too much.
    """
    if tab.away or not is_same(request.url, response.url):
        return redirect(request, tab.away or response.url)
    if tab.served is None:
        raise ResponseDataLossError("the page has come in part")
    body = tab.served
    if isinstance(response, HtmlResponse) and CHALLENGED not in request.meta:
        body = response.body
        if not is_closed(tab.served):
            # The browser closes every page, and what was cut on the way must not look whole.
            body = body.replace(b"</html>", b"")
    if tab.most and len(body) > tab.most:
        raise DownloadCancelledError(f"the page has {len(body)} bytes, more than {tab.most}")
    of_kind = responsetypes.from_args(headers=response.headers, url=request.url, body=body)
    return of_kind(
        response.url,
        status=response.status,
        headers=response.headers,
        body=body,
        flags=[FLAG],
    )


def redirect(request: Request, there: str) -> Response:
    """As the site would have sent a plain client on."""
    return Response(request.url, 302, headers={"Location": there}, flags=[FLAG])


def failure(error: Exception) -> Exception:
    """Scrapy's error for one of Playwright's."""
    said = str(error).partition("\n")[0] or "no answer in time"
    if isinstance(error, OutOfTime | TimeoutError):
        return DownloadTimeoutError(said)
    kind = next((kind for words, kind in KINDS.items() if words in said), DownloadFailedError)
    return kind(said)
