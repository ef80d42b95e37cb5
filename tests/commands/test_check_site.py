"""``scrapy check-site`` as a user runs it, against the replica and against sites that differ from it."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from guancha.settings import SPIDER_MODULES
from guancha.sitecheck.claims import CLAIMS, MOST_REQUESTS
from guancha.sitecheck.spider import SiteCheckSpider
from replica.faults import CHALLENGE
from replica.site import Answer
from replica.timeline import World
from tests.conftest import FAST, Run
from tests.extensions.sites import broken
from tests.sitecheck.bent import Bend, BentSite, at, instead, page

NO_RETRY = ("-s", "RETRY_TIMES=0")
NOWHERE = "http://127.0.0.1:1"


@pytest.fixture
def checked(site_run: Callable[..., Run]) -> Callable[..., Run]:
    """Runs ``scrapy check-site ARGUMENTS`` against a site, without the pauses."""

    def call(site: BentSite, *arguments: str) -> Run:
        run = site_run(site, *FAST, *NO_RETRY, *arguments, command=("check-site",))
        assert not run.data.exists()
        return run

    return call


def told(run: Run) -> dict[str, Any]:
    """Claim -> how it stands, without those that hold."""
    claims = json.loads(run.out)["claims"]
    assert [each["claim"] for each in claims] == [claim.key for claim in CLAIMS]
    return {each["claim"]: each["standing"] for each in claims if each["standing"] != "holds"}


@pytest.mark.parametrize("era", ["2019", "2026", "mixed"])
def test_a_site_as_we_think_it_is(checked: Callable[..., Run], era: str) -> None:
    site = BentSite(World(1, 600, era=era))
    run = checked(site, "--json", "-s", "CONTACT=me@example.org")

    assert run.code == 0, run.log
    assert told(run) == {"full_text": "spared"}
    assert f"at most {MOST_REQUESTS} requests" in run.log
    assert "me@example.org" in run.log
    assert len(run.log.splitlines()) == 2
    assert len(site.asked) <= MOST_REQUESTS
    # Of each host, robots.txt before anything else.
    for host in ("www", "user", "m"):
        first = next(asked for asked in site.asked if asked.startswith(host))
        assert first == f"{host}.guancha.cn/robots.txt"


def test_a_claim_that_does_not_hold_is_in_the_table(checked: Callable[..., Run]) -> None:
    run = checked(BentSite(bend=instead("_s.shtml", ".shtml")))

    assert run.code == 3
    row = next(line for line in run.out.splitlines() if "does not hold  " in line)
    assert row.split() == "does not hold One that is not split has an article is served".split()
    assert "14 of 16 claims hold; does not hold: 1; no case met: 1." in run.out
    assert all(len(line) <= 80 for line in run.out.splitlines())


@pytest.mark.parametrize(
    ("bend", "said", "most"),
    [
        (at("", Answer(403)), "/ answered with status 403", 3),
        (at("robots.txt", Answer(500)), "robots.txt: it answered 500", 1),
        (
            at("robots.txt", Answer(200, b"User-agent: *\nDisallow: /")),
            "Forbidden by robots.txt",
            2,
        ),
        (broken, "", 1),
        (at("list_1", Answer(503, headers={"Retry-After": "9999"})), "the site refuses", 12),
    ],
)
def test_a_site_that_does_not_let_us_in_is_left_alone(
    checked: Callable[..., Run], bend: Bend, said: str, most: int
) -> None:
    site = BentSite(bend=bend)
    run = checked(site)

    assert run.code == 1
    assert len(site.asked) <= most
    assert f"Ended before the last claim: {said}" in run.log
    assert "not asked" in run.out


def test_no_site_at_all(scrapy: Callable[..., Run]) -> None:
    run = scrapy("check-site", "--json", *FAST, *NO_RETRY, https_proxy=NOWHERE, no_proxy="")

    assert run.code == 1
    assert set(told(run).values()) == {"unknown"}
    assert "Ended before the last claim: robots.txt: the connection was refused" in run.log
    assert not run.data.exists()


def test_challenges_are_told(checked: Callable[..., Run]) -> None:
    site = BentSite(bend=at("cn/(?!robots)", page(CHALLENGE)))
    run = checked(site)
    words = " ".join(run.out.split())

    assert run.code == 3
    assert "does not hold No answer was a challenge CHALLENGED: " in words
    assert len(site.asked) < 10


def test_a_host_without_robots_txt_ends_the_check(checked: Callable[..., Run]) -> None:
    run = checked(BentSite(bend=at("user.guancha.cn/robots.txt", Answer(500))), "--json")

    assert run.code == 3
    unknown = dict.fromkeys(("comments", "posts", "mobile"), "unknown")
    assert told(run) == {"full_text": "spared"} | unknown


def test_the_time_is_bounded(checked: Callable[..., Run]) -> None:
    def slow(host: str, target: str, sound: Answer) -> None:
        time.sleep(3 if "Nobody" in target else 0)

    run = checked(BentSite(bend=slow), "-s", "CLOSESPIDER_TIMEOUT=2", "--json")
    claims = {each["claim"]: each for each in json.loads(run.out)["claims"]}

    assert run.code == 3
    assert claims["robots"]["standing"] == "holds"
    assert claims["mobile"]["standing"] == "unknown"
    assert "the time was up (-s CLOSESPIDER_TIMEOUT=SECONDS)" in run.log


@pytest.mark.parametrize("arguments", [("x",), ("--nonsense",)])
def test_wrong_use(scrapy: Callable[..., Run], arguments: tuple[str, ...]) -> None:
    run = scrapy("check-site", *arguments, https_proxy=NOWHERE)

    assert run.code == 2
    assert arguments[0] in run.log


def test_it_is_no_stream_of_the_archive() -> None:
    assert not any(SiteCheckSpider.__module__.startswith(name) for name in SPIDER_MODULES)
