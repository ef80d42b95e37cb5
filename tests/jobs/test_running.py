"""One run of a job: kept in bounds, and told in the ledger once, whatever becomes of it."""

import signal
from pathlib import Path

import pytest

from guancha.store.job_runs import NOT_BEGUN, TIME_LIMIT
from guancha.store.runs import KILLED, Run
from guancha.store.store import Store
from guancha.verdict.reasons import DEGRADED, FAILED, OK
from tests.jobs.conftest import ARTICLES
from tests.jobs.runs import PATIENCE, SLOW, Jobs, job
from tests.store.crawls import Archive, truth

BUSY = 75
ONE = 'sections = "CaiJing"'
SHORT = f"{ONE}, pages = 1"


@pytest.fixture
def jobs(tmp_path: Path, site: dict[str, str]) -> Jobs:
    return Jobs(tmp_path, site)


def told(run: Run) -> tuple[str | None, str | None, str | None]:
    assert run.finished
    return run.job, run.verdict, run.reason


def test_each_is_told_once(tmp_path: Path, site: dict[str, str], url: str | None) -> None:
    jobs = Jobs(tmp_path, site, url)
    bad = job("bad", arguments='pages = "x"')
    jobs.table.write_text(
        job("good", arguments=SHORT) + bad + job("slow", arguments=ONE, pace=SLOW)
    )
    assert jobs.run("good") == 0
    assert jobs.run("bad") == 2
    killed = jobs.start("jobs", "run", "slow")
    jobs.wait_until(jobs.is_half_way, killed)
    jobs.kill("crawl")
    assert killed.wait(PATIENCE) == 1

    first, refused, slow = jobs.ledger()
    assert told(first) == ("good", OK, "finished")
    assert (first.reasons, first.arguments) == ([], {"pages": "1", "sections": "CaiJing"})
    assert told(refused) == ("bad", FAILED, NOT_BEGUN)
    assert "expected a number of listing pages" in refused.reasons[0]
    assert told(slow) == ("slow", FAILED, KILLED)
    assert slow.reasons == ["killed by signal 9"]
    assert "good: ok\n" in jobs.said
    assert "slow: failed: killed by signal 9\n" in jobs.said
    assert jobs.is_left_alone()


def test_without_an_archive_or_with_one_in_use_it_fails_and_says_so(jobs: Jobs) -> None:
    jobs.table.write_text(job("bad", arguments='pages = "x"') + job("good", arguments=SHORT))
    assert jobs.run("bad") == 1
    assert "expected a number of listing pages, 'new' or 'all', got 'x' (" in jobs.said
    assert "there is no store" in jobs.said
    assert sorted(path.name for path in jobs.data.iterdir()) == ["jobs"]
    store = Store(None, jobs.data)
    assert jobs.run("good") == 1
    store.close()

    (late,) = jobs.ledger()
    assert told(late) == ("good", FAILED, NOT_BEGUN)
    assert "another run is writing here" in late.reasons[0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(jobs: Jobs, number: signal.Signals) -> None:
    jobs.table.write_text(job("slow", arguments=ONE, pace=SLOW))
    run = jobs.start("jobs", "run", "slow")
    jobs.wait_until(jobs.is_half_way, run)
    if number == signal.SIGTERM:
        assert jobs.run("slow") == BUSY
        assert "slow: is running already" in jobs.said
    run.send_signal(number)
    assert run.wait(PATIENCE) == 3

    assert jobs.is_left_alone()
    (stopped,) = jobs.ledger()
    assert told(stopped) == ("slow", DEGRADED, "shutdown")
    assert stopped.reasons[0] == f"stopped by {number.name}"
    check_parts(jobs)


def test_with_sigkill_its_crawl_goes_too(jobs: Jobs) -> None:
    jobs.table.write_text(job("slow", arguments=ONE, pace=SLOW) + job("fast"))
    run = jobs.start("jobs", "run", "slow")
    jobs.wait_until(jobs.is_half_way, run)
    run.kill()
    run.wait(PATIENCE)
    jobs.wait_until(jobs.is_left_alone)
    check_parts(jobs)

    assert jobs.run("fast") == 0
    killed, after = jobs.ledger()
    assert (killed.job, killed.verdict, killed.reason) == ("slow", FAILED, KILLED)
    assert told(after) == ("fast", OK, "finished")
    Archive(jobs.data).check(truth(ARTICLES))


def test_its_time_limit_ends_it_cleanly(jobs: Jobs) -> None:
    jobs.table.write_text(job("slow", arguments=ONE, pace=SLOW, limit="5s"))
    assert jobs.run("slow") == 3

    (late,) = jobs.ledger()
    assert told(late) == ("slow", DEGRADED, TIME_LIMIT)
    assert late.reasons[0] == "ended after its time limit of 5s"
    assert "killed" not in str(late.reasons)
    said = (jobs.data / "jobs/slow.log").read_text("utf-8").splitlines()
    assert f"{said[-1]}\nslow: degraded: ended after" in jobs.said
    check_parts(jobs)


def check_parts(jobs: Jobs) -> None:
    """What a run has left that did not get through: whole lines, as the store has them."""
    archive = Archive(jobs.data)
    assert all(content.endswith(b"\n") for content in archive.stored().values())
    assert archive.lines() > 0
