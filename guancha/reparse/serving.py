"""What a process of a pool does: a task, its results, and that it is through."""

import gc
import os
import signal
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
At = Callable[[int, int], None]
"""Is told the file and the place in it that are looked at now."""
Do = Callable[[Task], Iterable[Result]]
OVER = None
"""Is sent behind the results of a task."""


def serve(
    make: Callable[[At], Do[Task, Result]],
    pipe: Connection,
    parents: Connection,
    place: "list[int]",
) -> None:
    """Does the tasks that come through a pipe; ``place`` says to the parent what is looked at."""
    # With a copy of the other end open we would never hear that the parent is gone.
    parents.close()
    # Ctrl-C goes to all; the parent ends us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()

    def at(file: int, offset: int) -> None:
        place[:] = [file, offset]

    do = make(at)
    try:
        while True:
            for result in do(pipe.recv()):
                pipe.send(result)
            pipe.send(OVER)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        # Nobody wants it any more; there is nothing of ours to put in order.
        os._exit(0)
