"""Takes a robots.txt that can't be had for a no, as RFC 9309 does; Scrapy takes it for a yes."""

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from guancha.extensions.stop import stop

ROBOTS_UNREACHABLE = "robots_unreachable"


class RobotsTxt(RobotsTxtMiddleware):
    """Scrapy's own, but no page is asked for where robots.txt fails: the run stops.

    Failing is to answer 5xx, or nothing at all, after all retries; 4xx allows everything (RFC 9309, 2.3.1).
    """

    def process_response(self, request: Request, response: Response) -> Response:
        """Gives Scrapy no page of error to read as a robots.txt; it stands outside of the retries."""
        if is_for_robots(request) and response.status >= 500:
            raise IgnoreRequest(f"robots.txt answered {response.status}")
        return response

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """What robots.txt of the request's host says; None where there was no answer to read."""
        parser = await super().robot_parser(request)
        # Of several requests that wait for one robots.txt, Scrapy hands it to the first, None to the others.
        return await super().robot_parser(request) if parser is None else parser

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Judges a request by what robots.txt says; ``rp`` is None where there was no answer to read."""
        if rp is None:
            stop(self.crawler, ROBOTS_UNREACHABLE, f"no robots.txt to be had for {request.url}")
            raise IgnoreRequest("robots.txt unreachable")
        super().process_request_2(rp, request)


def is_for_robots(request: Request) -> bool:
    """Whether Scrapy itself asks, for a robots.txt: only such a request is exempt from it."""
    return bool(request.meta.get("dont_obey_robotstxt"))
