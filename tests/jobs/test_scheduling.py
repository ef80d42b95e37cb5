"""The schedule against a site whose days pass: nothing overlaps, nothing is lost, nothing stays behind."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from guancha.clock import stamp
from guancha.store.job_runs import FINISHED
from guancha.store.runs import KILLED, Begun, Ended, Run
from guancha.store.store import Store
from guancha.verdict.reasons import DEGRADED, OK
from replica.faults import Faults
from replica.running import served
from replica.site import Answer, Site
from replica.timeline import World
from tests.jobs.runs import FAST, PATIENCE, SLOW, Jobs, job
from tests.store.crawls import ERA, SEED, Archive, site_time, truth

ARTICLES, LAST_DAY, BUSY = 10, 2, 75
FEW = 'sections = "CaiJing"'


@dataclass
class Days:
    """The stand-in of one day after the other."""

    site: Site

    @property
    def world(self) -> World:
        return self.site.world

    def answer(self, host: str, target: str) -> Answer:
        return self.site.answer(host, target)

    def pass_one(self) -> None:
        self.site = replace(self.site, world=replace(self.world, day=self.world.day + 1))


def newest(jobs: Jobs) -> int:
    return max((run.run_id for run in jobs.ledger()), default=0)


def of(jobs: Jobs, name: str, reason: str | None, after: int = 0) -> list[Run]:
    """Runs of a job that have ended so, behind the run ``after``."""
    found = (run for run in jobs.ledger() if run.run_id > after)
    return [run for run in found if (run.job, run.reason) == (name, reason)]


def overlapping(notes: Path, killed: set[int]) -> list[str]:
    """Crawls that began before the one before them had ended."""
    found, running = [], set[int]()
    for line in notes.read_text("ascii").splitlines():
        what, process = line.split()
        if what == "START":
            found += [process] if running else []
            running |= {int(process)} - killed
        else:
            running -= {int(process)}
    return found


async def let_pass(days: Days, jobs: Jobs) -> set[int]:
    """Lets the days pass under a schedule, and kills a crawl in their middle; which."""

    async def wait_until(fact: Callable[[], object]) -> None:
        await asyncio.to_thread(jobs.wait_until, fact, schedule)

    def kill_one() -> bool:
        """Until the ledger knows of it: a crawl may have ended just before."""
        if any(run.reason == KILLED for run in jobs.ledger()):
            return True
        killed.update(jobs.kill("recheck=all") if of(jobs, "all", None) else [])
        return False

    killed = set[int]()
    schedule = jobs.start("schedule", CRAWL_NOTES=str(jobs.folder / "notes"))
    for day in range(LAST_DAY + 1):
        after = newest(jobs)
        if day == 1:
            jobs.table.write_text(jobs.table.read_text("utf-8") + "# changed")
            assert await asyncio.to_thread(jobs.start("schedule").wait, PATIENCE) == BUSY
            await wait_until(kill_one)
        await wait_until(lambda a=after: of(jobs, "all", FINISHED, a))
        days.pass_one()
    await wait_until(lambda: of(jobs, "new", FINISHED))
    schedule.terminate()
    assert await asyncio.to_thread(schedule.wait, PATIENCE) == 0
    return killed


def test_days_pass(tmp_path: Path) -> None:
    async def work() -> set[int]:
        days = Days(Site(World(SEED, ARTICLES, 0, ERA)))
        async with served(days, Faults()) as site:  # type: ignore[arg-type]
            # On the last day from the start: what moves a clock is a start of its process.
            jobs.site = site | {"GUANCHA_NOW": stamp(site_time(ARTICLES, LAST_DAY))}
            return await let_pass(days, jobs)

    jobs = Jobs(tmp_path, {})
    noted = """ADDONS = '{"tests.jobs.notes.Notes": 0}'"""
    recheck = job("all", 'every = "1s"', 'recheck = "all"', f"{FAST}, {noted}")
    jobs.table.write_text(job("new", 'every = "5s"', pace=f"{FAST}, {noted}") + recheck)
    processes = asyncio.run(work())

    assert jobs.is_left_alone()
    Archive(jobs.data).check(*(truth(ARTICLES, day) for day in range(LAST_DAY + 1)))
    ledger = jobs.ledger()
    started = Counter(re.findall(r"(\w+): starts$", jobs.said, re.MULTILINE))
    assert started == Counter(run.job for run in ledger)
    assert sum(started.values()) == len(re.findall(r"\(exit \d+, \d+ s, next 20", jobs.said))
    assert all(run.verdict and run.finished for run in ledger)
    notes = tmp_path / "notes"
    assert notes.read_text("ascii").count("START") > LAST_DAY + 2
    assert not overlapping(notes, processes)
    (killed,) = (run for run in ledger if run.reason == KILLED)
    assert (killed.job, killed.reasons) == ("all", ["killed by signal 9"])
    assert of(jobs, "all", FINISHED, killed.run_id)
    assert "another schedule is running here" in jobs.said
    assert jobs.said.count("jobs.toml has changed") == 1


def test_what_was_missed_or_cut_short_is_made_up_for(tmp_path: Path, site: dict[str, str]) -> None:
    jobs = Jobs(tmp_path, site)
    jobs.table.write_text(job("daily", 'cron = "0 20 * * *"', FEW, SLOW))
    store = Store(None, jobs.data)
    run = store.begin(Begun("articles", {}, "daily"), site_time(ARTICLES))
    store.end(run, Ended("finished", OK), site_time(ARTICLES))
    store.close()
    jobs.site |= {"GUANCHA_NOW": stamp(site_time(ARTICLES, 2))}

    schedule = jobs.start("schedule")
    jobs.wait_until(jobs.is_half_way, schedule)
    schedule.terminate()
    assert schedule.wait(PATIENCE) == 0
    assert jobs.is_left_alone()
    _, cut = jobs.ledger()
    assert (cut.job, cut.verdict, cut.reason) == ("daily", DEGRADED, "shutdown")
    assert cut.reasons[0] == "stopped by SIGTERM"

    jobs.table.write_text(job("daily", 'cron = "0 20 * * *"', FEW))
    schedule = jobs.start("schedule")
    jobs.wait_until(lambda: of(jobs, "daily", FINISHED, cut.run_id), schedule)
    jobs.wait_until(lambda: len(re.findall(r"daily: .* \(exit [03],", jobs.said)) == 1, schedule)
    schedule.terminate()
    assert schedule.wait(PATIENCE) == 0
    assert len(jobs.ledger()) == 3
    assert jobs.said.count("daily: is overdue") == 2


def test_with_sigkill_all_below_it_ends(tmp_path: Path, site: dict[str, str]) -> None:
    jobs = Jobs(tmp_path, site)
    jobs.table.write_text(
        job("one", arguments=FEW, pace=SLOW) + job("two", arguments=FEW, pace=SLOW)
    )
    schedule = jobs.start("schedule")
    jobs.wait_until(jobs.is_half_way, schedule)
    schedule.kill()
    schedule.wait(PATIENCE)
    jobs.wait_until(jobs.is_left_alone)

    assert sorted(run.reasons[0] for run in jobs.ledger()) == [
        "stopped by SIGTERM",
        "stopped by SIGTERM, in waiting for its turn",
    ]
    assert OK not in {run.verdict for run in jobs.ledger()}
