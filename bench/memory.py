"""Memory of a long crawl: no more after ten thousand articles than after one thousand.

Run as ``python -m bench.memory``; prints what the crawl has in memory as it grows, and exits 1 where it is
10 % more at the end than after the first thousand articles. Takes some minutes.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench.running import memory
from bench.timing import keep
from replica.__main__ import FEWEST, whole
from tests.conftest import FAST
from tests.store.crawls import Archive, serving

ARTICLES, FIRST, MOST = 10_000, 1_000, 1.1


def samples(archive: Archive, site: dict[str, str], step: int) -> dict[int, int]:
    """Articles committed -> bytes in memory, about every ``step`` articles and at the end."""
    found: dict[int, int] = {}
    last, number = 0, 0
    crawl = archive.start(site, *FAST)
    while crawl.poll() is None:
        if now := memory(crawl.pid):
            number, last = archive.lines(), now
        if number // step > max(found, default=0) // step:
            found[number] = last
            print(f"{number:9,}{last / 2**20:9.1f} MB", flush=True)
        time.sleep(2)
    assert archive.ended(crawl) == 0
    return found | {archive.lines(): last}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=__doc__)
    add = parser.add_argument
    add(
        "--articles",
        type=whole(FEWEST, 100_000),
        default=ARTICLES,
        help=f"of the site (default {ARTICLES:,})",
    )
    add(
        "--first",
        type=whole(FEWEST, 100_000),
        default=FIRST,
        help=f"articles before the first look (default {FIRST:,})",
    )
    return parser.parse_args()


def main() -> int:
    """Prints the table."""
    options, began = _options(), time.monotonic()
    print(f"{'articles':>9}{'memory':>12}")
    with tempfile.TemporaryDirectory() as folder, serving(options.articles) as site:
        found = samples(Archive(Path(folder, "data")), site, options.first)
    (first, before), (last, after) = min(found.items()), max(found.items())
    print(f"{last:9,}{after / 2**20:9.1f} MB at the end, after {time.monotonic() - began:.0f} s")
    print(f"{after / before:.3f} of what it was after {first:,}")
    keep("memory", {"bytes by articles": found, "growth": after / before})
    return int(after / before > MOST)


if __name__ == "__main__":
    sys.exit(main())
