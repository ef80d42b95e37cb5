"""kill -9 at any moment loses nothing that was committed, repeats nothing, and breaks no line."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.crawls import FAULTS, KILLED, PATIENT, Archive, serving, truth
from tests.store.kills import POINTS

ARTICLES = 25


@pytest.fixture(scope="module")
def site() -> Iterator[dict[str, str]]:
    with serving(ARTICLES, faults=FAULTS) as running:
        yield running


class Crawls:
    """The runs of one test, on one archive."""

    def __init__(self, site: dict[str, str], data: Path, url: str | None, *arguments: str) -> None:
        self.site, self.archive = site, Archive(data, url)
        self.arguments = (*PATIENT, *arguments)

    def killed_at(self, point: str, count: int) -> bool:
        module = ("tests.store.kills", point, str(count))
        crawl = self.archive.start(self.site, *self.arguments, module=module)
        return self.archive.ended(crawl) == KILLED

    def killed_after(self, lines: int) -> bool:
        """Kills the run some lines on; False where it was through before."""
        wanted = self.archive.lines() + lines
        crawl = self.archive.start(self.site, *self.arguments)
        while crawl.poll() is None and self.archive.lines() < wanted:
            time.sleep(0.005)
        crawl.kill()
        return self.archive.ended(crawl) == KILLED

    def finish(self) -> None:
        """Lets a last run get through, and looks at what is there then."""
        assert self.archive.ended(self.archive.start(self.site, *self.arguments)) == 0
        self.archive.check(truth(ARTICLES))


@pytest.mark.parametrize("point", [point for point in POINTS if point != "recovering"])
def test_at_each_point(site: dict[str, str], tmp_path: Path, url: str | None, point: str) -> None:
    crawls = Crawls(site, tmp_path / "data", url)
    assert crawls.killed_at(point, 4)
    crawls.finish()


def test_while_recovering(site: dict[str, str], tmp_path: Path, url: str | None) -> None:
    crawls = Crawls(site, tmp_path / "data", url)
    assert crawls.killed_at("mid_line", 9)
    for path in (tmp_path / "data").glob("*/*.jsonl"):
        path.write_bytes(path.read_bytes()[:100])
    for count in (1, 2):
        assert crawls.killed_at("recovering", count)
    crawls.finish()


@pytest.mark.parametrize("pages", ["new", "all"])
def test_at_random_moments(
    site: dict[str, str], tmp_path: Path, url: str | None, pages: str
) -> None:
    crawls = Crawls(site, tmp_path / "data", url, "-a", f"pages={pages}")
    chance = random.Random(pages)
    assert all(crawls.killed_after(chance.randint(1, 6)) for _ in range(3))
    crawls.finish()
