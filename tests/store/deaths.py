"""Ends a piece of work by SIGKILL, before the step that a test names: a statement, or a change of files."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Engine, event

CHANGES = frozenset(
    ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.truncate")
)
DIED, DONE, FAILED = -signal.SIGKILL, 0, 1


def killed_at(step: int, work: Callable[[], object]) -> int:
    """Does the work in a process of its own; how that ended: DIED, DONE before that step, or FAILED."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = FAILED
    try:
        _count_down(step)
        work()
        code = DONE
    finally:
        os._exit(code)
    raise AssertionError


def kills(work: Callable[[], object], most: int = 16) -> Iterator[int]:
    """Some of the steps of a work, the last ones all: the test does it again before each."""
    total = _steps(work)
    assert total > most
    yield from range(1, total - most // 2, max(1, total * 2 // most))
    yield from range(total - most // 2, total + 1)


def _steps(work: Callable[[], object]) -> int:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        counted = [0]
        _at_each(lambda: counted.__setitem__(0, counted[0] + 1))
        try:
            work()
            os.write(writing, str(counted[0]).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with open(reading, "rb") as told:
        return int(told.read() or 0)


def _count_down(step: int) -> None:
    left = [step]

    def count() -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    _at_each(count)


def _at_each(step: Callable[[], object]) -> None:
    def audit(name: str, args: tuple[Any, ...]) -> None:
        is_read = name == "open" and not (args[2] or 0) & (os.O_WRONLY | os.O_RDWR)
        if name in CHANGES and not is_read:
            step()

    sys.addaudithook(audit)
    event.listen(Engine, "before_cursor_execute", lambda *_: step())
    event.listen(Engine, "commit", lambda _: step())
