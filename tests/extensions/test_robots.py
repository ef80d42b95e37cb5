"""A robots.txt that fails forbids everything; one that is not there allows it."""

from collections.abc import Callable

import pytest

from replica.site import Answer
from tests.conftest import FAST, TOLD, Run
from tests.extensions.sites import TimedSite, broken, urls


def open_site(robots: Callable[[], Answer]) -> TimedSite:
    return TimedSite(robots=robots)


@pytest.mark.parametrize(
    "robots",
    [
        lambda: Answer(503, b"User-agent: *\nAllow: /"),
        lambda: Answer(500),
        lambda: Answer(505),
        broken,
    ],
    ids=["503", "500", "505", "no answer"],
)
def test_an_unreachable_robots_txt_stops_the_run(
    site_run: Callable[..., Run], robots: Callable[[], Answer]
) -> None:
    site = open_site(robots)
    run = site_run(site, "-a", urls(3), *FAST, *TOLD)

    assert run.code == 1
    assert "Closing spider (robots_unreachable)" in run.log
    assert site.pages == []
    assert run.lines("articles") == []


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
