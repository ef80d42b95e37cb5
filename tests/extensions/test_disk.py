"""A run ends before the disk is full, or the archive larger than it may be."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from guancha.exceptions import ArgumentError, StoreError
from guancha.extensions.disk import MEASURED, Disk, folder_size
from replica.site import Answer
from tests.conftest import FAST, ROOT, Run, environment
from tests.extensions.sites import TimedSite, urls

MORE_THAN_THERE_IS = 10**18
MIB = 1 << 20


def test_without_room_no_request_is_made(site_run: Callable[..., Run], tmp_path: Path) -> None:
    site = TimedSite()
    run = site_run(site, "-a", urls(3), *FAST, "-s", f"DISK_RESERVE={MORE_THAN_THERE_IS}")

    assert run.code == 1
    assert "Closing spider (disk_budget)" in run.log
    assert f"{tmp_path / 'data'}: " in run.log
    assert "bytes are free, DISK_RESERVE wants 1,000,000,000,000,000,000" in run.log
    assert site.visits == []


def test_a_run_that_outgrows_its_budget_is_stopped_and_can_go_on(
    site_run: Callable[..., Run], tmp_path: Path
) -> None:
    def say(turn: int) -> Answer | None:
        if turn == 5:
            # Takes no room, but is as long.
            with (tmp_path / "data/export.csv").open("wb") as file:
                file.truncate(MORE_THAN_THERE_IS // 10**6)
        return None

    site = TimedSite(say)
    count = MEASURED + 20
    run = site_run(site, "-a", urls(count), *FAST, "-s", "DISK_BUDGET=1000000000")
    had = len(run.lines("articles"))

    assert run.code == 1
    assert "Closing spider (disk_budget)" in run.log
    assert "DISK_BUDGET allows 1,000,000,000" in run.log
    assert 0 < had < count
    assert len(site.pages) <= MEASURED

    again = site_run(site, "-a", urls(count), *FAST)
    assert again.code == 0, again.log
    assert len(again.lines("articles")) == count


def test_a_run_stops_on_a_disk_that_fills(tmp_path: Path) -> None:
    """On a real file system of 64 MiB, of which all but 10 are to stay free."""
    data = tmp_path / "data"
    data.mkdir()
    mount = f"mount -t tmpfs -o size={64 * MIB} tmpfs {data}"
    alone = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    if subprocess.run([*alone, mount], capture_output=True, check=False).returncode:
        pytest.skip("file systems can't be mounted here")
    python = f"{sys.executable} -m"
    crawl = f"scrapy crawl articles {' '.join(FAST)} -s DISK_RESERVE={54 * MIB}"
    command = f"{mount} && {python} replica run --articles 400 -- {python} {crawl}"
    done = subprocess.run(
        [*alone, f"{command}; code=$?; cat {data}/articles/*.jsonl; exit $code"],
        cwd=ROOT,
        env=environment(data),
        capture_output=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 1
    assert b"Closing spider (disk_budget)" in done.stderr
    assert 0 < done.stdout.count(b"\n") < 400
    assert done.stdout.endswith(b"\n")


def crawler_with(data: Path, **settings: object) -> Disk:
    return Disk.from_crawler(get_crawler(settings_dict={"DATA_DIR": str(data), **settings}))


@pytest.mark.parametrize("name", ["DISK_RESERVE", "DISK_BUDGET"])
@pytest.mark.parametrize("value", ["1 GiB", "-1", "1.5", "nan", [1]])
def test_what_is_no_number_of_bytes_is_refused(tmp_path: Path, name: str, value: object) -> None:
    with pytest.raises(ArgumentError, match=f"setting {name}: expected a number of bytes"):
        crawler_with(tmp_path, **{name: value})


@pytest.mark.parametrize("off", [0, "0", None, ""])
def test_it_can_be_switched_off(tmp_path: Path, off: object) -> None:
    with pytest.raises(NotConfigured):
        crawler_with(tmp_path, DISK_RESERVE=off, DISK_BUDGET=off)


def test_the_folder_of_a_database_elsewhere_is_looked_at(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    url = f"sqlite:///{elsewhere}/x.sqlite3"

    assert crawler_with(data, DISK_RESERVE=1).folders == [data]
    assert crawler_with(data, DISK_RESERVE=1, STORE_URL=url).folders == [data, elsewhere]
    server = "postgresql://nobody@nowhere/nothing"
    assert crawler_with(data, DISK_RESERVE=1, STORE_URL=server).folders == [data]
    with pytest.raises(StoreError):
        crawler_with(data, DISK_RESERVE=1, STORE_URL="mysql://x")


def test_a_folder_has_the_size_of_its_files(tmp_path: Path) -> None:
    for name, size in (("a", 3), ("b/c", 5), ("b/d/e", 7)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * size)

    assert folder_size(tmp_path) == 3 + 5 + 7
    assert folder_size(tmp_path / "nothing") == 0
