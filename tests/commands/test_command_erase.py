"""``scrapy erase``: tells what it did, and what is out of its reach."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from guancha.store.store import Store
from tests.commands.archives import SLOW, crawl, end, lines, wait_for
from tests.conftest import Run
from tests.store.samples import fill
from tests.warc.pages import unpacked

REASON = ("--reason", "法院判决")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An archive."""
    store = Store(None, tmp_path / "data")
    fill(store)
    store.close()
    return tmp_path / "data"


def holding(data: Path, words: bytes) -> list[Path]:
    """All files that hold some words; what is packed is unpacked."""
    files = (path for path in data.rglob("*") if path.is_file())
    return [path for path in files if words in _content(path)]


def _content(path: Path) -> bytes:
    return unpacked(path) if path.suffix == ".gz" else path.read_bytes()


def test_it_says_what_it_did_and_what_it_can_not(scrapy: Callable[..., Run], data: Path) -> None:
    (data / "notes.txt").write_text("3")
    first = scrapy("erase", "3", *REASON, GUANCHA_NOW="2026-10-07T20:00:00+08:00")
    second = scrapy("erase", "3", *REASON, GUANCHA_NOW="2026-10-09T20:00:00+08:00")

    assert (first.code, first.log) == (0, "")
    erased, left, reach = first.out.splitlines()
    assert erased.startswith("3 is erased, 2026-10-07T20:00:0")
    assert left.startswith(str(data / "notes.txt"))
    assert reach.startswith("Backups made before hold it still.")
    assert second.code == 0
    assert second.out.splitlines()[0] == erased.replace(" is ", " was ")


def test_a_crawl_does_not_bring_it_back(scrapy: Callable[..., Run], tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert crawl(data).wait(timeout=60) == 0
    count = lines(data)
    (path,) = (data / "articles").glob("*.jsonl")
    record = json.loads(path.read_text("utf-8").splitlines()[7])
    text = record["paragraphs"][0].encode()
    assert holding(data, text)
    done = scrapy("erase", record["article_id"], *REASON)
    assert done.code == 0
    assert "of its pages as the site served them were in warc, and are gone" in done.out
    assert "is yours to look at" not in done.out
    assert crawl(data, None, "-a", "pages=all").wait(timeout=60) == 0
    assert crawl(data, None, "-a", f"urls={record['url']}").wait(timeout=60) == 3

    assert lines(data) == count - 1
    assert not holding(data, text)


def test_beside_a_crawl_it_exits_1(scrapy: Callable[..., Run], tmp_path: Path) -> None:
    data = tmp_path / "data"
    run = crawl(data, None, *SLOW)
    wait_for(data, 1, run)
    (path,) = (data / "articles").glob("*.jsonl")
    number = json.loads(path.read_text("utf-8").splitlines()[0])["article_id"]
    erasure = scrapy("erase", number, *REASON)
    wait_for(data, lines(data) + 1, run)
    assert end(run), "the crawl was still under way"

    assert erasure.code == 1
    assert "another run is writing here" in erasure.log


def test_an_article_that_is_not_there_exits_1(scrapy: Callable[..., Run], data: Path) -> None:
    run = scrapy("erase", "99", *REASON)

    assert (run.code, run.log) == (1, "no article 99 is in the archive\n")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ([], "expected one ARTICLE_ID"),
        (["３", *REASON], "expected one ARTICLE_ID"),
        (["3"], "--reason: expected a line of text, got ''"),
        (["3", "--reason", "a\nb"], "--reason: expected a line of text"),
        (["3", "--reason", "\udcff"], "--reason: expected a line of text"),
    ],
)
def test_wrong_use_exits_2(
    scrapy: Callable[..., Run], data: Path, arguments: list[str], word: str
) -> None:
    run = scrapy("erase", *arguments)

    assert run.code == 2
    assert word in run.out + run.log
