"""A spider that asks two hosts, one after the other; tests run it in the place of the real one."""

from collections.abc import AsyncIterator

from scrapy import Request, Spider
from scrapy.http import Response


class TwoHosts(Spider):
    name = "articles"

    async def start(self) -> AsyncIterator[Request]:
        yield Request("https://www.guancha.cn/1", self.second)

    async def second(self, response: Response) -> AsyncIterator[Request]:
        yield Request(response.urljoin("//m.guancha.cn/2"), self.nothing)

    async def nothing(self, response: Response) -> None:
        """The request was the point."""
