"""``scrapy backup``: beside a crawl, on a full disk, killed."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from guancha.store import manifest
from tests import postgres
from tests.commands.archives import PYTHON, SLOW, crawl, end, lines, store, wait_for
from tests.conftest import ROOT, Run, environment
from tests.store.samples import files


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    with postgres.server() as running:
        yield running


@pytest.mark.parametrize("from_server", [False, True], ids=["from SQLite", "from PostgreSQL"])
def test_beside_a_crawl_and_restored_on_the_other_database(
    scrapy: Callable[..., Run], tmp_path: Path, server: postgres.Server, *, from_server: bool
) -> None:
    urls = [None, server.url(f"care{from_server:d}")]
    here, there = reversed(urls) if from_server else urls
    data, restored = tmp_path / "data", tmp_path / "restored"
    run = crawl(data, here, *SLOW)
    wait_for(data, 3, run)
    had = lines(data)
    backup = scrapy("backup", str(tmp_path / "backups"), **store(here))
    wait_for(data, lines(data) + 1, run)
    assert end(run), "the crawl was still under way"

    assert backup.code == 0, backup.log
    folder = Path(backup.out.strip())
    assert folder.parent == tmp_path / "backups"
    done = scrapy("restore", str(folder), GUANCHA_DATA=str(restored), **store(there))
    assert done.code == 0, done.log
    now, then = files(data), files(restored)
    assert done.out.splitlines() == sorted(then)
    assert all(content == now[name][: len(content)] for name, content in then.items())
    assert had <= lines(restored) < lines(data)
    for root, url in ((restored, there), (data, here)):
        assert crawl(root, url).wait(timeout=60) == 0
    assert lines(restored) == lines(data)


def test_a_full_disk_fails_it_with_a_word_and_leaves_nothing(
    scrapy: Callable[..., Run], tmp_path: Path
) -> None:
    data, into = tmp_path / "data", tmp_path / "backups"
    assert crawl(data).wait(timeout=60) == 0
    first = scrapy("backup", str(into))
    before = sorted(into.rglob("*"))
    command = " ".join([*PYTHON, "scrapy", "backup", str(into)])
    full = subprocess.run(
        ["bash", "-c", f"ulimit -f 300; exec {command}"],
        cwd=ROOT,
        # A backup is named by its second.
        env=environment(data, GUANCHA_NOW="2027-01-01T00:00:00+08:00"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert first.code == 0
    assert full.returncode == 1
    assert full.stdout == ""
    assert f"{into}: the backup can't be made" in full.stderr
    assert "Traceback" not in full.stderr
    assert sorted(into.rglob("*")) == before
    folder = Path(first.out.strip())
    assert manifest.read(folder).sha256 == manifest.digest(folder)


def test_a_bar_is_shown_on_a_terminal_alone(scrapy: Callable[..., Run], tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert crawl(data).wait(timeout=60) == 0
    assert scrapy("backup", str(tmp_path / "quiet")).log == ""

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "scrapy", "backup", str(tmp_path / "seen")],
        cwd=ROOT,
        env=environment(data, TERM="xterm"),
        stdout=subprocess.PIPE,
        stderr=theirs,
    ) as shown:
        os.close(theirs)
        seen = b""
        try:
            while more := os.read(ours, 65536):
                seen += more
        except OSError:
            pass  # how a terminal says that it was closed
        out = shown.stdout.read() if shown.stdout else b""
    os.close(ours)

    assert b"Copying rows" in seen
    assert Path(out.decode().strip()).parent == tmp_path / "seen"


@pytest.mark.parametrize("arguments", [[], ["a", "b"]])
def test_wrong_use_exits_2(scrapy: Callable[..., Run], arguments: list[str]) -> None:
    run = scrapy("backup", *arguments)

    assert run.code == 2
    assert "expected one DIR" in run.out + run.log


def test_of_no_archive_there_is_none(scrapy: Callable[..., Run], tmp_path: Path) -> None:
    run = scrapy("backup", str(tmp_path / "backups"))

    assert run.code == 1
    assert "there is no store" in run.log
    assert list(tmp_path.iterdir()) == []
