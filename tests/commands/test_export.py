"""``scrapy export``: what a person or a schedule sees of it."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from guancha.jsonlines import line
from tests.conftest import ROOT, Run, environment
from tests.export.exported_files import FILES, litter, option, rows
from tests.export.sample_archives import Archive, create
from tests.store.records import article

Scrapy = Callable[..., Run]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Of one article, and one link to it."""
    made = create(None, tmp_path / "data")
    made.add(article(0))
    made.link(article(0).url, "0")
    yield made
    made.engine.dispose()


def test_articles_become_files(archive: Archive, scrapy: Scrapy, tmp_path: Path) -> None:
    for name in FILES:
        run = scrapy("export", "articles", "-o", str(tmp_path / name), *option(name))
        size = (tmp_path / name).stat().st_size
        assert (run.code, run.out, run.log) == (0, f"1 records, {size} bytes\n", "")
        assert rows(tmp_path / name) == 1

    assert (tmp_path / "a.jsonl").read_bytes() == line(article(0))
    assert pq.read_table(tmp_path / "a.parquet").column("article_id").to_pylist() == ["0"]
    assert litter(tmp_path) == []


def test_standard_output_gets_the_records_and_nothing_else(
    archive: Archive, scrapy: Scrapy, tmp_path: Path
) -> None:
    run = scrapy("export", "articles", "--format", "jsonl", "-o", "-")
    links = scrapy("export", "links", "--format", "csv", "-o", "-")

    assert (run.code, run.out, run.log) == (0, line(article(0)).decode(), "")
    assert links.out.splitlines()[1].startswith(f'"{article(0).url}"')
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_quiet_says_nothing(archive: Archive, scrapy: Scrapy, tmp_path: Path) -> None:
    run = scrapy("export", "articles", "-q", "-o", str(tmp_path / "a.csv"))

    assert (run.code, run.out, run.log) == (0, "", "")


@pytest.mark.parametrize("quiet", [[], ["-q"]])
def test_a_terminal_gets_a_bar(archive: Archive, tmp_path: Path, quiet: list[str]) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "scrapy", "export", "articles", *quiet]
    with subprocess.Popen(
        [*command, "-o", str(tmp_path / "a.csv")],
        cwd=ROOT,
        env=environment(tmp_path / "data", TERM="xterm"),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ) as child:
        pass
    os.write(theirs, b"\n.")
    shown = os.read(ours, 100_000)
    os.close(ours)
    os.close(theirs)

    assert child.returncode == 0
    assert (b"articles" in shown) == (not quiet)


def test_a_store_that_is_not_there(scrapy: Scrapy, tmp_path: Path) -> None:
    run = scrapy("export", "articles", "-o", str(tmp_path / "a.csv"))

    assert (run.code, run.out) == (1, "")
    assert "there is no store" in run.log
    assert list(tmp_path.iterdir()) == []


def test_a_broken_record_is_told_and_exits_1(
    archive: Archive, scrapy: Scrapy, tmp_path: Path
) -> None:
    archive.add(article(1, title=["x"]))
    run = scrapy("export", "articles", "-o", str(tmp_path / "a.parquet"))

    assert run.code == 1
    assert "the store holds a record of another shape" in run.log
    assert "Traceback" not in run.log
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (
            [],
            "expected one of articles, outcomes, comments, counts, headlines, posts, links, and -o FILE",
        ),
        (["articles", "-o", "a.csv", "--sinse", "2026-10-04"], "unknown option '--sinse'"),
        (["articles", "-o", "a.csv", "--since", "gestern"], "got 'gestern'"),
        (["articles", "-o", "a.csv", "--latest", "--all-revisions"], "not allowed with"),
        (["articles", "-o", "nowhere/a.csv"], "expected a folder that is there"),
    ],
)
def test_wrong_use_exits_2_and_says_why(scrapy: Scrapy, arguments: list[str], word: str) -> None:
    run = scrapy("export", *arguments)

    assert run.code == 2
    assert word in run.out + run.log
    assert "Traceback" not in run.log
    assert not (ROOT / "a.csv").exists()
