"""Requests for each new article, day after day, beside a crawler that fetches all that it sees again.

Run as ``python -m bench.requests``; prints a row a day, and keeps them. Both crawl the replica day by day, a run
a day: ours as a user runs it, with what it keeps from day to day, and ``bench/plain.py``, which keeps nothing
and so fetches all pages of all listings and every article on them. Exits 1 where, after the first day, ours
needs half of the other's requests or more.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.crawl import COMMANDS, PLAIN
from bench.timing import keep
from replica.__main__ import FEWEST, MOST, whole
from tests.conftest import FAST, PACE, environment
from tests.store.crawls import Archive, serving

ARTICLES, DAYS, LEAST = 300, 5, 2.0
OURS_SAID = re.compile(r" (\d+) new, .*; (\d+) requests in ")
PLAIN_SAID = re.compile(r"'downloader/request_count': (\d+)")


def ours(archive: Archive, site: dict[str, str]) -> tuple[int, int]:
    """New articles, and requests, of a day."""
    assert archive.ended(archive.start(site, *FAST), 1200) == 0
    new, requests = OURS_SAID.findall(archive.log())[-1]
    return int(new), int(requests)


def plain(site: dict[str, str]) -> int:
    """Requests of a day."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603
            [*COMMANDS[PLAIN], *PACE, "-s", "LOG_LEVEL=INFO"],
            cwd=folder,
            env=environment(Path(folder), **site),
            capture_output=True,
            text=True,
            check=True,
        )
    return int(PLAIN_SAID.findall(done.stderr)[-1])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.requests", description=__doc__)
    add = parser.add_argument
    few = f"entries on day 0 (default {ARTICLES})"
    add("--articles", type=whole(FEWEST, MOST), default=ARTICLES, help=few)
    add("--days", type=whole(1, 1000), default=DAYS, help=f"after day 0 (default {DAYS})")
    return parser.parse_args()


def main() -> int:
    """Prints the table."""
    options, rows = _options(), []
    print(
        f"{'day':6}{'new articles':>14}{'requests':>10}{'for a new one':>16}{'plain':>10}{'for a new one':>16}"
    )
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder, "data"))
        for day in range(options.days + 1):
            with serving(options.articles, day) as site:
                rows.append((*ours(archive, site), plain(site)))
            print(_row(str(day), rows[-1]), flush=True)
    later = [sum(column) for column in zip(*rows[1:], strict=True)]
    print(_row("later", later))
    names = ("new articles", "requests", "requests of plain Scrapy")
    kept = [dict(zip(names, row, strict=True)) for row in rows]
    keep("requests", {"articles": options.articles, "days": kept})
    return int(later[2] < LEAST * later[1])


def _row(name: str, figures: tuple[int, ...] | list[int]) -> str:
    new, requests, others = figures
    cells = f"{new:14}{requests:10}{requests / (new or 1):16.1f}{others:10}"
    return f"{name:6}{cells}{others / (new or 1):16.1f}"


if __name__ == "__main__":
    sys.exit(main())
