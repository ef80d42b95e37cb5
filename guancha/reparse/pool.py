"""Processes that work side by side; one that dies takes nothing with it but what it looked at."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from ctypes import c_int64
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, NamedTuple

from guancha.exceptions import GuanchaError
from guancha.reparse.serving import OVER, At, Do, Result, Task, serve

WINDOW = 4
"""Tasks for each process that may be begun before the first of them is through: results wait in memory."""
MOST_DEATHS = 20
"""In a row, of all processes or at one task, with no result in between: then it is not the pages' fault."""
# Not spawned: that would load everything anew for each. They are started before anything is opened.
_context = multiprocessing.get_context("fork")


class Died(NamedTuple):
    """A process has ended in the middle of a task."""

    file: int
    offset: int
    """What it looked at."""
    code: int | None
    """Below 0 the signal that has killed it; 1 after an error of the program, which it has printed."""


@dataclass(eq=False)
class _Batch(Generic[Task, Result]):
    """A task and what came of it, until its turn."""

    task: Task
    results: list[Result | Died] = field(default_factory=list)
    """What is still to be handed on."""
    count: int = 0
    """Results of the task as it is now."""
    last: Result | None = None
    is_over: bool = False
    deaths: int = 0
    """Since its last result."""

    def add(self, result: Result) -> None:
        self.results.append(result)
        self.count, self.last, self.deaths = self.count + 1, result, 0


class _Process(Generic[Task, Result]):
    """One of them, and what it does now."""

    def __init__(self, make: Callable[[At], Do[Task, Result]]) -> None:
        self.batch: _Batch[Task, Result] | None = None
        self.pipe, theirs = _context.Pipe()
        self._place = _context.RawArray(c_int64, 2)
        self._process: BaseProcess = _context.Process(
            target=serve, args=(make, theirs, self.pipe, self._place), daemon=True
        )
        self._process.start()
        theirs.close()

    def begin(self, batch: _Batch[Task, Result]) -> None:
        self.batch = batch
        self._place[:] = [0, 0]
        self.pipe.send(batch.task)

    def died(self) -> Died:
        self.pipe.close()
        self._process.join()
        return Died(self._place[0], self._place[1], self._process.exitcode)

    def end(self) -> None:
        self.pipe.close()
        self._process.terminate()
        self._process.join()


class Pool(Generic[Task, Result]):
    """So many processes; ``make`` gives each its work, in the process itself.

    ``rest`` says what is left of a task after a death: it is given the task, how many results it had, the
    last of them and the death.
    """

    def __init__(
        self,
        jobs: int,
        make: Callable[[At], Do[Task, Result]],
        rest: Callable[[Task, int, Result | None, Died], Task | None],
    ) -> None:
        self._make, self._rest = make, rest
        self._deaths, self._places = 0, set[tuple[int, int]]()
        self._processes: list[_Process[Task, Result]] = []
        try:
            for _ in range(jobs):
                self._processes.append(_Process(make))
        except BaseException:
            self.close()
            raise

    def run(self, tasks: Iterable[Task], *, in_order: bool = True) -> Iterator[Result | Died]:
        """What comes of the tasks: in their order, where some of it has to wait, or as it comes.

        Several deaths at one place are told once. Raises GuanchaError where there is nothing but deaths.
        """
        waiting, begun = iter(tasks), list[_Batch[Task, Result]]()
        while True:
            room = WINDOW * len(self._processes) - len(begun)
            idle = [each for each in self._processes if each.batch is None]
            for process, task in zip(idle, islice(waiting, min(room, len(idle))), strict=False):
                begun.append(_Batch(task))
                self._begin(process, begun[-1])
            if not begun:
                return
            self._listen()
            for batch in list(begun):
                yield from batch.results
                batch.results.clear()
                if batch.is_over:
                    begun.remove(batch)
                elif in_order:
                    break

    def close(self) -> None:
        """Ends all, whatever they do."""
        for process in self._processes:
            process.end()
        self._processes.clear()

    def _begin(self, process: _Process[Task, Result], batch: _Batch[Task, Result]) -> None:
        try:
            process.begin(batch)
        except (BrokenPipeError, ConnectionResetError):
            self._bury(process)

    def _listen(self) -> None:
        busy = {each.pipe: each for each in self._processes if each.batch}
        for pipe in wait(list(busy)):
            assert isinstance(pipe, Connection)
            process = busy[pipe]
            assert process.batch is not None
            try:
                said = pipe.recv()
            except (EOFError, ConnectionResetError):
                self._bury(process)
                continue
            self._deaths = 0
            if said is OVER:
                process.batch.is_over, process.batch = True, None
            else:
                process.batch.add(said)

    def _bury(self, process: _Process[Task, Result]) -> None:
        """Puts another one in its place, which does the rest."""
        batch = process.batch
        assert batch is not None
        died = process.died()
        self._deaths, batch.deaths = self._deaths + 1, batch.deaths + 1
        if max(self._deaths, batch.deaths) >= MOST_DEATHS:
            how = f"the last with code {died.code}, at byte {died.offset} of file {died.file + 1}"
            raise GuanchaError(
                f"{MOST_DEATHS} processes have ended in a row, and done nothing: {how}"
            )
        if (died.file, died.offset) not in self._places:
            self._places.add((died.file, died.offset))
            batch.results.append(died)
        heir: _Process[Task, Result] = _Process(self._make)
        self._processes[self._processes.index(process)] = heir
        rest = self._rest(batch.task, batch.count, batch.last, died)
        if rest is None:
            batch.is_over = True
            return
        batch.task, batch.count, batch.last = rest, 0, None
        self._begin(heir, batch)
