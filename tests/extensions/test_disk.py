"""A run ends before the disk is full, or the archive larger than it may be."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from guancha.exceptions import ArgumentError, StoreError
from guancha.extensions.disk import MEASURED, Disk, folder_size
from replica.site import Answer
from tests.conftest import FAST, PLAIN, Run
from tests.extensions.sites import TimedSite, urls

MORE_THAN_THERE_IS = 10**17
MIB = 1 << 20


def test_without_room_no_request_is_made(site_run: Callable[..., Run], tmp_path: Path) -> None:
    site = TimedSite()
    run = site_run(site, "-a", urls(3), *FAST, "-s", f"DISK_RESERVE={MORE_THAN_THERE_IS}")

    assert run.code == 1
    assert "Closing spider (disk_budget)" in run.log
    assert f"{tmp_path / 'data'}: " in run.log
    assert "bytes are free, DISK_RESERVE wants 100,000,000,000,000,000" in run.log
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

    again = site_run(site, "-a", urls(count), *FAST, *PLAIN)
    assert again.code == 0, again.log
    assert len(again.lines("articles")) == count


def test_a_run_stops_on_a_disk_that_fills(site_run: Callable[..., Run], tmp_path: Path) -> None:
    filler = tmp_path / "filler"

    def say(turn: int) -> Answer | None:
        if turn == 5:
            with filler.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, 512 * MIB)
        return None

    reserve = shutil.disk_usage(tmp_path).free - 256 * MIB
    try:
        run = site_run(TimedSite(say), "-a", urls(40), *FAST, "-s", f"DISK_RESERVE={reserve}")
    finally:
        filler.unlink(missing_ok=True)

    assert run.code == 1
    assert "Closing spider (disk_budget)" in run.log
    assert 0 < len(run.lines("articles")) < 40


def crawler_with(data: Path, **settings: object) -> Disk:
    return Disk.from_crawler(get_crawler(settings_dict={"DATA_DIR": str(data), **settings}))


@pytest.mark.parametrize("name", ["DISK_RESERVE", "DISK_BUDGET"])
@pytest.mark.parametrize("value", ["1 GiB", "-1", "1.5", "nan", [1]])
def test_what_is_no_number_of_bytes_is_refused(tmp_path: Path, name: str, value: object) -> None:
    with pytest.raises(ArgumentError, match=f"setting {name}: expected a number from 0 to"):
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
