"""``scrapy crawl``: wrong use is told apart from a run that failed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from guancha.arguments.articles import ArticlesArguments
from tests.conftest import FAST, Run
from tests.extensions.watched import archived, watch


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (
            ["articles", "-a", "since=昨天"],
            "spider argument 'since': expected YYYY-MM-DD, got '昨天'",
        ),
        (["articles", "-a", "sektions=CaiJing"], "unknown spider argument 'sektions': known are"),
        (["articles", "-a", "urls=@none.txt"], "got '@none.txt'"),
        (["articles", "-a", "_job=of-scrapyd", "-a", "pages=x"], "spider argument 'pages':"),
        (["nobody"], "no spider of that name: 'nobody'"),
        ([], "expected the name of one spider"),
    ],
)
def test_wrong_use_exits_2_and_says_why(
    scrapy: Callable[..., Run], arguments: list[str], word: str
) -> None:
    run = scrapy("crawl", *arguments)

    assert run.code == 2
    assert word in run.out + run.log
    assert "Traceback" not in run.log


def test_unknown_arguments_are_answered_with_all_known_ones(scrapy: Callable[..., Run]) -> None:
    run = scrapy("crawl", "articles", "-a", "x=1")

    assert all(name in run.out + run.log for name in ArticlesArguments.__dataclass_fields__)


def test_a_clock_that_is_no_time_exits_2(scrapy: Callable[..., Run]) -> None:
    run = scrapy("crawl", "articles", GUANCHA_NOW="today")

    assert run.code == 2
    assert "GUANCHA_NOW" in run.out + run.log


def test_an_unwritable_data_directory_fails_the_run(
    replica_run: Callable[..., Run], tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.touch()
    run = replica_run("--articles 10", "-s", f"DATA_DIR={file}")

    assert run.code == 1
    assert str(file) in run.log


def test_quiet_is_silent_on_a_terminal_as_well(tmp_path: Path) -> None:
    terminal = watch(tmp_path, "--articles 20", "-q", "-a", "sections=CaiJng,CaiJing")

    assert terminal.end() == 3
    assert terminal.shown == b""
    assert archived(tmp_path)


def test_quiet_still_tells_of_errors(replica_run: Callable[..., Run]) -> None:
    gone = ("-q", "-s", "DATA_DIR=/dev/null/no")
    run = replica_run("--articles 10", *gone)

    assert run.code == 1
    assert all(" ERROR    " in line for line in run.log.splitlines())
    assert "failed: stopped, archive_failed" in run.log


def test_a_level_of_the_log_comes_before_quiet(scrapy: Callable[..., Run]) -> None:
    nowhere = {"https_proxy": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}
    run = scrapy("crawl", "articles", "-q", "-s", "LOG_LEVEL=INFO", *FAST, **nowhere)

    assert " INFO     expecting" in run.log
    assert '"requests"' not in run.log
