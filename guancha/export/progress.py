"""A bar for those who watch."""

import sys
from collections.abc import Callable, Generator, Iterable
from typing import TypeVar

from rich.console import Console
from rich.progress import track

Value = TypeVar("Value")


def shown(
    values: Iterable[Value], name: str, total: Callable[[], int], *, quiet: bool
) -> Generator[Value]:
    """The same values, with a bar on standard error where that is a terminal, unless ``quiet``.

    ``total`` is asked only where a bar is shown, for counting takes time.
    """
    if quiet or not sys.stderr.isatty():
        yield from values
        return
    console = Console(stderr=True)
    yield from track(values, name, total(), console=console, transient=True)
