"""A quiet start, and a loud one for who asks."""

import logging
from collections.abc import Callable

import pytest

from guancha.extensions import scrapy_log
from tests.conftest import FAST, Run

NOWHERE = {"https_proxy": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}
SETUP = ("Scrapy 2.", "Enabled ", "Overridden settings", "Spider opened")


@pytest.fixture
def log(scrapy: Callable[..., Run]) -> Callable[..., str]:
    """The log of a run that gets nowhere."""
    options = ("-a", "sections=CaiJing", "-s", "STATS_DUMP=0", *FAST)
    return lambda *more, **extra: (
        scrapy("crawl", "articles", *options, *more, **NOWHERE, **extra).log
    )


def test_a_run_begins_with_its_own_words(log: Callable[..., str]) -> None:
    lines = log(GUANCHA_CONTACT="me@example.org").splitlines()

    assert lines[0].endswith("the site can write to me@example.org (GUANCHA_CONTACT)")
    assert " expecting up to " in lines[1]
    assert lines[2].endswith(
        "stopping, robots_unreachable: no robots.txt to be had from www.guancha.cn: "
        "the connection was refused"
    )
    assert "failed: stopped, robots_unreachable" in lines[-1]
    assert len(lines) == 8


def test_scrapys_own_are_there_for_debugging(log: Callable[..., str]) -> None:
    said = log("-L", "DEBUG", GUANCHA_CONTACT="")

    assert [word for word in SETUP if f" DEBUG    {word}" not in said] == []
    assert said.count("WARNING  the site can't write to you: set GUANCHA_CONTACT") == 1


def test_no_line_holds_a_readers_number() -> None:
    before = logging.getLogRecordFactory()
    try:
        scrapy_log.arrange()
        make, url = logging.getLogRecordFactory(), "https://app.guancha.cn/x?page=1&uid=70001999"
        line = make("x", logging.WARNING, "", 0, "Got data loss in %(url)s.", ({"url": url},), None)
        owner = make("x", logging.WARNING, "", 0, "%s", ("https://a/?user_id=70001999",), None)
        broken = make("x", logging.WARNING, "", 0, "%d uid=7", ("no number",), None)
        other = make("x", logging.WARNING, "", 0, "%d of %d", (1, 2), None)
    finally:
        logging.setLogRecordFactory(before)

    assert line.getMessage() == "Got data loss in https://app.guancha.cn/x?page=1&uid="
    assert owner.getMessage() == "https://a/?user_id="
    assert broken.msg == "%d uid=7"
    assert other.getMessage() == "1 of 2"
