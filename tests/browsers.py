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


def need() -> None:
    """Skips where there is no browser to test with, or no certutil; fails in CI."""
    named = Settings({"BROWSER": os.environ.get("GUANCHA_BROWSER")})
    if rendering.find(named) and shutil.which("certutil"):
        return
    missing = "no browser to test with: apt-get install chromium libnss3-tools"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


def browse(folder: Path, site: Any, *command: str, faults: Faults | None = None) -> Run:
    """Runs ``scrapy COMMAND`` against a site of a test's making."""
    need()

    async def run() -> Run:
        async with served(site, faults or Faults()) as extra:
            child = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "scrapy", *command, *PACE),
                cwd=ROOT,
                env=environment(folder / "data", **extra),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            out, log = await asyncio.wait_for(child.communicate(), SECONDS)
        return Run(child.returncode or 0, out.decode(), log.decode(), folder / "data")

    return asyncio.run(run())


def kill_browser() -> int:
    """Kills the browser that a run of this process has started, as the kernel would; returns how many."""
    found = [pid for pid in _offspring(os.getpid()) if _is_browser(pid)]
    for pid in found:
        os.kill(pid, signal.SIGKILL)
    return len(found)


def _offspring(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task")
    below = [
        int(child)
        for file in children.glob("*/children")
        for child in file.read_text("ascii").split()
    ]
    return below + [each for child in below for each in _offspring(child)]


def _is_browser(pid: int) -> bool:
    """Its main process alone: the others say their type."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    has_port = any(word.startswith(b"--remote-debugging") for word in words)
    return has_port and not any(word.startswith(b"--type=") for word in words)
