"""``scrapy crawl``: wrong use is told apart from a run that failed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from guancha.arguments import ArticlesArguments
from tests.conftest import Run


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (
            ["articles", "-a", "since=昨天"],
            "spider argument 'since': expected YYYY-MM-DD, got '昨天'",
        ),
        (["articles", "-a", "sektions=CaiJing"], "unknown spider argument 'sektions': known are"),
        (["articles", "-a", "urls=@none.txt"], "got '@none.txt'"),
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
