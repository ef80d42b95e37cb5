"""A snapshot of the stand-in's home page is what is true of it, in a browser and without one."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from guancha.pages.box_feeds import FEEDS
from guancha.pages.box_rules import BOXES
from replica.answers import HTML, NOTHING, Answer
from replica.faults import CHALLENGE
from replica.site import Site
from replica.timeline import World
from tests.browsers import BROWSER, browse, kill, need
from tests.conftest import FAST, PACE, ROOT, Run, environment
from tests.extensions.sites import TimedSite

HOME = "https://www.guancha.cn/"
CRAWL = ("crawl", "headlines")
SITE = ("--articles", "60", "--era")
COMPARED = ("title", "url", "article_id", "post_id", "comment_id", "view_count")
COMPARED += ("comment_count", "praise_count")


def truth(era: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "replica", "truth", *SITE, era, "--stream", "headlines"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def assert_is_true(run: Run, era: str, source: str) -> None:
    """Every box complete and in order; the headline has further lines, of which no truth is told."""
    lines = run.lines("headlines")
    found = [each for each in lines if each["box"] != "headline" or each["rank"] == 1]
    assert len({each["date_crawled"] for each in lines}) == 1
    expected = truth(era)
    assert [(e["box"], e["rank"]) for e in found] == [(e["box"], e["rank"]) for e in expected]
    for each, true in zip(found, expected, strict=True):
        assert {key: each[key] for key in COMPARED} == {key: true[key] for key in COMPARED}
        made = each["box"] in FEEDS
        assert each["source"] == (source if made else "page")
        if made and true["date_published"] and source == "page":
            assert each["date_published"] == true["date_published"][:16] + "+08:00"
        elif true["date_published"]:
            assert each["date_published"] == true["date_published"]


def replica(folder: Path, era: str, *arguments: str, faults: str = "") -> Run:
    command = [sys.executable, "-m", "replica", "run", *SITE, era]
    command += ["--faults", faults, "--", sys.executable, "-m", "scrapy", *CRAWL, *arguments]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(folder / "data"),
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr, folder / "data")


@pytest.mark.parametrize("era", ["2019", "2026"])
def test_without_a_browser_the_json_stands_in(tmp_path: Path, era: str) -> None:
    run = replica(tmp_path, era, *FAST, "-a", "browser=0")

    assert run.code == 0, run.log
    assert_is_true(run, era, "json")
    assert run.figures().requests == 1 + 1 + len(FEEDS) + 1, "robots.txt of two hosts"
    assert set(run.figures().listings) == set(BOXES)


def test_the_rendered_page_is_enough_behind_a_challenge(tmp_path: Path) -> None:
    need()
    run = replica(tmp_path, "2026", *PACE, faults="challenge=1")

    assert run.code == 0, run.log
    assert_is_true(run, "2026", "page")
    assert run.figures().requests == 2, "robots.txt and the home page"


def test_json_behind_a_challenge_is_asked_for_in_the_browser(tmp_path: Path) -> None:
    need()
    more = (*PACE, "-a", "browser=0", "-s", "STATS_DUMP=1")
    run = replica(tmp_path, "2026", *more, faults="challenge=1")

    assert run.code == 0, run.log
    assert_is_true(run, "2026", "json")
    assert f"'browser/passed': {1 + len(FEEDS)}" in run.log


@dataclass
class Altered:
    """The stand-in, but for what a test says of some paths."""

    answers: dict[str, Callable[[], Answer | None]]
    world: World = field(default_factory=lambda: World(1, 60, 0, "2026"))
    asked: list[str] = field(default_factory=list)

    def answer(self, host: str, target: str) -> Answer:
        self.asked.append(target)
        say = self.answers.get(target)
        return (say and say()) or Site(self.world).answer(host, target)


def test_a_browser_that_is_killed_in_the_midst_loses_nothing(tmp_path: Path) -> None:
    killed: list[int] = []

    def strike() -> None:
        if not killed:
            killed.append(kill(BROWSER))

    run = browse(tmp_path, Altered({"/api/redian.htm": strike}), *CRAWL)

    assert run.code == 0, run.log
    assert killed
    assert killed[0]
    assert len(run.lines("headlines")) > len(BOXES)
    assert {line["source"] for line in run.lines("headlines")} == {"page"}


def test_a_box_that_gives_nothing_is_told(site_run: Callable[..., Run]) -> None:
    empty = Answer(200, b'{"items": []}', {"Content-Type": "application/json"})
    site = Altered({"/api/redian.htm": lambda: empty, "/api/gundong.htm": lambda: NOTHING})
    run = site_run(site, *FAST, "-a", "browser=0", command=CRAWL)

    assert run.code == 3, run.log
    assert "box fast could not be read" in run.log
    states = {name: listing.state for name, listing in run.figures().listings.items()}
    others = dict.fromkeys(("headline", "main", "hot_posts", "hot_comments"), "read")
    assert states == others | {"fast": "missed", "hot": "empty"}
    assert {line["box"] for line in run.lines("headlines")} == set(others)
    (outcome,) = run.lines("outcomes/headlines")
    assert (outcome["url"], outcome["stream"]) == (HOME + "api/gundong.htm", "headlines")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(200, b"<html><body>new</body></html>", {"Content-Type": HTML}), "layout"),
        (Answer(200, CHALLENGE.encode(), {"Content-Type": HTML}), "challenge"),
        (Answer(404), "gone"),
        (Answer(503), "error"),
    ],
    ids=["layout", "challenge", "gone", "error"],
)
def test_without_a_home_page_the_run_fails(
    site_run: Callable[..., Run], answer: Answer, kind: str
) -> None:
    site = TimedSite(lambda _: answer)
    run = site_run(site, *FAST, "-a", "browser=0", "-s", "RETRY_TIMES=1", command=CRAWL)

    assert run.code == 1, run.log
    assert run.lines("headlines") == []
    assert [(o["url"], o["kind"]) for o in run.lines("outcomes/headlines")] == [(HOME, kind)]
    assert f"{len(BOXES)} of {len(BOXES)} boxes" in run.log


def test_without_a_browser_it_does_not_begin(
    scrapy: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    run = scrapy(*CRAWL)

    assert run.code == 2
    assert "no browser was found" in run.log
    assert "-a browser=0" in run.log
    assert "Traceback" not in run.log
    assert not run.data.exists()
