"""Archives of the replica's articles, crawled as a user does, to be cared for by commands."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.conftest import FAST, ROOT, environment

SLOW = ("-s", "DOWNLOAD_DELAY=0.07")
"""At a pace that leaves the time for something else in the middle."""
PYTHON = (sys.executable, "-m")


def crawl(data: Path, url: str | None = None, *arguments: str) -> subprocess.Popen[bytes]:
    """Begins a crawl of 60 articles."""
    command = [*PYTHON, "scrapy", "crawl", "articles", *FAST, *arguments]
    return subprocess.Popen(
        [*PYTHON, "replica", "run", "--articles", "60", "--", *command],
        cwd=ROOT,
        env=environment(data, **store(url)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_for(data: Path, count: int, run: subprocess.Popen[bytes]) -> None:
    """Returns when so many articles are there, while the run goes on."""
    while lines(data) < count:
        assert run.poll() is None
        time.sleep(0.01)


def end(run: subprocess.Popen[bytes]) -> bool:
    """Kills a crawl; False where it was through before."""
    with suppress(FileNotFoundError):
        for child in Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text("ascii").split():
            os.kill(int(child), signal.SIGKILL)
    return run.wait(timeout=60) == 128 + signal.SIGKILL


def lines(data: Path) -> int:
    """How many articles are there."""
    return sum(path.read_bytes().count(b"\n") for path in (data / "articles").glob("*.jsonl"))


def store(url: str | None) -> dict[str, str]:
    """The variable that names a database."""
    return {"GUANCHA_STORE_URL": url} if url else {}
