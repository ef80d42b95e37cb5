"""Runs all jobs at their times, each in a process of its own, until it is told to stop."""

import asyncio
import logging
import os
import random
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from signal import SIGTERM

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from guancha import clock
from guancha.jobs.due import due
from guancha.jobs.process import STOPS, environment, following, scrapy
from guancha.jobs.table import Job
from guancha.processors.dates import BEIJING
from guancha.store.runs import Run

VERDICTS = {0: "ok", 3: "degraded", os.EX_TEMPFAIL: "skipped"}
"""By exit code; ``failed`` for all others."""
MINUTE = 60
"""Seconds from one look at the clock, and at the table, to the next: a timer stands still in a machine that
sleeps."""
MARGIN = 60
"""Seconds that a run has to tell of its end, above those for the end itself: the store may be busy."""
logger = logging.getLogger(__name__)


class Schedule:
    """The jobs of a table, and the runs of them that are under way.

    ``words`` go with each ``scrapy jobs run``; ``grace`` is what that gives its crawl to end in, in seconds.
    """

    def __init__(self, table: Path, words: Sequence[str], grace: int) -> None:
        self.table, self.content = table, table.read_bytes()
        self.words, self.grace = words, grace
        self.scheduler = AsyncIOScheduler(timezone=BEIJING)
        self.running: dict[asyncio.Task[None], Process | None] = {}
        self.stopped = asyncio.Event()

    async def keep(self, jobs: Sequence[Job], last: Mapping[str, Run]) -> None:
        """Runs them, those first that are overdue, until a signal comes; then ends what is under way."""
        for number in STOPS:
            asyncio.get_running_loop().add_signal_handler(number, self._stop)
        for job in jobs:
            self._add(job, last.get(job.name))
        self.scheduler.start()
        while not self.stopped.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopped.wait(), MINUTE)
            self.scheduler.wakeup()
            self._look_at_table()
        self.scheduler.pause()
        await self._end()
        logger.info("the schedule has ended")

    def _add(self, job: Job, last: Run | None) -> None:
        now = clock.now()
        wait = due(job, last, now) - now
        if last and wait <= timedelta():
            logger.info("%s: is overdue since its run %d", job.name, last.run_id)
        chance = job.jitter * random.random()  # noqa: S311 - hides nothing
        # A moment by APScheduler's own clock, which need not be ours.
        first: datetime = DateTrigger(timezone=BEIJING).run_date + max(wait, timedelta()) + chance
        trigger = job.when.trigger(job.jitter)
        once = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        self.scheduler.add_job(
            self._run, trigger, [job], id=job.name, name=job.name, next_run_time=first, **once
        )
        logger.info("%s: %s, next %s", job.name, job.when, clock.stamp(first))

    async def _run(self, job: Job) -> None:
        task = asyncio.current_task()
        if task is None or self.stopped.is_set():
            return
        self._look_at_table()
        started = clock.now()
        self.running[task] = None
        try:
            child = await asyncio.create_subprocess_exec(
                *scrapy("jobs", "run", job.name, *self.words),
                env=environment(),
                stdin=DEVNULL,
                stdout=PIPE,
                stderr=STDOUT,
                process_group=0,  # what a terminal sends comes to it through us alone
                # It must not miss a signal that comes while it starts.
                preexec_fn=following(SIGTERM, blocked=STOPS),
            )
            logger.info("%s: starts", job.name)
            self.running[task] = child
            if self.stopped.is_set():
                child.terminate()
            said, _ = await child.communicate()
            self._tell(job, child.returncode or 0, said.decode("utf-8", "replace"), started)
        except OSError as error:
            logger.error("%s: can't be started: %s", job.name, error.strerror)
        finally:
            del self.running[task]

    def _tell(self, job: Job, code: int, said: str, started: datetime) -> None:
        """One line for a run: what ``scrapy jobs run`` said last is its verdict."""
        verdict = VERDICTS.get(code, "failed")
        last = (said.splitlines() or [""])[-1].removeprefix(f"{job.name}: ")
        words = last if last.startswith(verdict) else f"{verdict}: {last or 'it said nothing'}"
        seconds = (clock.now() - started).total_seconds()
        planned = self.scheduler.get_job(job.name).next_run_time
        level = logging.WARNING if code else logging.INFO
        text = "%s: %s (exit %d, %.0f s, next %s)"
        logger.log(level, text, job.name, words, code, seconds, clock.stamp(planned))

    def _look_at_table(self) -> None:
        with suppress(OSError):
            content = self.table.read_bytes()
            if content != self.content:
                self.content = content
                logger.warning(
                    "%s has changed: it counts when the schedule is restarted", self.table
                )

    def _stop(self) -> None:
        """What a signal does: the first has the runs end, each further one more quickly."""
        if not self.stopped.is_set():
            logger.info("stopping; runs under way: %d", len(self.running))
        self.stopped.set()
        for child in filter(None, self.running.values()):
            with suppress(ProcessLookupError):
                child.terminate()

    async def _end(self) -> None:
        """Waits for the runs; those that take too long are killed, and their crawls go with them."""
        left = set(self.running)
        if left:
            _, left = await asyncio.wait(left, timeout=2 * self.grace + MARGIN)
        for task in left:
            child = self.running.get(task)
            if child:
                logger.error("a run did not end: killed")
                child.kill()
        if left:
            await asyncio.wait(left)
