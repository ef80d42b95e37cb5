"""Jobs as a user has them run: in processes of their own, on one archive."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from guancha.exceptions import StoreError
from guancha.store import runs
from guancha.store.reading import open_reader, snapshot
from guancha.store.runs import Run
from tests.conftest import ROOT, environment

FAST = "DOWNLOAD_DELAY = 0, AUTOTHROTTLE_ENABLED = false"
SLOW = "DOWNLOAD_DELAY = 0.4, AUTOTHROTTLE_ENABLED = false"
"""At a pace that leaves the time for something in the middle."""
PATIENCE = 60
"""Seconds after which a test gives up."""


def job(
    name: str, when: str = 'every = "1h"', arguments: str = "", pace: str = FAST, limit: str = "1m"
) -> str:
    """A job, as jobs.toml has it."""
    return f"""
        [[jobs]]
        name = "{name}"
        spider = "articles"
        arguments = {{ {arguments} }}
        settings = {{ {pace} }}
        {when}
        time_limit = "{limit}"
    """


@dataclass
class Jobs:
    """A table of jobs, and the archive that they fill."""

    folder: Path
    site: dict[str, str]
    url: str | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def table(self) -> Path:
        return self.folder / "jobs.toml"

    def start(self, *words: str, **extra: str) -> "subprocess.Popen[str]":
        """Starts ``scrapy WORDS`` on the table; what it says goes to a file, see ``said``."""
        store = {"GUANCHA_STORE_URL": self.url} if self.url else {}
        with self._log.open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "scrapy", *words, "--file", str(self.table)],
                cwd=ROOT,
                env=environment(self.data, **{**self.site, **store, **extra}),
                stdout=log,
                stderr=log,
                text=True,
            )

    def run(self, name: str, *words: str) -> int:
        """The exit code of ``scrapy jobs run NAME``."""
        return self.start("jobs", "run", name, *words).wait(PATIENCE)

    @property
    def said(self) -> str:
        return self._log.read_text("utf-8")

    def ledger(self) -> list[Run]:
        """All runs, the oldest first; none without a store."""
        try:
            engine = open_reader(self.url, self.data)
        except StoreError:
            return []
        with snapshot(engine) as connection:
            found = runs.latest(connection, 1000)
        engine.dispose()
        return found[::-1]

    def wait_until(self, fact: Callable[[], object], *under_way: "subprocess.Popen[str]") -> None:
        """Waits until something is so, while these go on."""
        deadline = time.monotonic() + PATIENCE
        while not fact():
            assert time.monotonic() < deadline, self.said
            assert all(process.poll() is None for process in under_way), self.said
            time.sleep(0.05)

    def is_half_way(self) -> bool:
        """Whether a run has brought an article, and goes on."""
        return self.lines() > 0 and any(run.verdict is None for run in self.ledger())

    def lines(self) -> int:
        found = (self.data / "articles").glob("*.jsonl")
        return sum(path.read_bytes().count(b"\n") for path in found)

    def processes(self, word: str = "") -> list[int]:
        """Those that work on this archive, and have the word in their command."""
        found, ours = [], f"GUANCHA_DATA={self.data}".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                is_ours = ours in (folder / "environ").read_bytes().split(b"\0")
                if is_ours and word.encode() in (folder / "cmdline").read_bytes():
                    found.append(int(folder.name))
        return found

    def kill(self, word: str) -> list[int]:
        """Ends those with SIGKILL, and tells which."""
        found = self.processes(word)
        for pid in found:
            os.kill(pid, signal.SIGKILL)
        return found

    def locks(self) -> list[Path]:
        """Locks of the archive and of the schedule that somebody holds."""
        return [path for path in self.data.rglob("*.lock") if _is_held(path)]

    def is_left_alone(self) -> bool:
        """Whether no process works on it, and nobody holds a lock of it."""
        return not self.processes() and not self.locks()

    @property
    def _log(self) -> Path:
        return self.folder / "said.log"


def _is_held(path: Path) -> bool:
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
