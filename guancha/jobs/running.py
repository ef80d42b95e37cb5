"""Runs one job: never beside itself, in its turn, within its time; and has the ledger tell of it."""

import signal
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from signal import Signals
from typing import BinaryIO

from guancha import clock
from guancha.exceptions import StoreError
from guancha.jobs.every import in_words
from guancha.jobs.folder import Folder, last_words
from guancha.jobs.process import environment, following, scrapy
from guancha.jobs.table import Job
from guancha.jobs.watch import End, asked_to_stop, listen, watch
from guancha.store import job_runs
from guancha.store.job_runs import Fate
from guancha.store.runs import Begun, Run
from guancha.verdict.reasons import FAILED, OK

CODES = {OK: 0, "degraded": 3}
"""Exit codes of a crawl that went through, well or less well."""
LOOK = 0.2
"""Seconds from one look at a lock to the next."""


@dataclass(frozen=True)
class Place:
    """Where the jobs do their work, and how."""

    data: Path
    url: str | None
    """Of the store; None for a file in ``data``."""
    grace: int
    """Seconds that a run has to end in, each time it is told to."""
    options: Sequence[str] = ()
    """``NAME=VALUE`` of each ``-s`` that was given by hand."""


@dataclass
class Running:
    """One run of a job."""

    job: Job
    place: Place
    folder: Folder
    held: list[BinaryIO] = field(default_factory=list)
    """Open files of locks; the crawl inherits them: no other begins before it has ended, too."""

    def run(self) -> tuple[int, Run] | None:
        """The exit code, and what the ledger has of it; None where the job is running already.

        Raises StoreError and DataDirectoryError where no ledger can tell of it.
        """
        with ExitStack() as stack:
            if not self._take(self.job.name, stack):
                return None
            listen()
            started, after = clock.now(), job_runs.newest(self.place.url, self.place.data)
            log = stack.enter_context(self.folder.new_log(self.job.name))
            stop = self._wait(stack)
            end = End(1, stop) if stop else self._crawl(log)
            fate = self._fate(started, end, waited=bool(stop))
            told = self._tell(after, fate)
        return _code(end, told), told

    def _take(self, name: str, stack: ExitStack) -> bool:
        lock = stack.enter_context(self.folder.lock(name))
        self.held += [lock] if lock else []
        return lock is not None

    def _wait(self, stack: ExitStack) -> Signals | None:
        """Waits for its turn: jobs of one spider write the same stream. Returns what stops that."""
        while not self._take(f".{self.job.spider}", stack):
            if stop := asked_to_stop(LOOK):
                return stop
        return None

    def _crawl(self, log: BinaryIO) -> End:
        try:
            child = subprocess.Popen(  # noqa: S603 - ourselves, and words that were checked
                self._command(),
                env=environment(GUANCHA_JOB=self.job.name),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,  # what a terminal sends comes to it through us alone
                pass_fds=[file.fileno() for file in self.held],
                preexec_fn=following(signal.SIGKILL, blocked=()),
            )
        except OSError as error:
            log.write(f"error: {error.strerror}\n".encode())
            log.flush()
            return End(1)
        return watch(child, self.job.time_limit.total_seconds(), self.place.grace)

    def _command(self) -> list[str]:
        arguments = [f"{name}={value}" for name, value in self.job.arguments.items()]
        settings = [f"{name}={value}" for name, value in self.job.settings.items()]
        # What was given by hand comes last, and counts.
        words = [word for pair in arguments for word in ("-a", pair)]
        words += [word for pair in (*settings, *self.place.options) for word in ("-s", pair)]
        return scrapy("crawl", self.job.spider, *words)

    def _tell(self, after: int, fate: Fate) -> Run:
        begun = Begun(self.job.spider, self.job.arguments, self.job.name)
        try:
            return job_runs.settle(self.place.url, self.place.data, begun, after, fate)
        except StoreError as error:
            words = f"no ledger tells of this run: {fate.ended or fate.last_words}"
            raise StoreError(f"{words} ({error})") from error

    def _fate(self, started: datetime, end: End, waited: bool) -> Fate:
        said = last_words(self.folder.tail(self.job.name))
        is_overdue, is_failed = end.by == signal.SIGALRM, end.code not in CODES.values()
        words = None
        if is_overdue:
            words = f"ended after its time limit of {in_words(self.job.time_limit)}"
        elif end.by:
            words = f"stopped by {end.by.name}" + (", in waiting for its turn" if waited else "")
        if end.code < 0 and (end.by is None or end.code == -signal.SIGKILL):
            killed = f"killed by signal {-end.code}"
            words = f"{words}, and {killed}: it did not end" if words else killed
        return Fate(started, clock.now(), is_failed, said, words, is_overdue)


def _code(end: End, told: Run) -> int:
    """That of the crawl; by its verdict where it was ended, for it may have finished before."""
    if end.code > 0 and end.by is None:
        return end.code
    return CODES.get(told.verdict or FAILED, 1)
