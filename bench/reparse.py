"""Reading an archive of pages again: how fast on one process and on two, and how much memory it takes.

Run as ``python -m bench.reparse [--pages N]``; prints what two processes gain, and the memory of parent and
workers as they go through N pages (50,000), and exits 1 where two are less than 1.8 times as fast as one, or
where memory is 10 % more at the end than after the first tenth. Takes some minutes.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bench.running import memory
from bench.timing import Spread, keep, ratio
from guancha.processors.dates import BEIJING
from guancha.reparse.asked import Asked
from guancha.reparse.reparse import Limits, reparse
from guancha.verdict.reasons import OK
from guancha.warc.captures import Capture, Note
from guancha.warc.writer import Writer
from replica.__main__ import whole
from replica.articles import facts
from replica.site import Site
from replica.timeline import World
from tests.conftest import ROOT, environment

PAGES, SOME, FILES, ROUNDS = 50_000, 1_500, 10, 5
BODIES = 300
MOST, LEAST = 1.1, 1.8
NOW = "2026-12-01T00:00:00+08:00"
ASKED = [("Host", "www.guancha.cn"), ("User-Agent", "guancha")]
SINCE = datetime(2026, 10, 6, tzinfo=BEIJING)


def bodies() -> list[bytes]:
    """Pages of invented articles, of both eras."""
    world = World(1, BODIES, 0, "mixed")
    alive = (n for n in range(world.total) if world.alive(n) and not world.is_stub(n))
    paths = (facts(world, entry).url.removeprefix("https://www.guancha.cn") for entry in alive)
    return [Site(world).answer("www.guancha.cn", path).body for path in paths]


def captures(pages: int) -> Iterator[Capture]:
    """As many articles, each with a number of its own and one of those bodies, a second apart."""
    some, headers = bodies(), [("Content-Type", "text/html; charset=utf-8")]
    for number in range(pages):
        url = f"https://www.guancha.cn/CaiJing/2026_10_05_{1_000_000 + number}.shtml"
        date = SINCE + timedelta(seconds=number)
        body = some[number % len(some)]
        yield Capture(url, date, 200, headers, body, Note(f"第{number}篇", origin="CaiJing"))


def make(folder: Path, pages: int, files: int) -> int:
    """An archive of so many pages in so many files; returns its bytes."""
    size, each = 0, -(-pages // files)
    found = captures(pages)
    for number in range(files):
        # A folder for each file: the writer would go on with the last one.
        writer = Writer(folder / str(number), 1 << 40)
        size += sum(writer.write(c, ASKED) for _, c in zip(range(each), found, strict=False))
        writer.close()
    return size


def start(folder: Path, into: Path, jobs: int) -> "subprocess.Popen[bytes]":
    """Begins a reparse."""
    command = [sys.executable, "-m", "scrapy", "reparse", str(folder), "-q"]
    return subprocess.Popen(  # noqa: S603
        [*command, "--into", str(into), "--jobs", str(jobs)],
        cwd=ROOT,
        env=environment(into.with_suffix(".data"), GUANCHA_NOW=NOW),
    )


@dataclass
class Taken:
    """Seconds that a reparse took."""

    wall: float
    parent: float
    """Of a processor, in the parent."""
    workers: float
    """Of processors, in all workers together."""

    def least(self, jobs: int) -> float:
        """What it takes on a machine that does nothing else: as long as the busiest process works."""
        return max(self.parent, self.workers / jobs)


def run(folder: Path, jobs: int) -> Taken:
    """Reads an archive again, within this process and its children."""
    limits = Limits(folder / "data", None, 8 << 20, 5, {}, is_plain=False)
    with tempfile.TemporaryDirectory() as into:
        asked = Asked.parse([str(folder)], str(jobs), into=str(Path(into, "out")))
        began = time.perf_counter(), time.process_time(), _children_time()
        verdict, _ = reparse(asked, limits, lambda *_: None)
        ended = time.perf_counter(), time.process_time(), _children_time()
    assert verdict.level == OK
    return Taken(*(end - begin for begin, end in zip(began, ended, strict=True)))


def _children_time() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def speeds(folder: Path, rounds: int) -> dict[int, list[Taken]]:
    """What the same archive takes on one process, and on two, in turns."""
    taken: dict[int, list[Taken]] = {1: [], 2: []}
    for _ in range(rounds):
        for jobs, each in taken.items():
            each.append(run(folder, jobs))
    return taken


def children(pid: int) -> list[int]:
    """The processes that one has started."""
    try:
        return [*map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split())]
    except OSError:
        return []


def samples(folder: Path, pages: int, jobs: int) -> list[tuple[int, int, int]]:
    """Bytes written, and those in memory of the parent and of its largest worker, as it goes on."""
    found: list[tuple[int, int, int]] = []
    with tempfile.TemporaryDirectory() as into:
        part = Path(into, "out.partial")
        run = start(folder, Path(into, "out"), jobs)
        while run.poll() is None:
            time.sleep(1)
            written = sum(path.stat().st_size for path in _files(part))
            parent, workers = memory(run.pid), [memory(each) for each in children(run.pid)]
            if parent and written and any(workers):
                found.append((written, parent, max(workers)))
        assert run.returncode == 0
        lines = (path.read_bytes().count(b"\n") for path in _files(Path(into, "out")))
        assert sum(lines) == pages
    return found


def _files(folder: Path) -> list[Path]:
    return [*folder.glob("articles/*.jsonl")]


def grown(found: Sequence[tuple[int, int, int]]) -> tuple[float, float]:
    """How much more memory parent and worker take at the end than after a tenth of the work."""
    first = next(each for each in found if each[0] >= found[-1][0] / 10)
    return found[-1][1] / first[1], found[-1][2] / first[2]


def main() -> int:
    """Prints the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.reparse", description=__doc__)
    parser.add_argument("--pages", type=whole(1000, 10_000_000), default=PAGES)
    parser.add_argument("--rounds", type=whole(1, 100), default=ROUNDS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), SOME, FILES)
        os.environ["GUANCHA_NOW"] = NOW
        taken = speeds(Path(folder), options.rounds)
    rates = {n: Spread.of([SOME / each.wall for each in some]) for n, some in taken.items()}
    for jobs, rate in rates.items():
        print(f"{jobs} job{'s' if jobs > 1 else ' '}{rate.words(0, 'pages/s'):>28}")
    wall = ratio(*([each.wall for each in some] for some in taken.values()))
    gain = ratio(*([each.least(n) for each in some] for n, some in taken.items()))
    share = Spread.of([each.parent / each.workers for each in taken[2]])
    print(
        f"two processes are {wall.words()} times as fast as one, as long as others left them room;"
    )
    print(
        f"{gain.words()} times by the time of the busiest process; the parent takes {share.words()} of it"
    )
    with tempfile.TemporaryDirectory() as folder:
        size = make(Path(folder), options.pages, FILES)
        print(f"{options.pages:,} pages, {size / 2**20:.0f} MB")
        found = samples(Path(folder), options.pages, 2)
    for written, parent, worker in found[:: max(1, len(found) // 10)]:
        print(f"{written / 2**20:9.0f} MB written{parent / 2**20:9.1f} MB{worker / 2**20:9.1f} MB")
    parents, workers = grown(found)
    print(f"parent {parents:.3f} and worker {workers:.3f} of what it was after a tenth")
    memories = {"parent": parents, "worker": workers}
    speed = {"pages/s": rates, "gain by wall clock": wall, "gain by processor time": gain}
    keep("reparse", {**speed, "pages": options.pages, "memory at the end": memories})
    return int(gain.median < LEAST or max(parents, workers) > MOST)


if __name__ == "__main__":
    sys.exit(main())
