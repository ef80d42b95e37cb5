"""Articles a second, beside a plain Scrapy spider on the same pages.

Run as ``python -m bench.crawl``; prints a table, and exits 1 where ours is not twice as fast. Each round crawls
the site once with either, from nothing, with equal politeness: ours as a user runs it, with validation,
store and archive, and ``bench/plain.py``. A crawl is measured from the first request that the server sees
until its process has ended, so that neither pays for its start; both must have every article.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.timing import Spread, keep, ratio
from replica.__main__ import FEWEST, MOST, whole
from tests.conftest import ROOT, environment
from tests.store.crawls import exports, truth

ARTICLES, ROUNDS, LEAST = 1_000, 5, 2.0
PACE = ("DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=0", "LOG_LEVEL=INFO")
PACE += ("CONCURRENT_REQUESTS=16", "CONCURRENT_REQUESTS_PER_DOMAIN=16")
SCRAPY = (sys.executable, "-m", "scrapy")
OURS, PLAIN = "guancha", "plain"
COMMANDS = {
    OURS: (*SCRAPY, "crawl", "articles"),
    PLAIN: (*SCRAPY, "runspider", str(ROOT / "bench/plain.py"), "-O", "articles/all.jsonl"),
}
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Figures:
    """Of one crawl."""

    articles: int
    requests: int
    seconds: float
    """From the first request to the end of the process."""
    processor: float
    """Seconds of it that the crawler computed, on all processors."""
    server: float
    """And the server."""


def processor(pid: int) -> float:
    """Seconds of processor time that a process has had."""
    told = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICK


@contextmanager
def serving(articles: int) -> Iterator["subprocess.Popen[str]"]:
    """The pages, served by a process of their own."""
    command = [sys.executable, "-m", "bench.server", str(articles)]
    with subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            yield server
        finally:
            server.terminate()


def crawl(name: str, articles: int, folder: Path) -> Figures:
    """Crawls all the site; raises AssertionError where not every article was had."""
    with serving(articles) as server:
        assert server.stdout is not None
        printed = iter(server.stdout.readline, "")
        crawler = _start(name, folder, dict(exports(printed)))
        assert next(printed) == "asked\n"
        began, before, idle = time.perf_counter(), processor(crawler.pid), processor(server.pid)
        _, status, usage = os.wait4(crawler.pid, 0)
        seconds = time.perf_counter() - began
        crawler.returncode = os.waitstatus_to_exitcode(status)
        served = processor(server.pid) - idle
        server.terminate()
        requests = int(next(printed))
    log = folder.with_suffix(".log").read_text("utf-8")
    had = _articles(folder)
    assert crawler.returncode == 0, log
    assert had == truth(articles).keys(), (name, len(had), log)
    spent = usage.ru_utime + usage.ru_stime - before
    return Figures(len(had), requests, seconds, spent, served)


def _start(name: str, folder: Path, site: dict[str, str]) -> "subprocess.Popen[bytes]":
    # Plain Scrapy must not find our settings in a folder above.
    place = ROOT if name == OURS else folder
    folder.mkdir()
    settings = (word for setting in PACE for word in ("-s", setting))
    with folder.with_suffix(".log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603
            [*COMMANDS[name], *settings],
            cwd=place,
            env=environment(folder, **site),
            stdout=log,
            stderr=log,
        )


def _articles(folder: Path) -> set[str]:
    lines = (line for path in folder.glob("articles/*") for line in path.open("rb"))
    return {json.loads(line)["article_id"] for line in lines}


def _row(name: str, crawls: list[Figures]) -> dict[str, Spread]:
    """Prints the row of one crawler."""
    row = {
        "articles a second": Spread.of([each.articles / each.seconds for each in crawls]),
        "ms of processor an article": Spread.of(
            [each.processor / each.articles * 1000 for each in crawls]
        ),
        "requests": Spread.of([each.requests for each in crawls]),
        "server's share of a processor": Spread.of([each.server / each.seconds for each in crawls]),
    }
    cells = "".join(f"{spread.words():>32}" for spread in row.values())
    print(f"{name:10}{cells}")
    return row


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.crawl", description=__doc__)
    add = parser.add_argument
    few = f"entries of the site (default {ARTICLES})"
    add("--articles", type=whole(FEWEST, MOST), default=ARTICLES, help=few)
    add("--rounds", type=whole(1, 100), default=ROUNDS, help=f"(default {ROUNDS})")
    return parser.parse_args()


def main() -> int:
    """Prints the table."""
    options = _options()
    found: dict[str, list[Figures]] = {name: [] for name in COMMANDS}
    for number in range(options.rounds):
        for name, crawls in found.items():
            with tempfile.TemporaryDirectory() as folder:
                crawls.append(crawl(name, options.articles, Path(folder, "data")))
            last = crawls[-1]
            print(
                f"{number + 1:3} {name:10}{last.articles / last.seconds:8.1f} articles/s"
                f"{last.processor:8.2f} s of processor",
                flush=True,
            )
    names = ("articles a second", "ms of processor an article", "requests", "server's share")
    print(f"\n{'':10}" + "".join(f"{name:>32}" for name in names))
    rows = {name: _row(name, crawls) for name, crawls in found.items()}
    wall, work = (
        ratio(*([getattr(each, what) for each in found[name]] for name in (PLAIN, OURS)))
        for what in ("seconds", "processor")
    )
    print(f"\nas fast as plain Scrapy, round by round: {wall.words()} times")
    print(f"with the same processor time: {work.words()} times as many articles")
    keep("crawl", {"entries": options.articles, **rows, "speed": wall, "work": work})
    return int(wall.median < LEAST)


if __name__ == "__main__":
    sys.exit(main())
