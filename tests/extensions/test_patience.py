"""A site that refuses, challenges or fails is left alone; one that stumbles is not."""

from collections.abc import Callable

import pytest

from replica.faults import CHALLENGE
from replica.site import HTML, Answer
from tests.conftest import FAST, PLAIN, TOLD, Run
from tests.extensions.sites import TimedSite, address, broken, urls

CHALLENGED = Answer(200, CHALLENGE.encode(), {"Content-Type": HTML})
BAD_DATE = {"Retry-After": "Wed, 21 Oct 99999999999999999999 07:28:00 GMT"}
ALWAYS: dict[str, tuple[Callable[[int], Answer], str]] = {
    "forbidden": (lambda _: Answer(403), "refused_by_site"),
    "too many": (lambda _: Answer(429), "refused_by_site"),
    "with a date out of range": (lambda _: Answer(429, b"", BAD_DATE), "refused_by_site"),
    "challenge": (lambda _: CHALLENGED, "refused_by_site"),
    "unavailable": (lambda _: Answer(503), "site_unreachable"),
    "no answer": (broken, "site_unreachable"),
}  # fmt: skip


@pytest.mark.parametrize("name", ALWAYS)
@pytest.mark.parametrize("count", [1, 40])
def test_a_site_that_gives_nothing_is_left_alone(
    site_run: Callable[..., Run], name: str, count: int
) -> None:
    say, reason = ALWAYS[name]
    site = TimedSite(say)
    run = site_run(site, "-a", urls(count), *FAST, *TOLD)

    assert run.code == 1
    assert f"Closing spider ({reason})" in run.log
    # A challenge is heard of with the answer after it; and Twisted itself repeats a request, once, where
    # a connection that was kept breaks.
    assert len(site.pages) <= (4 if count == 1 else 10) + 1, "none goes out after the stop"


@pytest.mark.parametrize("bad", [Answer(403), Answer(429), CHALLENGED], ids=["403", "429", "200"])
def test_a_site_that_refuses_every_second_request_is_left_alone(
    site_run: Callable[..., Run], bad: Answer
) -> None:
    site = TimedSite(lambda turn: bad if turn % 2 else None)
    run = site_run(site, "-a", urls(100), *FAST, *TOLD)

    assert run.code == 1
    assert "Closing spider (refused_by_site)" in run.log
    assert len(site.pages) <= 42


def test_a_site_that_goes_down_is_left_alone(site_run: Callable[..., Run]) -> None:
    site = TimedSite(lambda turn: broken() if turn >= 30 else None)
    run = site_run(site, "-a", urls(100), *FAST, *TOLD)

    assert run.code == 1
    assert "Closing spider (site_unreachable)" in run.log
    assert len(site.pages) <= 41
    assert len(run.lines("articles")) == 30


def test_broken_pages_and_passing_failures_stop_nothing(site_run: Callable[..., Run]) -> None:
    dead = frozenset(address(number) for number in range(5, 105, 9))

    def say(turn: int) -> Answer | None:
        match turn % 20:
            case 3:
                return broken()
            case 7:
                return Answer(429)
            case 13:
                return CHALLENGED
        return None

    site = TimedSite(say, dead=dead)
    run = site_run(site, "-a", urls(104), *FAST, *TOLD, *PLAIN)

    assert run.code == 3, run.log
    assert "error: 12 of 104 answers" in run.log
    assert len(run.lines("articles")) == 104 - len(dead)
    assert set(run.kinds().values()) == {"error"}


def test_what_a_stop_holds_back_is_no_outcome(site_run: Callable[..., Run]) -> None:
    site = TimedSite(lambda turn: Answer(403))
    run = site_run(site, "-a", urls(60), *FAST, *TOLD)

    assert run.code == 1
    assert 0 < len(run.lines("outcomes")) <= len(site.pages)
