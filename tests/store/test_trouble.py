"""A full disk, a database that goes away: the run stops with a word, and nothing that was committed is lost."""

import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests import postgres
from tests.conftest import ROOT
from tests.store.test_kill import Crawls


def test_a_file_that_may_not_grow_stops_the_run(tmp_path: Path) -> None:
    crawls = Crawls(tmp_path / "data", None)
    command = " ".join(crawls.command("scrapy", *crawls.arguments))
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 300; exec {command}"],
        cwd=ROOT,
        env=crawls.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert "archive_failed" in done.stderr
    assert crawls.whole() == 0
    crawls.check()


def test_a_database_that_is_restarted_is_waited_for(
    tmp_path: Path, server: postgres.Server
) -> None:
    crawls = Crawls(tmp_path / "data", server.url("restarted"))
    codes: list[int] = []
    run = threading.Thread(target=lambda: codes.append(crawls.whole()))
    run.start()
    while crawls.lines() < 5:
        time.sleep(0.01)
    server.stop()
    time.sleep(1)
    server.start()
    run.join(timeout=90)

    assert codes == [0]
    crawls.check()


def test_a_database_that_stays_away_stops_the_run(
    tmp_path: Path, server: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawls = Crawls(tmp_path / "data", server.url("away"), "-s", "STORE_PATIENCE=1")
    failed: list[str] = []

    def crawl() -> None:
        with pytest.raises(AssertionError) as caught:
            crawls.whole()
        failed.append(str(caught.value))

    run = threading.Thread(target=crawl)
    run.start()
    while crawls.lines() < 5:
        time.sleep(0.01)
    server.stop()
    run.join(timeout=60)
    server.start()

    assert "archive_failed" in failed[0]
    assert crawls.whole() == 0
    crawls.check()
