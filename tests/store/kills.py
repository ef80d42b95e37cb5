"""Runs ``scrapy`` and ends it with SIGKILL at a named point: ``python -m tests.store.kills POINT COUNT …``."""

import os
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO

from scrapy.cmdline import execute
from sqlalchemy import Engine, event

from guancha.store.projection import Line, Projection
from guancha.store.store import Store
from guancha.warc import writer


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class At:
    """Counts down to the moment."""

    def __init__(self, count: int) -> None:
        self.left = count

    def __call__(self) -> bool:
        self.left -= 1
        return self.left == 0


def before_commit(now: At) -> None:
    event.listen(Engine, "commit", lambda _: die() if now() else None)


def after_commit(now: At) -> None:
    _before(Projection, "append", now)


def mid_line(now: At) -> None:
    def half(self: Projection, path: Path, lines: Iterable[Line]) -> None:
        if now():
            content = next(iter(lines)).content
            path.parent.mkdir(exist_ok=True)
            with path.open("ab") as file:
                file.write(content[: len(content) // 2])
                file.flush()
                os.fsync(file.fileno())
            die()
        write(self, path, lines)

    write = Projection._write
    Projection._write = half  # type: ignore[method-assign]


def after_fsync(now: At) -> None:
    _after(Projection, "_write", now)


def recovering(now: At) -> None:
    """In the middle of making files whole: there must be some to make."""
    _after(Projection, "_rest", now)


def mid_page(now: At) -> None:
    def half(file: BinaryIO, content: bytes) -> None:
        put(file, content[: len(content) // 2] if now() else content)
        if not now.left:
            die()

    put = writer._put
    writer._put = half


def mid_walk(now: At) -> None:
    _after(Store, "admit", now)


def _before(owner: Any, name: str, now: At) -> None:
    def wrapped(self: Any, *args: Any) -> Any:
        if now():
            die()
        return original(self, *args)

    original = getattr(owner, name)
    setattr(owner, name, wrapped)


def _after(owner: Any, name: str, now: At) -> None:
    def wrapped(self: Any, *args: Any) -> Any:
        result = original(self, *args)
        if now():
            die()
        return result

    original = getattr(owner, name)
    setattr(owner, name, wrapped)


POINTS: dict[str, Callable[[At], None]] = {
    point.__name__: point
    for point in (
        before_commit,
        after_commit,
        mid_line,
        after_fsync,
        recovering,
        mid_page,
        mid_walk,
    )
}

if __name__ == "__main__":
    point, number, *command = sys.argv[1:]
    POINTS[point](At(int(number)))
    execute(["scrapy", *command])
