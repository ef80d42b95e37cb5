"""``scrapy runs``: the ledger, listed and shown."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from guancha.store.runs import Begun, Ended
from guancha.store.store import Store
from tests.conftest import Run
from tests.store.conftest import NOW, later

FIGURES = {
    "articles": 20,
    "requests": 1234,
    "written": {"first": 5, "edit": 2, "extraction": 1, "deleted": 1},
    "outcomes": {"stub": 3},
    "listings": {"[b]CaiJing": {"pages": 1, "offered": 40, "placed": 40}},
    "fields": {"title": 20, "topic": 5},
    "rules": {"article/title/1": 20},
    "of a later version": 1,
}


@pytest.fixture
def ledger(tmp_path: Path) -> None:
    store = Store(None, tmp_path / "data")
    good = store.begin(Begun("articles", {"sections": "[red]"}, "hourly"), NOW)
    store.end(good, Ended("finished", "ok", [], FIGURES), later(minutes=5))
    bad = store.begin(Begun("articles", {}), later(hours=1))
    store.end(bad, Ended("finished", "degraded", ["field topic: [/] gone"]), later(hours=2))
    store.begin(Begun("articles", {}), later(hours=3))
    store.close()


def test_a_run_is_a_line(scrapy: Callable[..., Run], ledger: None) -> None:
    run = scrapy("runs")
    head, going, bad, good = (line.split() for line in run.out.splitlines())

    assert run.code == 0
    assert head[:5] == ["run", "started", "took", "spider", "verdict"]
    assert going == ["3", "2026-10-05", "23:00", "articles", "not", "ended"]
    assert bad == ["2", "2026-10-05", "21:00", "1:00:00", "articles", "degraded"]
    assert good[:4] == ["1", "2026-10-05", "20:00", "0:05:00"]
    assert good[4:] == ["articles", "(hourly)", "ok", "5", "3", "1", "1,234", "3", "stub"]
    assert len(scrapy("runs", "-n", "1").out.splitlines()) == 2


def test_a_run_is_shown_whole(scrapy: Callable[..., Run], ledger: None) -> None:
    good, bad = scrapy("runs", "show", "1").out, scrapy("runs", "show", "2").out

    assert "sections=[red]" in good
    assert "[b]CaiJing" in good
    assert ["topic", "5", "25%"] in [line.split() for line in good.splitlines()]
    assert ["article/title/1", "20"] in [line.split() for line in good.splitlines()]
    assert "field topic: [/] gone" in bad


def test_it_is_read_by_programs_as_well(scrapy: Callable[..., Run], ledger: None) -> None:
    lines = [json.loads(line) for line in scrapy("runs", "--json").out.splitlines()]
    (one,) = scrapy("runs", "show", "1", "--json").out.splitlines()

    assert [line["run_id"] for line in lines] == [3, 2, 1]
    assert json.loads(one) == lines[2]
    assert lines[2]["figures"] == FIGURES


def test_a_run_is_accepted(scrapy: Callable[..., Run], ledger: None) -> None:
    assert "run 2 is accepted" in scrapy("runs", "accept", "2").out
    assert "(accepted)" in scrapy("runs", "show", "2").out


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("show",), "got 'show'"),
        (("show", "x"), "got 'show x'"),
        (("drop", "1"), "got 'drop 1'"),
        (("--nothing",), "got '--nothing'"),
        (("-n", "0"), "-n: expected 1 to 100000, got 0"),
        (("show", "9" * 20), "got 'show 99999"),
        (("show", "9"), "no run 9 in the ledger"),
        (("accept", "9"), "no run 9 in the ledger"),
    ],
)
def test_wrong_use_exits_2(
    scrapy: Callable[..., Run], ledger: None, arguments: tuple[str, ...], word: str
) -> None:
    run = scrapy("runs", *arguments)

    assert run.code == 2
    assert word in run.out + run.log


def test_without_an_archive_there_is_no_ledger(scrapy: Callable[..., Run], tmp_path: Path) -> None:
    run = scrapy("runs")

    assert run.code == 1
    assert "there is no store" in run.log
    assert not (tmp_path / "data").exists()
