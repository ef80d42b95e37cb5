"""The pace that a server sees: its requests are timed there."""

import time
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response

from guancha import clock
from guancha.extensions.politeness import retry_after
from replica.site import Answer
from tests.conftest import FAST, Run
from tests.extensions.sites import TimedSite, urls

JITTER = 0.1
"""Seconds that a request may be under way for longer than the next."""
HANDSHAKE = 0.4
"""Seconds that the very first request may need for its connection, and no other does."""
UNTHROTTLED = ("-s", "AUTOTHROTTLE_ENABLED=0")


def asks_for(delay: int) -> Callable[[], Answer]:
    return lambda: Answer(200, f"User-agent: *\nCrawl-delay: {delay}".encode())


def refusal(**headers: str) -> Answer:
    return Answer(429, b"", {name.replace("_", "-"): value for name, value in headers.items()})


def test_by_default_a_second_lies_between_requests_and_a_pause_counts_from_the_answer(
    site_run: Callable[..., Run],
) -> None:
    def say(turn: int) -> Answer | None:
        if turn:
            return None
        time.sleep(0.5)
        return refusal(Retry_After="2")

    site = TimedSite(say)
    run = site_run(site, "-a", urls(4), "-s", "RETRY_TIMES=0")
    first, paused, slowed, recovered = site.gaps
    refused, after = site.pages[:2]

    assert run.code == 3, run.log
    assert "answered 429: waiting for 2 s, then 2 s between requests" in run.log
    assert first >= 1 - HANDSHAKE
    assert after.came - refused.left >= 2 - JITTER
    assert paused < 2 * 2 + 0.5, "made once"
    assert slowed >= 2 - JITTER
    assert 1 - JITTER <= recovered < slowed - 0.5


def test_crawl_delay_is_the_floor_of_a_throttled_run(site_run: Callable[..., Run]) -> None:
    site = TimedSite(robots=asks_for(1))
    # All stand in line when the first answers let AutoThrottle go faster.
    arguments = ("-s", "DOWNLOAD_DELAY=0.2", "-s", "CONCURRENT_REQUESTS=16")
    run = site_run(site, "-a", urls(3), *arguments)
    first, *others = site.gaps

    assert run.code == 0, run.log
    assert "robots.txt asks for 1 s" in run.log
    assert first >= 1 - HANDSHAKE
    assert min(others) >= 1 - JITTER


def test_crawl_delay_holds_without_throttling_and_on_a_host_met_later(
    site_run: Callable[..., Run],
) -> None:
    answers = iter([asks_for(1)(), Answer(404)])
    site = TimedSite(robots=lambda: next(answers))
    site_run(site, *FAST, "-s", "SPIDER_MODULES=tests.extensions.two_hosts")
    www, m = (
        [v.came for v in site.visits if v.host == host]
        for host in ("www.guancha.cn", "m.guancha.cn")
    )

    assert (len(www), len(m)) == (2, 2)
    assert www[1] - www[0] >= 1 - HANDSHAKE
    assert m[1] - m[0] >= 1 - HANDSHAKE


def test_a_crawl_delay_beyond_measure_ends_the_run(site_run: Callable[..., Run]) -> None:
    site = TimedSite(robots=asks_for(86400))
    run = site_run(site, "-a", urls(2))

    assert run.code == 1
    assert "refused_by_site: robots.txt asks for 86400 s" in run.log
    assert site.pages == []


def test_without_throttling_too_a_raised_delay_comes_down(site_run: Callable[..., Run]) -> None:
    site = TimedSite(lambda turn: None if turn else refusal())
    arguments = (*UNTHROTTLED, "-s", "DOWNLOAD_DELAY=0.2", "-s", "RETRY_TIMES=0")
    run = site_run(site, "-a", urls(5), *arguments)
    _, *slowed, recovered = site.gaps

    assert run.code == 3, run.log
    assert slowed[0] >= 0.4 - JITTER
    assert 0.2 - JITTER <= recovered < slowed[0] - JITTER


def test_a_pause_is_made_where_there_is_no_delay_either(site_run: Callable[..., Run]) -> None:
    site = TimedSite(lambda turn: None if turn else Answer(503, b"", {"Retry-After": "1"}))
    run = site_run(site, "-a", urls(1), *FAST)

    assert [visit.target for visit in site.pages] == [site.pages[0].target] * 2
    assert site.pages[1].came - site.pages[0].left >= 1 - JITTER
    assert len(run.lines("articles")) == 1


def test_a_pause_beyond_measure_ends_the_run(site_run: Callable[..., Run]) -> None:
    site = TimedSite(lambda _: refusal(Retry_After="9" * 400))
    run = site_run(site, "-a", urls(20), *FAST)

    assert run.code == 1
    assert "refused_by_site" in run.log
    assert len(site.pages) == 1


@pytest.mark.parametrize(
    ("printed", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("0000000000120", 120),
        ("0", 0),
        ("-5", 0),
        ("1.5", 0),
        ("", 0),
        ("soon", 0),
        ("１２０", 0),
        ("²", 0),
        ("9" * 5000, float("inf")),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Wed, 21 Oct 99999999999999999999 07:28:00 GMT", 0),
        ("Wed, 31 Feb 2026 07:28:00 GMT", 0),
        ("Mon, 01 Jan 0001 00:00:00 +2359", 0),
        ("Wed, 21 Oct 2026 07:28:00 +99999999999999", 0),
    ],
)
def test_retry_after(printed: str, seconds: float) -> None:
    assert retry_after(Response("https://x/", headers={"Retry-After": printed})) == seconds


def test_retry_after_a_date() -> None:
    for zone in (None, clock.now().tzinfo):
        moment = (clock.now() + timedelta(seconds=90)).astimezone(zone)
        response = Response("https://x/", headers={"Retry-After": format_datetime(moment)})
        assert 88 < retry_after(response) <= 90
    assert retry_after(Response("https://x/")) == 0


@given(st.binary() | st.text(st.sampled_from("Mon, 21Oct9:-+GMT")).map(str.encode))
def test_retry_after_takes_anything(printed: bytes) -> None:
    assert retry_after(Response("https://x/", headers={"Retry-After": printed})) >= 0
