"""How far a reparse is: a bar on a terminal, a line now and then elsewhere."""

import sys
from typing import Self

from rich.console import Console
from rich.progress import Progress, TaskID

from guancha import clock

SECONDS = 10.0
"""Between two lines, where no terminal is."""
REDRAWN = 0.1
"""Seconds between two drawings."""


class Shown:
    """On standard error, or nowhere where it is ``quiet``. Use it in a ``with``."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet, self._told, self._name = quiet, clock.uptime(), ""
        # Without a thread: processes are forked meanwhile.
        console = Console(stderr=True)
        is_drawn = console.is_interactive and not quiet
        self._bar = (
            Progress(console=console, transient=True, auto_refresh=False) if is_drawn else None
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if self._bar:
            # As elsewhere: a cursor that was never hidden can't be left so. In one breath, so none is drawn.
            with self._bar.console as console:
                self._bar.start()
                console.show_cursor()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def __call__(self, name: str, number: int, total: int) -> None:
        """Tells what goes on, how much of it is done, and how much there is."""
        if self.quiet:
            return
        is_new, now = name != self._name, clock.uptime()
        if not is_new and number < total and now - self._told < (REDRAWN if self._bar else SECONDS):
            return
        self._name, self._told = name, now
        try:
            if self._bar:
                self._draw(self._bar, name, number, total, is_new=is_new)
            elif total:
                print(f"{name}: {number / total:.0%}", file=sys.stderr, flush=True)
        except OSError:
            # Nobody looks any more: that is no reason to stop.
            self.quiet = True

    def _draw(self, bar: Progress, name: str, number: int, total: int, *, is_new: bool) -> None:
        if is_new or self._task is None:
            if self._task is not None:
                bar.remove_task(self._task)
            self._task = bar.add_task(name)
        bar.update(self._task, completed=number, total=total or 1)
        bar.refresh()
