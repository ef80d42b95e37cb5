"""A robots.txt that fails forbids everything; one that is not there allows it."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.utils.test import get_crawler

from guancha.extensions.robots import RobotsTxt
from replica.site import Answer
from tests.conftest import FAST, ROOT, TOLD, Run, environment
from tests.extensions.sites import TimedSite, broken, urls
from tests.extensions.watched import command


def open_site(robots: Callable[[], Answer]) -> TimedSite:
    return TimedSite(robots=robots)


@pytest.mark.parametrize(
    ("robots", "why"),
    [
        (lambda: Answer(503, b"User-agent: *\nAllow: /"), "it answered 503"),
        (lambda: Answer(500), "it answered 500"),
        (lambda: Answer(505), "it answered 505"),
        (broken, "no answer: "),
    ],
    ids=["503", "500", "505", "no answer"],
)
def test_an_unreachable_robots_txt_stops_the_run(
    site_run: Callable[..., Run], robots: Callable[[], Answer], why: str
) -> None:
    site = open_site(robots)
    run = site_run(site, "-a", urls(3), *FAST, *TOLD)

    assert run.code == 1
    assert "Closing spider (robots_unreachable)" in run.log
    assert f"no robots.txt to be had from www.guancha.cn: {why}" in run.log
    assert run.log.count(why) == 2, "when it happens, and as the verdict's reason"
    assert "Traceback" not in run.log
    assert site.pages == []
    assert run.lines("articles") == []


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (CannotResolveHostError("x"), "its name can't be resolved (DNS)"),
        (DownloadTimeoutError("x"), "no answer in time"),
        (DownloadConnectionRefusedError("x"), "the connection was refused"),
        (DownloadFailedError("x"), "no answer: x"),
    ],
)
def test_each_failure_has_its_words(error: Exception, why: str) -> None:
    middleware = RobotsTxt(get_crawler(settings_dict={"ROBOTSTXT_OBEY": True}))
    request = Request("https://www.guancha.cn/robots.txt", meta={"dont_obey_robotstxt": True})

    with pytest.raises(IgnoreRequest, match=re.escape(why)):
        middleware.process_exception(request, error)


def test_a_certificate_of_nobody_is_called_that(tmp_path: Path) -> None:
    replica, crawl = command("--articles 10")[:6], command("--articles 10")[6:]
    run = subprocess.run(
        [*replica, "env", "SSL_CERT_FILE=/dev/null", *crawl],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert run.returncode == 1
    assert "from www.guancha.cn: its certificate can't be verified\n" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_robots_txt_allows_everything(site_run: Callable[..., Run], status: int) -> None:
    run = site_run(open_site(lambda: Answer(status)), "-a", urls(2), *FAST, *TOLD)

    assert run.code == 0, run.log
    assert len(run.lines("articles")) == 2


@pytest.mark.parametrize("at_once", [1, 16])
def test_robots_txt_binds_all_that_wait_for_it(site_run: Callable[..., Run], at_once: int) -> None:
    site = open_site(lambda: Answer(200, b"User-agent: *\nDisallow: /CaiJing/"))
    run = site_run(site, "-a", urls(5), *FAST, *TOLD, "-s", f"CONCURRENT_REQUESTS={at_once}")

    assert "Closing spider (finished)" in run.log
    assert site.pages == []
    assert len(run.lines("outcomes")) == 5


def test_a_robots_txt_that_fails_in_passing_is_asked_for_again(
    site_run: Callable[..., Run],
) -> None:
    answers = iter([Answer(503), Answer(200, b"User-agent: *\nDisallow: /CaiJing/")])
    site = open_site(lambda: next(answers))
    run = site_run(site, "-a", urls(1), *FAST, *TOLD)

    assert site.pages == []
    assert [outcome["detail"] for outcome in run.lines("outcomes")] == ["Forbidden by robots.txt"]
