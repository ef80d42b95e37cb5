"""What an answer by the browser costs against a plain one: time, and work of all processors.

``python -m bench.browser [PAIRS]``: the home page of the replica, plain and rendered in turn, in one run.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

from scrapy import Request, Spider
from scrapy.http import Response

from bench.timing import keep
from guancha import rendering, requests, urls
from guancha.pages.box_rules import FILLED

REPLICA = (sys.executable, "-m", "replica", "run", "--articles", "100", "--era", "2026", "--")
SETTINGS = ("DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=0", "LOG_LEVEL=ERROR", "ITEM_PIPELINES={}")
SETTLED = 0.3
"""Seconds, for what the browser still does behind an answer."""


def work(pid: int) -> int:
    """Ticks of the processors for a process and all that it has started, with what has ended."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        lists = [path.read_text("ascii") for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(map(int, told[11:15])) + sum(work(int(c)) for each in lists for c in each.split())


class Pairs(Spider):
    """Asks for the same page, plain and rendered, in turn."""

    name = "pairs"

    def __init__(self, pairs: str = "20") -> None:
        super().__init__()
        self.left = 2 * int(pairs) + 2
        self.seconds: dict[bool, list[float]] = {False: [], True: []}
        self.ticks: dict[bool, list[int]] = {False: [], True: []}

    async def start(self) -> AsyncIterator[Request]:
        """Asks for the first."""
        yield self.asked()

    def asked(self) -> Request:
        """The next."""
        self.left -= 1
        page = requests.page(urls.HOME, self.answered)
        self.before, self.began = work(os.getpid()), time.perf_counter()
        return rendering.rendered(page, FILLED) if self.left % 2 else page

    async def answered(self, response: Response) -> AsyncIterator[Request]:
        """Notes what it took; the first of either kind is on the house: the browser starts."""
        seconds, kind = time.perf_counter() - self.began, rendering.is_rendered(response)
        await asyncio.sleep(SETTLED)
        self.seconds[kind].append(seconds)
        self.ticks[kind].append(work(os.getpid()) - self.before)
        if self.left:
            yield self.asked()

    def closed(self, reason: str) -> None:  # noqa: ARG002 - as Scrapy calls it
        """Prints what was found."""
        each = 1000 / os.sysconf("SC_CLK_TCK")
        first = self.seconds[True].pop(0), self.ticks[True].pop(0)
        print(f"the first, with its start: {first[0]:.2f} s, {first[1] * each:.0f} ms of processor")
        waited = [statistics.median(t) * 1000 for t in self.seconds.values()]
        _compare("time, median", *waited)
        # A tick is longer than a plain answer takes: all of them tell more than the one in the middle.
        worked = [statistics.mean(t) * each for t in self.ticks.values()]
        _compare("processor, mean", *worked)
        keep("browser", {"ms, plain and rendered": waited, "ms of processor": worked})


def _compare(name: str, plain: float, shown: float) -> None:
    print(f"{name:16} plain {plain:6.1f} ms, rendered {shown:6.1f} ms: {shown / plain:.0f} times")


def main(pairs: str = "20") -> None:
    """Runs it against the replica."""
    settings = [word for each in SETTINGS for word in ("-s", each)]
    spider = ("-m", "scrapy", "runspider", __file__, "-a", f"pairs={pairs}", *settings)
    subprocess.run([*REPLICA, sys.executable, *spider], check=True)  # noqa: S603


if __name__ == "__main__":
    main(*sys.argv[1:])
