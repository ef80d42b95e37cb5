"""Pages of runs are written in one step, and the latest are kept."""

import os
from pathlib import Path

import pytest
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from guancha.exceptions import ArgumentError
from guancha.extensions.report import FOLDER, Report, publish
from guancha.store.runs import Run
from tests.extensions.reporting import REPORTING


def report(data: Path, **settings: object) -> Report:
    given = {**REPORTING, "DATA_DIR": str(data), **settings}
    return Report.from_crawler(get_crawler(settings_dict=given))


def run(number: int) -> Run:
    words = ["它停了"]
    return Run(number, "articles", "", None, None, None, {}, "failed", words, {}, False)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_page_is_written_and_replaced(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        report(tmp_path / "data").write(run(7), [])
    finally:
        os.umask(before)
    path = tmp_path / "data" / FOLDER / "7.html"

    assert "它停了" in path.read_text("utf-8")
    assert path.stat().st_mode & 0o777 == 0o640
    assert names(path.parent) == ["7.html"]

    assert publish(tmp_path / "data", 7, "anew") == path
    assert path.read_text("utf-8") == "anew"


def test_a_run_that_is_not_in_the_ledger_has_none(tmp_path: Path) -> None:
    report(tmp_path / "data").write(run(0), [])

    assert not (tmp_path / "data").exists()


def test_the_latest_are_kept_whatever_their_numbers(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir()
    others = ["notes.html", "1.txt", "-1.html", "٣.html"]
    for age, name in enumerate([*others, "2.html", "901.html", "900.html", "30.html"]):
        (folder / name).write_text(name)
        os.utime(folder / name, (age, age))
    (folder / "3.html").mkdir()
    report(tmp_path).write(run(5), [])

    assert set(names(folder)) == {*others, "3.html", "900.html", "30.html", "5.html"}


def test_what_can_not_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    (folder / "5.html").mkdir(parents=True)

    with pytest.raises(IsADirectoryError):
        report(tmp_path).write(run(5), [])
    assert names(folder) == ["5.html"]


def test_it_can_be_switched_off(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured):
        report(tmp_path, RUN_REPORT="0")
    with pytest.raises(ArgumentError, match="setting REPORTS_KEPT: expected a number from 1 to"):
        report(tmp_path, REPORTS_KEPT=0)
