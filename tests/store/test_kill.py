"""kill -9 at any moment loses nothing that was committed, repeats nothing, and breaks no line."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import FAST, ROOT, environment
from tests.spiders.test_articles_replica import truth
from tests.store.kills import POINTS

SITE = "--articles 25"
FAULTS = "--faults errors=0.05,truncate=0.03,challenge=0.02"
PATIENT = (*FAST, "-s", "RETRY_TIMES=9", "-s", "MAX_TRIES=99")
KILLED = 128 + signal.SIGKILL


class Crawls:
    """The runs of one test, on one archive."""

    def __init__(self, data: Path, url: str | None, *arguments: str) -> None:
        self.data = data
        self.arguments = ("crawl", "articles", *PATIENT, *arguments)
        self.environment = environment(data, **({"GUANCHA_STORE_URL": url} if url else {}))

    def command(self, *crawl: str) -> list[str]:
        site = [*SITE.split(), *FAULTS.split()]
        return [sys.executable, "-m", "replica", "run", *site, "--", sys.executable, "-m", *crawl]

    def killed_at(self, point: str, count: int) -> int:
        return self._run("tests.store.kills", point, str(count), *self.arguments)

    def whole(self) -> int:
        return self._run("scrapy", *self.arguments)

    def killed_after(self, lines: int) -> bool:
        """Kills the run some lines on; False where it was through before."""
        process = subprocess.Popen(
            self.command("scrapy", *self.arguments),
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        begun = self.lines()
        while process.poll() is None and self.lines() < begun + lines:
            time.sleep(0.002)
        for child in _children(process.pid):
            os.kill(child, signal.SIGKILL)
        return process.wait(timeout=60) == KILLED

    def lines(self) -> int:
        """How many articles are there."""
        files = (self.data / "articles").glob("*.jsonl")
        return sum(path.read_bytes().count(b"\n") for path in files)

    def _run(self, *crawl: str) -> int:
        """Its exit code, 0 or that of a kill; anything else is a failure, with the log."""
        done = subprocess.run(
            self.command(*crawl),
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode in (0, KILLED), done.stderr
        return done.returncode

    def check(self) -> None:
        """Every article once, as it is, in whole lines."""
        files = sorted((self.data / "articles").glob("*.jsonl"))
        content = b"".join(path.read_bytes() for path in files)
        assert content.endswith(b"\n")
        found = [json.loads(line) for line in content.splitlines()]
        ids = [record["article_id"] for record in found]
        expected = truth(SITE)
        assert len(ids) == len(set(ids))
        assert set(ids) == set(expected)
        for record in found:
            assert record["content_hash"] == expected[record["article_id"]]["content_hash"]


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()] if path.exists() else []


@pytest.mark.parametrize("point", [point for point in POINTS if point != "recovering"])
def test_at_each_point(tmp_path: Path, url: str | None, point: str) -> None:
    crawls = Crawls(tmp_path / "data", url)
    assert crawls.killed_at(point, 4) == KILLED
    assert crawls.whole() == 0
    crawls.check()


def test_while_recovering(tmp_path: Path, url: str | None) -> None:
    crawls = Crawls(tmp_path / "data", url)
    assert crawls.killed_at("mid_line", 9) == KILLED
    for path in (tmp_path / "data").glob("*/*.jsonl"):
        path.write_bytes(path.read_bytes()[:100])
    for count in (1, 2):
        assert crawls.killed_at("recovering", count) == KILLED
    assert crawls.whole() == 0
    crawls.check()


@pytest.mark.parametrize("pages", ["new", "all"])
def test_at_random_moments(tmp_path: Path, url: str | None, pages: str) -> None:
    crawls = Crawls(tmp_path / "data", url, "-a", f"pages={pages}")
    chance = random.Random(pages)
    assert all(crawls.killed_after(chance.randint(1, 6)) for _ in range(3))
    assert crawls.whole() == 0
    crawls.check()
