"""A terminal of a given size, with a person before it: what a command shows, and what is typed."""

import os
import re
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from functools import partial

import pyte

from tests.conftest import ROOT

PATIENCE = 60
"""Seconds; whatever takes longer has failed."""


class Terminal:
    """Starts a command whose input, output and errors are the terminal."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        columns: int = 80,
        lines: int = 24,
    ) -> None:
        self.screen = pyte.HistoryScreen(columns, lines, history=10_000)
        self.stream = pyte.ByteStream(self.screen)
        self.shown = b""
        """Every byte that came."""
        # What a runner of tests has exported of its own size must not be taken for this one's.
        size = {"COLUMNS": str(columns), "LINES": str(lines)}
        self.keyboard, end = os.openpty()
        termios.tcsetwinsize(end, (lines, columns))
        modes = termios.tcgetattr(end)
        # Or ^C would throw away what this test was too slow to read.
        modes[3] |= termios.NOFLSH
        termios.tcsetattr(end, termios.TCSANOW, modes)
        self.child = subprocess.Popen(
            command,
            cwd=ROOT,
            env={"TERM": "xterm-256color", **environment, **size},
            preexec_fn=partial(os.login_tty, end),
        )
        os.close(end)

    def wait_for(self, pattern: str) -> None:
        """Returns when something like it is on the screen or above it."""
        until = time.monotonic() + PATIENCE
        while not re.search(pattern, self.text()):
            assert self.read(), self.text()
            assert time.monotonic() < until, self.text()

    def type(self, keys: bytes) -> None:
        os.write(self.keyboard, keys)

    def end(self) -> int:
        """The exit code, when all was shown."""
        while self.read():
            pass
        os.close(self.keyboard)
        return self.child.wait(PATIENCE)

    def read(self) -> bool:
        """Shows what came; False where nothing can come any more."""
        try:
            came = os.read(self.keyboard, 1 << 16)
        except OSError:
            return False
        self.shown += came
        self.stream.feed(came)
        return bool(came)

    def text(self) -> str:
        """All that can be read, from the first line on, without what was drawn over."""
        above = (
            "".join(line[column].data for column in range(self.screen.columns)).rstrip()
            for line in self.screen.history.top
        )
        return "\n".join((*above, *(line.rstrip() for line in self.screen.display)))
