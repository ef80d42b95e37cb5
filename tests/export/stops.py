"""Runs ``scrapy`` and has it get a signal: ``python -m tests.export.stops SIGNAL POINT COUNT …``."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from scrapy.cmdline import execute

from guancha.export import publication
from guancha.export.measure import Measure


def writing(now: Callable[[], None]) -> None:
    """Before the so many-th piece of the file."""
    write = Measure.write

    def counted(self: Measure, data: bytes) -> int:
        now()
        return write(self, data)

    Measure.write = counted  # type: ignore[method-assign]


def publishing(now: Callable[[], None]) -> None:
    """Before the so many-th sync of the folder."""
    sync = publication.sync_folder

    def counted(folder: Any) -> None:
        now()
        sync(folder)

    publication.sync_folder = counted


class After:
    """Sends the signal to this process at the so many-th call."""

    def __init__(self, name: str, count: int) -> None:
        self.signal = signal.Signals[name]
        self.left = count

    def __call__(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), self.signal)


POINTS = {"writing": writing, "publishing": publishing}

if __name__ == "__main__":
    name, point, number, *command = sys.argv[1:]
    POINTS[point](After(name, int(number)))
    execute(["scrapy", *command])
