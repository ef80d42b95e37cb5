"""A full disk, a database that goes away: the run stops with a word, and nothing that was committed is lost."""

import resource
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.store.crawls import FAULTS, PATIENT, Archive, serving, truth

ARTICLES, ENOUGH = 25, 300 * 1024


@pytest.fixture(scope="module")
def site() -> Iterator[dict[str, str]]:
    with serving(ARTICLES, faults=FAULTS) as running:
        yield running


def wait_for_some(archive: Archive, crawl: "subprocess.Popen[str]") -> None:
    """Waits until some articles are there."""
    while archive.lines() < 5:
        assert crawl.poll() is None, archive.log()
        time.sleep(0.01)


def finish(archive: Archive, crawl: "subprocess.Popen[str]") -> None:
    """Waits for a run that gets through, and looks at what is there then."""
    assert archive.ended(crawl) == 0
    archive.check(truth(ARTICLES))


def test_a_file_that_may_not_grow_stops_the_run(site: dict[str, str], tmp_path: Path) -> None:
    archive = Archive(tmp_path / "data")
    crawl = archive.start(site, *PATIENT)
    resource.prlimit(crawl.pid, resource.RLIMIT_FSIZE, (ENOUGH, ENOUGH))

    assert crawl.wait(60) == 1
    assert "archive_failed" in archive.log()
    finish(archive, archive.start(site, *PATIENT))


def test_a_database_that_is_restarted_is_waited_for(
    site: dict[str, str], tmp_path: Path, server: postgres.Server
) -> None:
    archive = Archive(tmp_path / "data", server.url("restarted"))
    crawl = archive.start(site, *PATIENT)
    wait_for_some(archive, crawl)
    server.stop()
    time.sleep(1)
    server.start()

    finish(archive, crawl)


def test_a_database_that_stays_away_stops_the_run(
    site: dict[str, str], tmp_path: Path, server: postgres.Server
) -> None:
    archive = Archive(tmp_path / "data", server.url("away"))
    crawl = archive.start(site, *PATIENT, "-s", "STORE_PATIENCE=1")
    wait_for_some(archive, crawl)
    server.stop()
    code = crawl.wait(60)
    server.start()

    assert code == 1
    assert "archive_failed" in archive.log()
    finish(archive, archive.start(site, *PATIENT))
