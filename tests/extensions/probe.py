"""A spider that asks for pages in a browser, and writes down what comes: for the tests of the browser."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from guancha import rendering, requests


class Probe(Spider):
    name = "probe"

    def __init__(self, asked: str, out: str, hurried: str = "-", **given: Any) -> None:
        super().__init__(**given)
        self.asked: dict[str, str] = json.loads(asked)
        self.out = Path(out)
        self.hurried = hurried

    async def start(self) -> AsyncIterator[Request]:
        for url, ready in self.asked.items():
            plain = requests.page(url, self.answered, self.failed, name=url)
            if url.endswith(self.hurried):
                plain.meta["download_timeout"] = 2
            yield rendering.rendered(plain, ready) if ready else plain

    def answered(self, response: Response, name: str) -> None:
        location = response.headers.get("Location") or b""
        self.note(
            name,
            status=response.status,
            url=response.url,
            text=response.body.decode(),
            location=location.decode(),
            rendered=rendering.is_rendered(response),
            latency=response.meta["download_latency"],
            meta=sorted(response.meta),
            kind=type(response).__name__,
        )

    def failed(self, failure: Failure) -> None:
        name = requests.failed(failure).cb_kwargs["name"]
        self.note(name, error=type(failure.value).__name__, said=str(failure.value))

    def note(self, name: str, **what: Any) -> None:
        with self.out.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"name": name, **what}) + "\n")
