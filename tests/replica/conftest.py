"""The stand-in, run as others run it: in a process of its own, around a command."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Runner = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def replica() -> Runner:
    """Calls ``python -m replica`` with the given arguments."""

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "replica", *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return call
