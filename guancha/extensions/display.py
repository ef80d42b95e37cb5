"""The live display of a run: its figures on a terminal, below the log."""

import io
import logging
import sys
from contextlib import suppress
from typing import Self, TextIO

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text
from scrapy.utils.log import get_scrapy_root_handler

from guancha.extensions.panel import panel
from guancha.extensions.standing import Standing
from guancha.processors.text import visible


class Display:
    """Log lines go above the figures while it is there.

    The cursor stays visible: what was never hidden can't be left so, not even by kill -9.
    """

    def __init__(self, console: Console) -> None:
        self.console = console
        # No thread of its own, and no stream redirected but that of the log.
        self.live = Live(
            console=console, auto_refresh=False, redirect_stdout=False, redirect_stderr=False
        )
        # In one breath, so that no terminal ever draws the hiding.
        with console:
            self.live.start()
            console.show_cursor()
        self.log = _log()
        if self.log:
            self.log.setStream(Above(console))

    @classmethod
    def begin(cls) -> Self | None:
        """A display on standard error; None where that is no terminal that can draw, as TERM=dumb."""
        console = Console(stderr=True)
        return cls(console) if console.is_interactive else None

    def show(self, now: Standing) -> None:
        """Draws the figures; ends the display where the terminal is gone."""
        try:
            # Below them an empty line, where a terminal echoes what is typed, such as ^C.
            self.live.update(Group(panel(now, self.console.width), ""), refresh=True)
        except OSError:
            self.console.quiet = True
            self.close()

    def close(self) -> None:
        """Leaves the last figures on the screen, and the log as it was before."""
        if self.log:
            self.log.setStream(sys.stderr)
        with suppress(OSError):
            self.live.stop()


class Above(io.StringIO):
    """A stream whose lines appear above the display of a console."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self.console = console

    def write(self, text: str) -> int:
        """Prints whole lines, as the handlers of logging write them; only their colours are ours."""
        line = Text("\n".join(map(visible, text.removesuffix("\n").split("\n"))))
        line.highlight_regex(r"^[\d-]{10} [\d:]{8} ", "dim")
        line.highlight_words([" WARNING "], "yellow")
        line.highlight_words([" ERROR ", " CRITICAL "], "bold red")
        # As long as they are: a terminal folds them, and copies them whole.
        self.console.print(line, soft_wrap=True)
        return len(text)


def _log() -> "logging.StreamHandler[TextIO] | None":
    """Scrapy's handler, which holds standard error itself; None where it writes to a file or nowhere."""
    handler = get_scrapy_root_handler()
    if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stderr:
        return handler
    return None
