"""Sends the requests of a survey, one after the other, as politely as any crawl; writes nothing."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from typing import ClassVar

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from guancha import requests, urls
from guancha.exceptions import UnservedError
from guancha.extensions.politeness import Politeness
from guancha.sitecheck.edges import ROBOTS
from guancha.sitecheck.survey import Survey


class SiteCheckSpider(Spider):
    """Not in SPIDER_MODULES: it is no stream of the archive, and takes a survey."""

    name = "check-site"
    allowed_domains: ClassVar[list[str]] = [urls.DOMAIN]
    custom_settings = {  # noqa: RUF012 - as Scrapy declares it
        "ITEM_PIPELINES": {},
        "EXTENSIONS": {Politeness: 100},  # no archive, so no disk to watch
        "CLOSESPIDER_TIMEOUT": 600,  # seconds
    }
    survey: Survey

    async def start(self) -> AsyncIterator[Request]:
        """Asks for the first URL."""
        for request in self._asked(lambda: next(self.survey.steps)):
            yield request

    def answered(self, response: Response) -> Iterator[Request]:
        """Hands an answer over, and asks for what is wanted next."""
        return self._asked(lambda: self.survey.steps.send(response))

    def unanswered(self, failure: Failure) -> Iterator[Request]:
        """Says that there was no answer, and asks for what is wanted next."""
        error = UnservedError(failure.getErrorMessage() or f"{failure.type}")
        return self._asked(lambda: self.survey.steps.throw(error))

    def _asked(self, step: Callable[[], str]) -> Iterator[Request]:
        with suppress(StopIteration):
            url = step()
            request = requests.page(url, self.answered, self.unanswered)
            # It is what robots.txt is asked for by; there is no other to obey.
            request.meta["dont_obey_robotstxt"] = url == ROBOTS
            yield request
