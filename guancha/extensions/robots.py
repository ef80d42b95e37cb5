"""Takes a robots.txt that can't be had for a no, as RFC 9309 does; Scrapy takes it for a yes."""

import logging
from typing import NoReturn
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from guancha.extensions.stop import stop

ROBOTS_UNREACHABLE = "robots_unreachable"
CERTIFICATE = ("certificate verify failed", "VerificationError")
"""What OpenSSL says of its authority and service_identity of its name, in the midst of other words."""


class RobotsTxt(RobotsTxtMiddleware):
    """Scrapy's own, but no page is asked for where robots.txt fails: the run stops.

    Failing is to answer 5xx, or nothing at all, after all retries; 4xx allows everything (RFC 9309, 2.3.1).
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.failures: dict[str, str] = {}
        """Host -> why there was no answer to read, in words."""

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        if is_for_robots(request):
            # What ends the run is said once, with the reason.
            request.meta["give_up_log_level"] = logging.DEBUG
        await super().process_request(request)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Spares us Scrapy's traceback: what is raised here is not logged as a fault."""
        if is_for_robots(request):
            self._fail(request, _words(exception))

    def process_response(self, request: Request, response: Response) -> Response:
        """Gives Scrapy no page of error to read as a robots.txt; it stands outside of the retries."""
        if is_for_robots(request) and response.status >= 500:
            self._fail(request, f"it answered {response.status}")
        return response

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """What robots.txt of the request's host says; None where there was no answer to read."""
        parser = await super().robot_parser(request)
        # Of several requests that wait for one robots.txt, Scrapy hands it to the first, None to the others.
        return await super().robot_parser(request) if parser is None else parser

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Judges a request by what robots.txt says; ``rp`` is None where there was no answer to read."""
        if rp is None:
            host = urlsplit(request.url).netloc
            why = self.failures.get(host, "it failed")
            stop(self.crawler, ROBOTS_UNREACHABLE, f"no robots.txt to be had from {host}: {why}")
            raise IgnoreRequest("robots.txt unreachable")
        super().process_request_2(rp, request)

    def _fail(self, request: Request, why: str) -> NoReturn:
        self.failures[urlsplit(request.url).netloc] = why
        raise IgnoreRequest(f"robots.txt: {why}")


def is_for_robots(request: Request) -> bool:
    """Whether Scrapy itself asks, for a robots.txt: only such a request is exempt from it."""
    return bool(request.meta.get("dont_obey_robotstxt"))


def _words(exception: Exception) -> str:
    match exception:
        case DownloadConnectionRefusedError():
            return "the connection was refused"
        case CannotResolveHostError():
            return "its name can't be resolved (DNS)"
        case DownloadTimeoutError():
            return "no answer in time"
    if any(words in str(exception) for words in CERTIFICATE):
        return "its certificate can't be verified"
    return f"no answer: {exception or type(exception).__name__}"
