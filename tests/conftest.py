"""Crawls as a user runs them: in a process of their own, with the replica for the site."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from guancha.figures import Figures
from guancha.store import runs
from guancha.store.reading import open_reader, snapshot
from replica.faults import Faults
from replica.running import served

ROOT = Path(__file__).parents[1]
PACE = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0")
"""Without the pauses that a real site deserves."""
FAST = (*PACE, "-s", "CHALLENGE_IN_BROWSER=0")
"""And without a browser for what is challenged."""
TOLD = ("-s", "MAX_TRIES=1")
"""With an outcome for the first failure."""
PLAIN = ("-s", "FIELD_FLOORS={}")
"""With articles that have little but a title."""
ONCE = ("-s", "RETRY_TIMES=0", "-s", "MAX_TRIES=1")
"""Without a second try."""


@dataclass(frozen=True)
class Run:
    """What a command left behind."""

    code: int
    out: str
    log: str
    data: Path

    def lines(self, stream: str) -> list[dict[str, Any]]:
        """The records of a stream."""
        files = sorted((self.data / stream).glob("*.jsonl"))
        return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]

    def figures(self) -> Figures:
        """Those of the latest run, as the ledger has them."""
        engine = open_reader(None, self.data)
        with snapshot(engine) as connection:
            (run,) = runs.latest(connection, 1)
        engine.dispose()
        return Figures.read(run.figures)

    def kinds(self) -> dict[str, str]:
        """URL -> kind of its outcome."""
        return {outcome["url"]: outcome["kind"] for outcome in self.lines("outcomes")}


def environment(data: Path, path: Path | None = None, **extra: str) -> dict[str, str]:
    """With a data directory of its own; ``path`` is where modules are looked for besides."""
    modules = os.pathsep.join(map(str, filter(None, (path, ROOT))))
    return {**os.environ, "GUANCHA_DATA": str(data), "PYTHONPATH": modules, **extra}


@pytest.fixture
def scrapy(tmp_path: Path) -> Callable[..., Run]:
    """Runs ``scrapy ARGUMENTS`` without a network."""

    def call(*arguments: str, **extra: str) -> Run:
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", *arguments],
            cwd=ROOT,
            env=environment(tmp_path / "data", **extra),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Run(done.returncode, done.stdout, done.stderr, tmp_path / "data")

    return call


@pytest.fixture
def replica_run(tmp_path: Path) -> Callable[..., Run]:
    """Runs ``scrapy crawl articles ARGUMENTS`` against the replica with the given options."""

    folders = (tmp_path / f"data-{number}" for number in count())

    def call(options: str, *arguments: str, path: Path | None = None) -> Run:
        data = next(folders)
        command = [sys.executable, "-m", "scrapy", "crawl", "articles", *FAST, *arguments]
        done = subprocess.run(
            [sys.executable, "-m", "replica", "run", *options.split(), "--", *command],
            cwd=ROOT,
            env=environment(data, path),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Run(done.returncode, done.stdout, done.stderr, data)

    return call


def run_against(folder: Path, site: Any, *command: str, module: Sequence[str] = ("scrapy",)) -> Run:
    """Runs ``scrapy COMMAND``, or that of a module around it, against a site of a test's making."""

    async def crawl() -> Run:
        async with served(site, Faults()) as extra:
            child = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", *module, *command),
                cwd=ROOT,
                env=environment(folder / "data", **extra),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            out, log = await asyncio.wait_for(child.communicate(), timeout=60)
        return Run(child.returncode or 0, out.decode(), log.decode(), folder / "data")

    return asyncio.run(crawl())


@pytest.fixture
def site_run(tmp_path: Path) -> Callable[..., Run]:
    """Runs ``scrapy crawl articles ARGUMENTS``, or another command, against a site of a test's making."""
    return lambda site, *arguments, command=("crawl", "articles"): run_against(
        tmp_path, site, *command, *arguments
    )
