"""kill -9 of crawls at random moments: what was committed stays, once, and files and store are one.

Run as ``python -m bench.kills``; prints a table, and exits 1 where an archive is not what it should be, or
where too few of the kills came between an archive's first commit and its end. Each archive is filled from
a bad site, and some days later looked at again as a whole; its crawls are killed until they are through.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count, repeat
from pathlib import Path
from random import Random

from bench.timing import keep
from replica.__main__ import FEWEST, MOST, whole
from tests import postgres
from tests.store.crawls import FAULTS, KILLED, PATIENT, Archive, serving, truth

ARTICLES, KILLS, SHARE = 60, 100, 0.6
PHASES = {0: ("-a", "recheck=3d"), 4: ("-a", "recheck=all")}
"""Day of the stand-in -> arguments of that day's crawls."""
LEFT = 1
"""Lines that a run may add without a commit of its own: a kill has kept them from the files."""
Urls = dict[str, Iterator[str | None]]


@dataclass
class Killing:
    """The archives of one configuration, one after the other."""

    sites: dict[int, dict[str, str]]
    folder: Path
    urls: Iterator[str | None]
    pages: str
    chance: Random
    seconds: dict[int, float] = field(default_factory=dict)
    """Day -> how long a crawl takes that is not killed."""
    kills: int = 0
    later: int = 0
    """Kills after the first commit of an archive."""
    amid: int = 0
    """Kills of a run that had added articles itself."""
    archives: int = 0
    lines: int = 0
    duplicates: int = 0

    def run(self, kills: int, size: int) -> None:
        """Fills archives until so many crawls were killed; raises AssertionError for a bad one."""
        days = [truth(size, day) for day in PHASES]
        while self.kills < kills:
            archive = Archive(self.folder / "data", next(self.urls))
            for day in PHASES:
                while not self.is_through(archive, day, is_last=self.kills >= kills):
                    pass
            archive.check(*days)
            self.archives += 1
            names = [(line["article_id"], line["revision"]) for line in archive.records()]
            self.lines += len(names)
            self.duplicates += len(names) - len(set(names))
            shutil.rmtree(archive.data)

    def is_through(self, archive: Archive, day: int, is_last: bool) -> bool:
        """Runs a crawl; False where it was killed before its end."""
        before, began = archive.lines(), time.monotonic()
        arguments = (*PATIENT, "-a", f"pages={self.pages}", *PHASES[day])
        crawl = archive.start(self.sites[day], *arguments)
        if not is_last and day in self.seconds:
            _kill(crawl, self.chance.uniform(0, self.seconds[day]))
        if archive.ended(crawl) != KILLED:
            self.seconds.setdefault(day, time.monotonic() - began)
            return True
        self.kills += 1
        self.later += archive.lines() > 0
        self.amid += archive.lines() > before + LEFT
        return False


def _kill(crawl: "subprocess.Popen[str]", seconds: float) -> None:
    try:
        crawl.wait(seconds)
    except subprocess.TimeoutExpired:
        crawl.kill()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    add, now = parser.add_argument, time.time_ns() % 10**6
    add(
        "--kills",
        type=whole(1, 10_000),
        default=KILLS,
        help=f"of each configuration (default {KILLS})",
    )
    add(
        "--articles",
        type=whole(FEWEST, MOST),
        default=ARTICLES,
        help=f"of the site (default {ARTICLES})",
    )
    add("--seed", type=whole(0, 10**9), default=now, help="of the moments (default by chance)")
    both = ["sqlite", "postgresql"]
    add("--database", choices=both, nargs=1, default=both, help="one of them (default both)")
    add("--pages", choices=["new", "all"], nargs=1, default=["new", "all"], help="(default both)")
    return parser.parse_args()


def _measured(options: argparse.Namespace, killing: Killing, name: str) -> float:
    """Prints a row; returns the share of kills after the first commit."""
    began = time.monotonic()
    killing.run(options.kills, options.articles)
    kills = f"{killing.kills:6}{killing.later:8}{killing.amid:8}"
    found = f"{killing.archives:10}{killing.lines:8}{killing.duplicates:12}"
    print(f"{name:18}{kills}{found}{time.monotonic() - began:7.0f} s", flush=True)
    return killing.later / killing.kills


def main() -> int:
    """Prints the table."""
    options, shares = _options(), dict[str, float]()
    print(f"seed {options.seed}, {options.articles} entries, faults {FAULTS}")
    kills = f"{'kills':>6}{'later':>8}{'amid':>8}"
    print(f"{'store, pages':18}{kills}{'archives':>10}{'lines':>8}{'duplicates':>12}{'time':>9}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sites = {d: stack.enter_context(serving(options.articles, d, FAULTS)) for d in PHASES}
        server = stack.enter_context(postgres.server())
        urls: Urls = {
            "sqlite": repeat(None),
            "postgresql": map(server.url, map("a{}".format, count())),
        }
        for name in options.database:
            for pages in options.pages:
                chance = Random(f"{options.seed} {name} {pages}")  # noqa: S311
                killing = Killing(sites, folder, urls[name], pages, chance)
                row = f"{name}, {pages}"
                shares[row] = _measured(options, killing, row)
    keep("kills", {"articles": options.articles, **shares})
    print("later: after an archive's first article; amid: in a run that had added articles itself")
    return int(min(shares.values()) < SHARE)


if __name__ == "__main__":
    sys.exit(main())
