"""A reparse from end to end: finds the captures, reads them again, and hands on what comes of it."""

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Protocol

from guancha.exceptions import DataDirectoryError
from guancha.reparse.finding import UNCOPIED
from guancha.reparse.index import Index, Place
from guancha.reparse.judging import Done
from guancha.reparse.pool import Died, Pool
from guancha.reparse.tasks import FindIn, Order, Read, ReadAgain, Rows, Task, rest
from guancha.reparse.work import Worker

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
BATCH = 30
"""Captures in one task: some tenths of a second of work."""
Shown = Callable[[str, int, int], None]
"""Is told what goes on, how much of it is done, and how much there is."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Has signals that ask for an end wait: a transaction that is broken off anywhere may hold the store."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Target(Protocol):
    """Takes in what comes of the articles."""

    def take(self, article: Read) -> None:
        """One more of them."""

    def finish(self) -> None:
        """There are no more."""


class Reparse:
    """Its processes and its index, until it is closed."""

    def __init__(self, order: Order, jobs: int, shown: Shown) -> None:
        self.done, self.shown, self._order = Done(order.files), shown, order
        with ExitStack() as stack:
            # First of all: what a process inherits is what is there now.
            self._pool = Pool[Task, Rows | Read](jobs, lambda at: Worker(order, at).do, rest)
            stack.callback(self._pool.close)
            self._index = Index(order.folder)
            stack.callback(self._index.close)
            self._stack = stack.pop_all()

    def close(self) -> None:
        """Ends the processes."""
        self._stack.close()

    def find(self) -> None:
        """The first pass: where which captures are; raises DataDirectoryError where there is no room for it."""
        files = self.done.files
        sizes, size = [path.stat().st_size for path in files], 0
        self.shown("looking", 0, sum(sizes))
        last = [0] * len(files)
        tasks = (FindIn(number) for number in range(len(files)))
        for said in self._pool.run(tasks, in_order=False):
            if isinstance(said, Died):
                self.done.deaths.append(said)
            elif isinstance(said, Rows):
                if said.tally.faults[UNCOPIED]:
                    copy = self._order.path(-said.file - 1)
                    raise DataDirectoryError(f"{copy}: can't write this temporary file")
                self._index.add(said.captures, said.notes)
                self.done.tally.add(said.tally)
                file = said.file
                size, last[file] = size + max(said.offset - last[file], 0), said.offset
                self.shown("looking", size, sum(sizes))
        self.done.captures, self.done.articles = self._index.close_up()

    def read(self, target: Target) -> None:
        """The second pass, article by article."""
        number = 0
        self.shown("reading", number, self.done.articles)
        for said in self._pool.run(self._tasks(self._index.articles())):
            if isinstance(said, Died):
                self.done.deaths.append(said)
                continue
            assert isinstance(said, Read)
            with undisturbed():
                target.take(said)
            self.done.tally.add(said.tally)
            number += 1
            self.shown("reading", number, self.done.articles)

    def _tasks(self, articles: Iterable[str]) -> Iterator[ReadAgain]:
        batch: list[tuple[str, list[Place]]] = []
        for article_id in articles:
            batch.append((article_id, self._index.captures(article_id)))
            if sum(len(places) for _, places in batch) >= BATCH:
                yield ReadAgain(batch)
                batch = []
        if batch:
            yield ReadAgain(batch)
