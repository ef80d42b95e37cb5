"""What the archive of pages costs: bytes on the disk for each article, and processor time.

Run as ``python -m bench.warc [ROUNDS]``; prints tables, and keeps the figures. Pages are those saved from the
site, their comments taken out as they are not served, and those of the replica; each is written as a crawl
does, with its request and what is noted of it. All times are of processors, interleaved: of this thread for
the levels of gzip, of the whole process for a crawl with the archive and without.
"""

import argparse
import gzip
import resource
import statistics
import tempfile
import time
import zlib
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import Any

from bench.timing import Spread, interleaved, keep, ratio
from guancha.warc import records
from guancha.warc.captures import Capture, Note
from replica.__main__ import whole
from replica.site import Site
from replica.timeline import World
from replica.truth import records as truths
from tests import shared
from tests.conftest import FAST
from tests.store.conftest import NOW
from tests.store.crawls import Archive, serving

SITE = "https://www.guancha.cn"
LEVELS = (1, 3, 6, 9)
ERAS = ("2019", "2026")
ARTICLES, CRAWLED, ROUNDS, MOST = 60, 100, 9, 1000
ASKED = [
    ("Host", "www.guancha.cn"),
    ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ("Accept-Language", "zh-CN,zh;q=0.9"),
    ("Cache-Control", "max-age=0"),
    ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 guancha/0 (+mailto:a@b.c)"),
    ("Accept-Encoding", "gzip, deflate"),
]
ANSWERED = [
    ("Date", "Mon, 05 Oct 2026 04:00:00 GMT"),
    ("Content-Type", "text/html; charset=utf-8"),
    ("Etag", '"55853433e8692bfd"'),
]
Pages = dict[str, bytes]


def as_served(page: bytes) -> bytes:
    """A saved page without what scripts have put below it."""
    start = page.index(b">", page.index(b'id="comments-container"')) + 1
    end, depth = start, 1
    while depth:
        opens, closes = (page.find(tag, end) for tag in (b"<div", b"</div"))
        is_open = 0 <= opens < closes
        depth += 1 if is_open else -1
        end = (opens if is_open else closes) + 1
    return page[:start] + page[end - 1 :]


def saved() -> Pages:
    """Those of the site."""
    return {name: as_served(shared.page(name)) for name in shared.ARTICLES}


def made(era: str) -> Pages:
    """Those of the replica."""
    world = World(1, ARTICLES, 0, era)
    targets = [record["url"].removeprefix(SITE) for record in truths(world)]
    return {target: Site(world).answer("www.guancha.cn", target).body for target in targets}


def written(body: bytes) -> bytes:
    """What is added to a file for a page."""
    note = Note("一个题目，如列表上所印，约二十来字", 1, "home")
    url = f"{SITE}/CaiJing/2026_10_04_1.shtml"
    return records.answer(Capture(url, NOW, 200, ANSWERED, body, note), ASKED, 1)


def unpacked(content: bytes) -> list[bytes]:
    """The records, as they are before they are packed."""
    found = []
    while content:
        member = zlib.decompressobj(31)
        found.append(member.decompress(content))
        content = member.unused_data
    return found


def packed(pages: Iterable[list[bytes]], level: int) -> list[int]:
    """Bytes that each page takes."""
    return [sum(len(gzip.compress(record, level)) for record in page) for page in pages]


def sizes(groups: dict[str, Pages]) -> dict[str, Any]:
    """Prints what pages take on the disk, at each level."""
    print(
        f"{'bytes a page, medians':32}{'page':>9}" + "".join(f"{f'gzip -{n}':>9}" for n in LEVELS)
    )
    found = {}
    for name, pages in groups.items():
        apart = [unpacked(written(body)) for body in pages.values()]
        takes = {level: statistics.median(packed(apart, level)) for level in LEVELS}
        whole_page = statistics.median(map(len, pages.values()))
        print(f"{name:32}{whole_page:9.0f}" + "".join(f"{takes[n]:9.0f}" for n in LEVELS))
        found[name] = {"pages": len(pages), "bytes": whole_page, "levels": takes}
    return found


def levels(pages: Pages, rounds: int) -> dict[str, Any]:
    """Prints what it takes to pack a page at each level, and to write it as a whole."""
    apart = [unpacked(written(body)) for body in pages.values()]
    works: dict[str, Any] = {f"gzip -{n}": (lambda level=n: packed(apart, level)) for n in LEVELS}
    works["all, as a crawl does"] = lambda: [written(body) for body in pages.values()]
    taken = interleaved(works, rounds, time.thread_time)
    found = {}
    for name, seconds in taken.items():
        found[name] = Spread.of([each * 1000 / len(pages) for each in seconds])
        print(f"{name:32}{found[name].words(unit='ms')} a page")
    return found


def crawls(rounds: int) -> dict[str, Any]:
    """Prints what a crawl takes with the archive, against one without."""
    with tempfile.TemporaryDirectory() as folder, serving(CRAWLED) as site:
        numbers = count()
        last: dict[str, Archive] = {}

        def crawl(setting: str) -> None:
            last[setting] = Archive(Path(folder, str(next(numbers))))
            last[setting].ended(last[setting].start(site, *FAST, "-s", f"ARCHIVE_PAGES={setting}"))

        taken = interleaved({n: lambda n=n: crawl(n) for n in ("1", "0")}, rounds, _of_children)
        articles = last["1"].lines()
        size = sum(path.stat().st_size for path in (last["1"].data / "warc").iterdir())
    against = ratio(taken["1"], taken["0"])
    more = [one - other for one, other in zip(taken["1"], taken["0"], strict=True)]
    extra = Spread.of([each * 1000 / articles for each in more])
    print(f"a crawl of {articles} articles, with the archive against without: {against.words()}")
    print(f"which is {extra.words(unit='ms')} an article; {size / articles:.0f} bytes an article")
    return {"articles": articles, "ratio": against, "ms": extra, "bytes": size / articles}


def _of_children() -> float:
    """Seconds of the processors for what has been started and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.warc", description=__doc__)
    parser.add_argument("rounds", nargs="?", type=whole(1, MOST), default=ROUNDS)
    rounds = parser.parse_args().rounds
    groups = {f"replica of {era}": made(era) for era in ERAS}
    real = saved() if shared.SHARED.is_dir() else {}
    groups = {name: {name: page} for name, page in real.items()} | groups
    found = {"sizes": sizes(groups), "levels": levels(real or groups["replica of 2019"], rounds)}
    keep("warc", {"level": records.LEVEL, **found, "crawl": crawls(rounds)})


if __name__ == "__main__":
    main()
