"""Crawls with a real Chromium."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from guancha import rendering
from replica.faults import Faults
from replica.running import served
from tests.conftest import PACE, ROOT, Run, environment

SECONDS = 90
"""After which a run is taken for hung."""


def need() -> Path:
    """The browser to test with; skips without one, or without certutil, and fails in CI."""
    found = rendering.find(Settings({"BROWSER": os.environ.get("GUANCHA_BROWSER")}))
    if found and shutil.which("certutil"):
        return found
    missing = "no browser to test with: apt-get install chromium libnss3-tools libatomic1"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


def browse(
    folder: Path, site: Any, *command: str, faults: Faults | None = None, **variables: str
) -> Run:
    """Runs ``scrapy COMMAND`` against a site of a test's making."""
    need()

    async def run() -> Run:
        async with served(site, faults or Faults()) as extra:
            child = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "scrapy", *command, *PACE),
                cwd=ROOT,
                env=environment(folder / "data", **extra | variables),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            out, log = await asyncio.wait_for(child.communicate(), SECONDS)
        return Run(child.returncode or 0, out.decode(), log.decode(), folder / "data")

    return asyncio.run(run())


BROWSER, PLAYWRIGHT = b"--remote-debugging", b"run-driver"
"""What the command line of a process says."""


def kill(word: bytes) -> int:
    """Kills what a run of this process has started, as the kernel would; returns how many processes."""
    found = [pid for pid in _offspring(os.getpid()) if _says(pid, word)]
    for pid in found:
        os.kill(pid, signal.SIGKILL)
    return len(found)


def _offspring(pid: int) -> list[int]:
    lists = [path.read_text("ascii") for path in Path(f"/proc/{pid}/task").glob("*/children")]
    below = [int(child) for children in lists for child in children.split()]
    return below + [each for child in below for each in _offspring(child)]


def _says(pid: int, word: bytes) -> bool:
    """Of a browser the main process alone: the others say their type."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    said = any(each.startswith(word) for each in words)
    return said and not any(each.startswith(b"--type=") for each in words)
