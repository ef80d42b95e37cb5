"""``scrapy jobs``, ``scrapy schedule``: wrong use, and what needs no crawl."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

GOOD = """
[[jobs]]
name = "daily"
spider = "articles"
cron = "0 9 * * *"
time_limit = "2h"
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "jobs.toml"
    path.write_text(GOOD)
    return path


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("jobs run", "expected check | run NAME"),
        ("jobs check --fiel x", "expected check | run NAME"),
        ("jobs check --user", "--user and -o are for systemd"),
        ("jobs run nobody", "expected a job, one of daily, got 'nobody'"),
        (
            "jobs run daily -s JOB_GRACE=0",
            "setting JOB_GRACE: expected a number from 1 to 3600, got '0'",
        ),
        ("jobs check --file /dev/null", "/dev/null: expected a file"),
        ("schedule --file none.toml", "none.toml: expected a file"),
    ],
)
def test_wrong_use_exits_2_and_says_why(
    scrapy: Callable[..., Run], table: Path, words: str, expected: str
) -> None:
    run = scrapy(*words.split(), "-s", f"JOBS_FILE={table}")

    assert run.code == 2
    assert expected in run.out + run.log
    assert "Traceback" not in run.log


def test_a_good_table_is_told_with_the_next_times(scrapy: Callable[..., Run], table: Path) -> None:
    run = scrapy("jobs", "check", "--file", str(table), GUANCHA_NOW="2026-10-05T20:00:00+08:00")

    assert run.code == 0
    assert run.out.splitlines()[1].split() == [
        *("daily", "articles", "0", "9", "*", "*", "*", "2h"),
        "2026-10-06T09:00:00+08:00",
    ]
    assert "there is no store" in run.log
    assert not run.data.exists()


def test_all_errors_of_a_table_are_told(scrapy: Callable[..., Run], table: Path) -> None:
    table.write_text(GOOD.replace("2h", "2") + GOOD.replace("articles", "nobody"))
    run = scrapy("jobs", "check", "--file", str(table))

    assert run.code == 2
    assert (run.out + run.log).count(f"{table}: job 'daily': ") == 4


def test_units_are_printed_or_written(
    scrapy: Callable[..., Run], table: Path, tmp_path: Path
) -> None:
    words = ("jobs", "systemd", "--file", str(table))
    store = {"GUANCHA_STORE_URL": "postgresql://me:hunter2@db/x"}
    printed, written = scrapy(*words, **store), scrapy(*words, "-o", str(tmp_path), **store)
    missing = scrapy(*words, "-o", str(tmp_path / "none"))

    assert (printed.code, written.code, missing.code) == (0, 0, 1)
    files = [tmp_path / f"guancha-daily.{kind}" for kind in ("service", "timer")]
    assert written.out.split() == [str(path) for path in files]
    for path in files:
        assert path.read_text("utf-8") in printed.out
    assert "hunter2" not in printed.out + printed.log
    assert "guancha.env" in printed.log
